import { nounOf, nounsOf } from '../../format/noun.ts';
import type { Summary } from '../../../core/summary/summary.ts';
import type { WordsByKind } from '../../../core/words/kind-words.ts';
import { wordsIn } from '../../../core/words/words-in.ts';
import { formatCount, sizeInCell } from '../../format/money.ts';
import { reasonsInWords } from '../../words/reason-words.ts';
import { costInRow } from '../findings/cost-in-row.ts';
import type { FindingRow } from '../findings/finding-row.ts';
import { VERDICT_WORDS } from '../findings/verdict-words.ts';
import { type Content, markup, type Markup, verbatim } from '../markup/markup.ts';
import { type Column, tableOf } from '../markup/table.ts';
import { accountOf, isolated, shorten } from '../markup/text.ts';
import { section } from './section.ts';

/** Which the page has without its script: in a mail program's preview, and printed. */
export const FIRST_FINDINGS = 50;
/** In a narrow column; the script shows it in full. */
const LONGEST_NAME = 60;

const columnsOf = (words: WordsByKind, isOfSeveral: boolean): readonly Column<FindingRow>[] => [
  {
    title: 'Name',
    cell: ({ name, kind, resourceId }) =>
      markup`${name === '' ? null : markup`${isolated(shorten(name, LONGEST_NAME))}<br />`}<code class="id">${isolated(resourceId)}</code>${isOfSeveral ? markup`<br /><small>${words[kind]?.one ?? kind}</small>` : null}`,
  },
  {
    title: 'Verdict',
    as: 'short',
    cell: ({ verdict }) =>
      markup`<span class="verdict ${verdict.toLowerCase()}">${VERDICT_WORDS[verdict]}</span>`,
  },
  { title: 'What happens', cell: ({ fate }) => fate.short },
  { title: 'Account', cell: ({ accountId, accountName }) => accountOf(accountId, accountName) },
  { title: 'Region', cell: ({ region }) => region, as: 'short' },
  { title: 'Why', cell: ({ kind, reasons }) => reasonsInWords(reasons, words[kind]) },
  {
    title: 'Age, days',
    cell: ({ ageDays }) => (ageDays === null ? 'unknown' : formatCount(ageDays)),
    as: 'figure',
  },
  { title: 'Size', cell: ({ sizeGiB }) => sizeInCell(sizeGiB), as: 'figure' },
  {
    title: 'Cost a month, up to',
    cell: costInRow,
    as: 'figure',
  },
];

export interface FindingsToShow {
  /** The dearest first. */
  readonly first: readonly FindingRow[];
  /** How many the page has, and how many there are. */
  readonly embedded: number;
  readonly inAll: number;
  /** Base64 of what the script reads. */
  readonly data: string;
}

/** The findings: the first as they are, and all of them for the script to show. */
export function findings(summary: Summary, of: FindingsToShow): Markup {
  const { first, embedded, inAll, data } = of;
  const { many } = nounOf(summary);
  if (inAll === 0) return section('findings', 'Findings', markup`<p>There are none.</p>`);
  return section('findings', 'Findings', [
    markup`<p>
      Shows unused and unknown ${many}, and those kept only by a safeguard on request.
      ${nounsOf(summary)} in use are only counted. ${leftOut(embedded, inAll)}
    </p>`,
    markup`<div id="all-findings" data-csv="${`${shorten(summary.executionId, 100)}-selection.csv`}" hidden></div>`,
    markup`<div id="first-findings">
      ${inAll > first.length ? markup`<p class="note">The ${first.length} with the highest cost and size, of ${formatCount(inAll)}. This page shows the others where scripts may run; findings.csv has them all.</p>` : null}
      ${tableOf('Findings, the most expensive first', columnsOf(wordsIn(summary), new Set(first.map(({ kind }) => kind)).size > 1), first)}
    </div>`,
    // No program to a browser: it has no type that is run.
    markup`<script type="application/octet-stream;base64" id="findings-data">${verbatim(data)}</script>`,
  ]);
}

function leftOut(embedded: number, inAll: number): Content {
  if (embedded === inAll) return null;
  const left = formatCount(inAll - embedded);
  return markup`<strong>${left} of ${formatCount(inAll)} are not on this page</strong>: those that cost least are left out. All are in findings.csv and findings.jsonl.`;
}
