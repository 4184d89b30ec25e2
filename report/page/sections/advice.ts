import type { AdviceWorth } from '../../../core/model/billing.ts';
import type { Summary } from '../../../core/summary/summary.ts';
import type { WordsByKind } from '../../../core/words/kind-words.ts';
import { wordsIn } from '../../../core/words/words-in.ts';
import { formatUsdUpTo } from '../../format/money.ts';
import { countOfKinds } from '../../format/noun.ts';
import { adviceSays, savingByAdvice } from '../../words/charges.ts';
import type { Advised } from '../findings/findings-on-page.ts';
import { type Content, markup } from '../markup/markup.ts';
import { type Column, firstRows } from '../markup/table.ts';
import { accountOf, isolated, shorten } from '../markup/text.ts';
import { section } from './section.ts';

const TITLE = 'Advice';

/** What is in use and costs more than it must. None of it is unused, nor to be deleted. */
export function advice(summary: Summary, advised: readonly Advised[]): Content {
  const words = wordsIn(summary);
  const told = Object.entries(summary.byKind).flatMap(([kind, { advice: byCode = {} }]) =>
    Object.entries(byCode).map(([code, worth]) => ({ kind, code, worth })),
  );
  if (told.length === 0) return null;
  const all = told.reduce((sum, { worth }) => sum + worth.resources, 0);
  return section('advice', TITLE, [
    markup`<p>In use, and more expensive than it must be. orgsweep deletes none of it.</p>`,
    markup`<ul>
      ${told.map(({ kind, code, worth }) => ofCode(words, { kind, code, worth }))}
    </ul>`,
    firstRows('Advice, by what it saves', columnsOf(words), advised, {
      ...{ most: advised.length, of: all, rest: 'all are in findings.csv.' },
    }),
  ]);
}

function ofCode(
  words: WordsByKind,
  of: { kind: string; code: string; worth: AdviceWorth },
): Content {
  const { kind, code, worth } = of;
  return markup`<li>
    ${countOfKinds(worth.resources, [kind], words)}: ${adviceSays(words[kind], code)}
    <code>${code}</code>. ${savingByAdvice(worth)}
  </li>`;
}

const columnsOf = (words: WordsByKind): readonly Column<Advised>[] => [
  {
    title: 'Resource',
    cell: ({ resourceId }) => markup`<code class="id">${isolated(shorten(resourceId))}</code>`,
  },
  { title: 'Account', cell: ({ accountId, accountName }) => accountOf(accountId, accountName) },
  { title: 'Region', cell: ({ region }) => region, as: 'short' },
  {
    title: 'Why',
    cell: ({ kind, code }) => markup`${adviceSays(words[kind], code)} <code>${code}</code>`,
  },
  {
    title: 'Saves a month, up to',
    cell: ({ monthlySavingUsdUpTo: usd }) => (usd === null ? 'not known' : formatUsdUpTo(usd)),
    as: 'figure',
  },
];
