import type { Advised } from './findings/findings-on-page.ts';
import { advice } from './sections/advice.ts';
import { wordsIn } from '../../core/words/words-in.ts';
import { gzipSync } from 'node:zlib';
import type { RemovalOutcome } from '../../core/outcome/outcome.ts';
import { restoreCommand } from '../commands/commands.ts';
import { STATUS_WORD } from '../words/words.ts';
import type { Summary } from '../../core/summary/summary.ts';
import { SCRIPT, STYLE } from './browser.generated.ts';
import type { Chart } from './markup/chart.ts';
import { figureOf } from './markup/figures.ts';
import { fateOf, type Planned } from './findings/fate.ts';
import {
  type FindingAlone,
  type FindingRow,
  freeTextsOf,
  withFate,
  withoutFreeTexts,
} from './findings/finding-row.ts';
import { encodeFindings } from './findings/findings-data.ts';
import { type Content, markup, type Markup, verbatim } from './markup/markup.ts';
import { contentPolicy } from './markup/policy.ts';
import { change } from './sections/change.ts';
import { FIRST_FINDINGS, findings, type FindingsToShow } from './sections/findings.ts';
import { headline } from './sections/headline.ts';
import { funnel } from './sections/funnel.ts';
import { notTrusted } from './sections/not-trusted.ts';
import { notSeen } from './sections/not-seen.ts';
import { notes } from './sections/notes.ts';
import { plan } from './sections/plan.ts';
import { removals } from './sections/removals.ts';
import { section, Section } from './sections/section.ts';
import { settings } from './sections/settings.ts';
import { type PlanWaiting, toDecide, waitingHeadline } from './sections/waiting.ts';
import { whatToDo } from './sections/what-to-do.ts';
import { TextBudget } from './markup/text-budget.ts';
import { isolated, shorten, timeOf } from './markup/text.ts';
import { resourceKey } from '../../core/model/ids.ts';

export type { PlanWaiting };

/** A third more in base64, and with what else a page has: below 10 MB. */
const MOST_TEXT_BYTES = 6_000_000;

export interface ReportInput {
  readonly summary: Summary;
  readonly charts: readonly Chart[];
  /** In the order of the page; read once. */
  readonly findings: Iterable<FindingAlone>;
  /** The first of those that there is advice on. */
  readonly advised?: readonly Advised[];
  /** How many there are in all, were some left out. */
  readonly findingsInAll: number;
  readonly removals: readonly RemovalOutcome[];
  /** What the plan has on a finding; undefined: nothing. */
  readonly plannedFor: (finding: FindingAlone) => Planned | undefined;
  /** A plan that people are asked about; left out: the execution has ended. */
  readonly waiting?: PlanWaiting;
}

/** `report.markup`: one execution as a page that needs nothing but itself. */
export function renderReport(input: ReportInput): string {
  const { summary } = input;
  const page = markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="Content-Security-Policy"
          content="${contentPolicy({ script: SCRIPT, style: STYLE })}"
        />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>${`${input.waiting === undefined ? STATUS_WORD[summary.status] : 'APPROVE?'} orgsweep ${shorten(summary.executionId, 100)}`}</title>
        <link rel="icon" href="data:," />
        <style>${verbatim(STYLE)}</style>
      </head>
      <body data-restore="${restoreCommand(summary) ?? ''}">
        <a class="skip" href="#findings">To the findings</a>
        ${bodyOf(input)}
        <script>${verbatim(SCRIPT)}</script>
      </body>
    </html>
`;
  return page.text;
}

function bodyOf(input: ReportInput): Markup {
  const { summary } = input;
  const parts = partsOf(input);
  return markup`<div class="page">
    ${input.waiting === undefined ? headline(summary) : waitingHeadline(summary, input.waiting)}
    ${contents(parts)}
    <main>${parts}</main>
    <footer>
      <p>
        Run ${isolated(summary.executionId)}, from ${timeOf(summary.startedAt)} to
        ${timeOf(summary.finishedAt)}. ${files(summary)}
      </p>
    </footer>
  </div>`;
}

/** A folder of this machine is nobody else's business. */
function files({ location }: Summary): Content {
  if (!location.startsWith('s3://')) return 'All of its files are in the folder of this page.';
  return markup`All of its files: <code>${isolated(location)}</code>`;
}

/** In the order of the page: what matters to whoever reads no further, then the rest. */
function partsOf(input: ReportInput): Section[] {
  const { summary, charts, waiting } = input;
  const pictures = markup`<div class="charts">${charts.map(figureOf)}</div>`;
  const all: readonly Content[] = [
    waiting === undefined ? null : toDecide(summary, waiting),
    funnel(summary, waiting !== undefined),
    waiting === undefined ? whatToDo(summary) : null,
    removals(summary, input.removals),
    plan(summary),
    notSeen(summary),
    notTrusted(summary),
    change(summary),
    charts.length === 0 ? null : section('pictures', 'Charts', pictures),
    advice(summary, input.advised ?? []),
    findings(summary, findingsToShow(input)),
    settings(summary),
    notes(summary),
  ];
  return all.filter((part) => part instanceof Section);
}

function contents(parts: readonly Section[]): Markup {
  return markup`<nav aria-label="On this page">
    <ul>
      ${parts.map(({ id, title }) => markup`<li><a href="${`#${id}`}">${title}</a></li> `)}
    </ul>
  </nav>`;
}

/** Row by row, as each finding is many times as large as what the page keeps of it. */
function findingsToShow(input: ReportInput): FindingsToShow {
  const outcomes = new Map(input.removals.map((removal) => [resourceKey(removal), removal]));
  const fateOfRow = (finding: FindingAlone) =>
    fateOf(finding, input.plannedFor(finding), outcomes.get(resourceKey(finding)), input.summary);
  const first: FindingRow[] = [];
  const budget = new TextBudget(MOST_TEXT_BYTES);
  let embedded = 0;
  function* rows() {
    for (const finding of input.findings) {
      const whole = withFate(finding, fateOfRow(finding));
      const row = budget.isUsedUp ? withoutFreeTexts(whole) : whole;
      for (const text of freeTextsOf(row)) budget.add(text);
      if (embedded++ < FIRST_FINDINGS) first.push(row);
      yield row;
    }
  }
  const data = gzipSync(JSON.stringify(encodeFindings(rows(), wordsIn(input.summary)))).toString(
    'base64',
  );
  return { first, embedded, inAll: input.findingsInAll, data };
}
