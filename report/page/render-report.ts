import type { Advised } from './findings/findings-on-page.ts';
import { advice } from './sections/advice.ts';
import { wordsIn } from '../../core/words/words-in.ts';
import { gzipSync } from 'node:zlib';
import type { RemovalOutcome } from '../../core/outcome/outcome.ts';
import { restoreCommand } from '../commands/commands.ts';
import { capitalized } from '../format/layout.ts';
import { STATUS_WORD } from '../words/words.ts';
import type { Summary } from '../../core/summary/summary.ts';
import { SCRIPT, STYLE } from './browser.generated.ts';
import type { Chart } from './markup/chart.ts';
import { figureOf } from './markup/figures.ts';
import { trendSpark } from './charts/trend/spark.ts';
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
import { funnel } from './funnel/funnel.ts';
import { notTrusted } from './sections/not-trusted.ts';
import { notSeen } from './sections/not-seen.ts';
import { notes } from './sections/notes.ts';
import { plan } from './sections/plan.ts';
import { removals } from './sections/removals.ts';
import { section, Section } from './sections/section.ts';
import { settings } from './sections/settings.ts';
import { band } from './frame/band.ts';
import { contents } from './frame/contents.ts';
import { footer } from './frame/footer.ts';
import { MARK_ADDRESS } from './frame/icons.ts';
import { nameOfWhose } from './frame/whose.ts';
import { type PlanWaiting, toDecide, waitingBand } from './frame/waiting.ts';
import { worthSentence } from './frame/worth-sentence.ts';
import { appendix, part } from './sections/appendix.ts';
import { whatToDo } from './sections/what-to-do.ts';
import { TextBudget } from './markup/text-budget.ts';
import { shorten } from './markup/text.ts';
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
        <title>${titleOf(input)}</title>
        <link rel="icon" href="${MARK_ADDRESS}" />
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

/** What a tab and a bookmark say: the worth, whose it is, and of which run. */
function titleOf({ summary, waiting }: ReportInput): string {
  const worth = waiting === undefined ? worthSentence(summary).first : `${waiting.question}.`;
  const status = waiting === undefined ? STATUS_WORD[summary.status] : 'APPROVE?';
  const whose = nameOfWhose(summary);
  const of = whose === undefined ? '' : `${whose}, `;
  return `${status} ${shorten(worth, 150)} ${of}orgsweep ${shorten(summary.executionId, 100)}`;
}

function bodyOf(input: ReportInput): Markup {
  const { summary, waiting } = input;
  const { first, middle, second, last } = partsOf(input);
  return markup`<div class="page">
    ${waiting === undefined ? band(summary, trendOf(summary)) : waitingBand(summary, waiting)}
    ${contents([...first, ...middle, ...second, ...last])}
    <main>
      <div class="columns">${first}</div>
      ${middle}
      <div class="columns">${second}</div>
      ${last}
    </main>
    ${footer(summary)}
  </div>`;
}

/** `first` and `second` are beside each other where there is room. */
type Place = 'first' | 'middle' | 'second' | 'last';

/** In the order of the page: what matters to whoever reads no further, beside each other; then the rest. */
function partsOf(input: ReportInput): Readonly<Record<Place, Section[]>> {
  const { summary, charts, waiting } = input;
  const isWaiting = waiting !== undefined;
  return {
    first: sectionsAmong([
      funnel(summary, isWaiting),
      isWaiting ? toDecide(summary, waiting) : whatToDo(summary),
    ]),
    middle: sectionsAmong([
      notTrusted(summary),
      pictures(charts),
      findings(summary, findingsToShow(input)),
      advice(summary, input.advised ?? []),
    ]),
    second: sectionsAmong([notSeen(summary), change(summary)]),
    last: sectionsAmong([
      appendix([
        removals(summary, input.removals),
        plan(summary),
        asides(charts),
        settings(summary),
        notes(summary),
      ]),
    ]),
  };
}

/** In the band, in small: whether it is getting better. */
function trendOf(summary: Summary): Content {
  const spark = trendSpark(summary);
  return spark && markup`<div class="spark">${spark.picture} <p>${spark.says}</p></div>`;
}

function pictures(charts: readonly Chart[]): Content {
  const shown = charts.filter(({ isAside }) => isAside !== true);
  if (shown.length === 0) return null;
  return section('pictures', 'Charts', markup`<div class="charts">${shown.map(figureOf)}</div>`);
}

/** Read once, and not worked with. */
function asides(charts: readonly Chart[]): Content {
  const shown = charts.filter(({ isAside }) => isAside === true);
  if (shown.length === 0) return null;
  const title = capitalized(shown.map((chart) => inSentence(chart.title)).join(', '));
  return part('asides', title, markup`<div class="charts">${shown.map(figureOf)}</div>`);
}

function inSentence(title: string): string {
  return `${title.charAt(0).toLowerCase()}${title.slice(1)}`;
}

function sectionsAmong(contents: readonly Content[]): Section[] {
  return contents.filter((part) => part instanceof Section);
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
