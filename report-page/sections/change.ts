import type { ChangedResource } from '../../core/change.ts';
import { comparedInWords, hasNothingToCompare } from '../../core/report/change-section.ts';
import { formatCount, formatGiB } from '../../core/report/money.ts';
import { reasonsInWords } from '../../core/report/reason-words.ts';
import type { Summary } from '../../core/summary.ts';
import { type Content, markup, type Markup } from '../markup.ts';
import { type Column, firstRows, tableOf } from '../table.ts';
import { isolated, timeOf } from '../text.ts';
import { section } from './section.ts';

type Way = keyof Summary['change']['listed'];

const WAYS: readonly (readonly [Way, string])[] = [
  ['newlyStale', 'newly stale'],
  ['removed', 'removed by orgsweep'],
  ['gone', 'gone, and not by orgsweep'],
  ['usedAgain', 'in use again'],
  ['newlyProtected', 'kept by a guard now'],
];

const COLUMNS: readonly Column<ChangedResource>[] = [
  {
    title: 'Resource',
    cell: ({ resourceId }) => markup`<code class="id">${isolated(resourceId)}</code>`,
  },
  { title: 'Account', cell: ({ accountId }) => markup`<code class="id">${accountId}</code>` },
  { title: 'Region', cell: ({ region }) => region, as: 'short' },
  { title: 'Stale since', cell: ({ staleSince }) => timeOf(staleSince) },
  { title: 'Reasons', cell: ({ reasons }) => reasonsInWords(reasons) },
  {
    title: 'Size',
    cell: ({ sizeGiB }) => (sizeGiB === null ? '' : formatGiB(sizeGiB)),
    as: 'figure',
  },
];

/** What is otherwise than in the execution before. */
export function change({ change: of, counts }: Summary): Markup {
  if (hasNothingToCompare(of))
    return section('change', 'Change', markup`<p>${comparedInWords(of)}</p>`);
  const counted: readonly (readonly [string, number])[] = [
    ...WAYS.slice(0, 1).map(([way, words]) => [words, of[way]] as const),
    ['still stale', of.stillStale],
    ...WAYS.slice(1).map(([way, words]) => [words, of[way]] as const),
    ['no longer stale, in all', of.noLongerStale],
  ];
  return section('change', 'Change', [
    markup`<p>
      ${isolated(comparedInWords(of))}. Stale now: ${formatCount(counts.verdicts.STALE)}.
    </p>`,
    tableOf(
      'Resources by how they changed',
      [
        { title: 'Change', cell: ([words]) => words },
        { title: 'Resources', cell: ([, count]) => formatCount(count), as: 'figure' },
      ],
      counted,
    ),
    WAYS.map(([way, words]) => examples(words, of[way], of.listed[way])),
  ]);
}

function examples(words: string, count: number, listed: readonly ChangedResource[]): Content {
  if (listed.length === 0) return null;
  const title = `${words[0]?.toUpperCase() ?? ''}${words.slice(1)}`;
  return markup`<details>
    <summary>
      ${title}: ${count > listed.length ? 'the largest' : 'all'} ${formatCount(listed.length)}
    </summary>
    ${firstRows(title, COLUMNS, listed, { most: listed.length, of: count, rest: 'the others are smaller.' })}
  </details>`;
}
