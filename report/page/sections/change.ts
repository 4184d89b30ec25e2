import type { WordsByKind } from '../../../core/words/kind-words.ts';
import { wordsIn } from '../../../core/words/words-in.ts';
import type { ChangedResource } from '../../../core/history/stale-change.ts';
import { comparedInWords, hasNothingToCompare } from '../../sections/change-section.ts';
import { formatCount, sizeInCell } from '../../format/money.ts';
import { reasonsInWords } from '../../words/reason-words.ts';
import type { Summary } from '../../../core/summary/summary.ts';
import { type Content, markup, type Markup } from '../markup/markup.ts';
import { type Column, firstRows, tableOf } from '../markup/table.ts';
import { accountOf, isolated, timeOf } from '../markup/text.ts';
import { section } from './section.ts';

type Way = keyof Summary['change']['listed'];

const WAYS: readonly (readonly [Way, string])[] = [
  ['newlyStale', 'newly unused'],
  ['removed', 'deleted by orgsweep'],
  ['gone', 'gone, not deleted by orgsweep'],
  ['usedAgain', 'in use again'],
  ['newlyProtected', 'now kept by a safeguard'],
];

const columnsOf = (
  { byAccount }: Summary,
  words: WordsByKind,
): readonly Column<ChangedResource>[] => [
  {
    title: 'Resource',
    cell: ({ resourceId }) => markup`<code class="id">${isolated(resourceId)}</code>`,
  },
  {
    title: 'Account',
    cell: ({ accountId }) => accountOf(accountId, byAccount[accountId]?.accountName ?? null),
  },
  { title: 'Region', cell: ({ region }) => region, as: 'short' },
  { title: 'Unused since', cell: ({ staleSince }) => timeOf(staleSince) },
  { title: 'Reasons', cell: ({ kind, reasons }) => reasonsInWords(reasons, words[kind]) },
  {
    title: 'Size',
    cell: ({ sizeGiB }) => sizeInCell(sizeGiB),
    as: 'figure',
  },
];

const TITLE = 'What changed';

/** What is otherwise than in the run before. */
export function change(summary: Summary): Markup {
  const { change: of, counts, mode } = summary;
  if (hasNothingToCompare(of))
    return section('change', TITLE, markup`<p>${comparedInWords(of)}</p>`);
  // What this one removed isn't in here: the look it compares came before.
  const ways = WAYS.map(([way, words]): (typeof WAYS)[number] => [
    way,
    way === 'removed' && mode === 'delete' ? 'deleted by an earlier run' : words,
  ]);
  const counted: readonly (readonly [string, number])[] = [
    ...ways.slice(0, 1).map(([way, words]) => [words, of[way]] as const),
    ['still unused', of.stillStale],
    ...ways.slice(1).map(([way, words]) => [words, of[way]] as const),
    ['no longer unused, in all', of.noLongerStale],
  ];
  // A table of noughts says less than one without.
  const told = counted.filter(([, count], i) => i < 2 || count > 0);
  return section('change', TITLE, [
    markup`<p>
      ${isolated(comparedInWords(of))}. ${looked(summary)}: ${formatCount(counts.verdicts.STALE)}.
      ${removedSince(summary)}
    </p>`,
    tableOf(
      'Resources by how they changed',
      [
        { title: 'Change', cell: ([words]) => words },
        { title: 'Resources', cell: ([, count]) => formatCount(count), as: 'figure' },
      ],
      told,
    ),
    ways.map(([way, words]) =>
      examples(words, of[way], of.listed[way], columnsOf(summary, wordsIn(summary))),
    ),
  ]);
}

function looked({ mode }: Summary): string {
  return mode === 'delete' ? 'Unused when scanned' : 'Unused now';
}

function removedSince({ removals }: Summary): Content {
  const { REMOVED } = removals.byOutcome;
  if (REMOVED === 0) return '';
  return markup`Compared before this run deleted ${formatCount(REMOVED)}. Those are under <a href="#removals">Deletions</a>.`;
}

function examples(
  words: string,
  count: number,
  listed: readonly ChangedResource[],
  columns: readonly Column<ChangedResource>[],
): Content {
  if (listed.length === 0) return null;
  const title = `${words[0]?.toUpperCase() ?? ''}${words.slice(1)}`;
  return markup`<details>
    <summary>
      ${title}: ${count > listed.length ? 'the largest' : 'all'} ${formatCount(listed.length)}
    </summary>
    ${firstRows(title, columns, listed, { most: listed.length, of: count, rest: 'the others are smaller.' })}
  </details>`;
}
