import { gzipSync } from 'node:zlib';
import type { RemovalOutcome } from '../core/outcome.ts';
import { removalKey } from '../core/plan.ts';
import { restoreCommand } from '../core/report/commands.ts';
import { STATUS_WORD } from '../core/report/words.ts';
import type { Summary } from '../core/summary.ts';
import type { Finding } from '../core/verdict.ts';
import { SCRIPT, STYLE } from './browser.generated.ts';
import type { Chart } from './charts/chart.ts';
import { figureOf } from './figures.ts';
import { fateOf, type Planned } from './fate.ts';
import {
  type FindingOnPage,
  type FindingRow,
  freeTextsOf,
  rowOf,
  withoutFreeTexts,
} from './finding-row.ts';
import { encodeFindings } from './findings-data.ts';
import { type Content, markup, type Markup, verbatim } from './markup.ts';
import { contentPolicy } from './policy.ts';
import { change, CHANGE_TITLE } from './sections/change.ts';
import { FIRST_FINDINGS, findings, type FindingsToShow } from './sections/findings.ts';
import { headline } from './sections/headline.ts';
import { FUNNEL_TITLE, funnel } from './sections/funnel.ts';
import { notBelieved, NOT_BELIEVED_TITLE } from './sections/not-believed.ts';
import { notSeen } from './sections/not-seen.ts';
import { notes, NOTES_TITLE } from './sections/notes.ts';
import { plan, PLAN_TITLE } from './sections/plan.ts';
import { DELETIONS_TITLE, removals } from './sections/removals.ts';
import { section } from './sections/section.ts';
import { SETTINGS_TITLE, settings } from './sections/settings.ts';
import { type PlanWaiting, toDecide, waitingHeadline } from './sections/waiting.ts';
import { TO_DO_TITLE, whatToDo } from './sections/what-to-do.ts';
import { TextBudget } from './text-budget.ts';
import { isolated, shorten, timeOf } from './text.ts';

export type { PlanWaiting };

/** A third more in base64, and with what else a page has: below 10 MB. */
const MOST_TEXT_BYTES = 6_000_000;

export interface ReportInput {
  readonly summary: Summary;
  readonly charts: readonly Chart[];
  /** In the order of the page; read once. */
  readonly findings: Iterable<FindingOnPage>;
  /** How many there are in all, were some left out. */
  readonly findingsInAll: number;
  readonly removals: readonly RemovalOutcome[];
  /** What the plan has on a finding; undefined: nothing. */
  readonly plannedFor: (finding: Finding) => Planned | undefined;
  readonly accountNames: ReadonlyMap<string, string>;
  /** The evidence of a finding, in sentences. */
  readonly inWords: (finding: Finding) => readonly string[];
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
    <main>${parts.map(({ content }) => content)}</main>
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

interface Part {
  readonly id: string;
  /** In the list of contents; null: it isn't there. */
  readonly name: string | null;
  readonly content: Content;
}

/** In the order of the page: what matters to whoever reads no further, then the rest. */
function partsOf(input: ReportInput): Part[] {
  const { summary, charts } = input;
  const pictures =
    charts.length === 0
      ? null
      : section('pictures', 'Charts', markup`<div class="charts">${charts.map(figureOf)}</div>`);
  const all: Part[] = [
    { id: 'funnel', name: FUNNEL_TITLE, content: funnel(summary, input.waiting !== undefined) },
    input.waiting === undefined
      ? { id: 'to-do', name: TO_DO_TITLE, content: whatToDo(summary) }
      : { id: 'to-decide', name: 'To decide', content: toDecide(summary, input.waiting) },
    { id: 'removals', name: DELETIONS_TITLE, content: removals(summary, input.removals) },
    { id: 'plan', name: PLAN_TITLE, content: plan(summary) },
    { id: 'not-seen', name: 'Not scanned', content: notSeen(summary) },
    { id: 'not-believed', name: NOT_BELIEVED_TITLE, content: notBelieved(summary) },
    { id: 'change', name: CHANGE_TITLE, content: change(summary) },
    { id: 'pictures', name: 'Charts', content: pictures },
    { id: 'findings', name: 'Findings', content: findings(findingsToShow(input)) },
    { id: 'settings', name: SETTINGS_TITLE, content: settings(summary) },
    { id: 'notes', name: NOTES_TITLE, content: notes(summary) },
  ];
  return all.filter(({ content }) => content !== null);
}

function contents(parts: readonly Part[]): Markup {
  return markup`<nav aria-label="On this page">
    <ul>
      ${parts
        .filter(({ name }) => name !== null)
        .map(({ id, name }) => markup`<li><a href="${`#${id}`}">${name}</a></li> `)}
    </ul>
  </nav>`;
}

/** Row by row, as each finding is many times as large as what the page keeps of it. */
function findingsToShow(input: ReportInput): FindingsToShow {
  const outcomes = new Map(input.removals.map((removal) => [removalKey(removal), removal]));
  const sources = {
    accountNameOf: (accountId: string) => input.accountNames.get(accountId) ?? null,
    inWords: input.inWords,
    fateOf: (finding: Finding) =>
      fateOf(
        finding,
        input.plannedFor(finding),
        outcomes.get(removalKey(finding)),
        input.summary.plan,
      ),
  };
  const first: FindingRow[] = [];
  const budget = new TextBudget(MOST_TEXT_BYTES);
  let embedded = 0;
  function* rows() {
    for (const finding of input.findings) {
      const whole = rowOf(finding, sources);
      const row = budget.isUsedUp ? withoutFreeTexts(whole) : whole;
      for (const text of freeTextsOf(row)) budget.add(text);
      if (embedded++ < FIRST_FINDINGS) first.push(row);
      yield row;
    }
  }
  const data = gzipSync(JSON.stringify(encodeFindings(rows()))).toString('base64');
  return { first, embedded, inAll: input.findingsInAll, data };
}
