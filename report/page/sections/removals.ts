import { hasRecycleBin } from '../../words/recycle-bin-words.ts';
import { capitalized } from '../../format/layout.ts';
import { wordsToTell } from '../../format/noun.ts';
import { makesInShort, stepWordsOf } from '../../words/step-words.ts';
import { wordsIn } from '../../../core/words/words-in.ts';
import type { RemovalOutcome, RemovalResult } from '../../../core/outcome/outcome.ts';
import { REMOVAL_RESULTS_WORST_FIRST } from '../../../core/summary/reconcile-removals.ts';
import { formatCount, sizeInCell, formatNoun } from '../../format/money.ts';
import { reasonsInWords } from '../../words/reason-words.ts';
import { REMOVAL_WORDS } from '../../words/removal-words.ts';
import type { Failing } from '../../../core/summary/failing-again.ts';
import type { Summary } from '../../../core/summary/summary.ts';
import { restoreCommand, SIMULATED_BIN } from '../../commands/commands.ts';
import { type Content, markup, type Markup } from '../markup/markup.ts';
import { type Column, firstRows, tableOf } from '../markup/table.ts';
import { accountOf, isolated, sentenceOf, timeOf } from '../markup/text.ts';
import { failureInWords } from './failures.ts';
import { part } from './appendix.ts';
import { worthOfRemoved } from '../../../core/summary/worth.ts';
import { amountInFull } from '../../words/worth-words.ts';

const MOST_REMOVALS = 200;
const DONE: readonly RemovalResult[] = ['REMOVED', 'STEP_DONE'];

type Names = Summary['byAccount'];
type Named = Pick<Summary, 'byAccount' | 'words'>;

const columnsOf = ({ byAccount: names, ...summary }: Named): readonly Column<RemovalOutcome>[] => [
  {
    title: 'Resource',
    cell: ({ resourceId }) => markup`<code class="id">${isolated(resourceId)}</code>`,
  },
  { title: 'Account', cell: ({ accountId }) => account(accountId, names) },
  { title: 'Region', cell: ({ region }) => region, as: 'short' },
  { title: 'Size', cell: ({ sizeGiB }) => sizeInCell(sizeGiB), as: 'figure' },
  { title: 'Result', cell: ({ outcome }) => markup`<code>${outcome}</code>` },
  {
    title: 'Why',
    cell: ({ kind, reasons, failure }) => [
      isolated(reasonsInWords(reasons, wordsIn(summary)[kind])),
      ' ',
      failureInWords(failure ?? null),
    ],
  },
  { title: 'Made', cell: ({ made }) => (made ? markup`<code>${isolated(made)}</code>` : '') },
  { title: 'Goes on from', cell: ({ nextAt }) => (nextAt === undefined ? '' : timeOf(nextAt)) },
  {
    title: 'Restorable until',
    cell: ({ restorableUntil }) => (restorableUntil === null ? '' : timeOf(restorableUntil)),
  },
];

const TITLE = 'Deletions';

/** How the planned deletions ended, and how to take them back. */
export function removals(summary: Summary, outcomes: readonly RemovalOutcome[]): Content {
  const { removals: of, failingAgain } = summary;
  const results = REMOVAL_RESULTS_WORST_FIRST.filter((result) => of.byOutcome[result] > 0);
  if (results.length === 0) return null;
  const isWrong = summary.status === 'REMOVALS_INCOMPLETE';
  const content = [
    markup`<p>
      ${formatNoun(of.planned - (summary.plan?.inSteps ?? 0), 'deletion')} planned. Deleted:
      ${of.byOutcome.REMOVED === 0 ? 'nothing' : amountInFull(worthOfRemoved(of))}.
    </p>`,
    stepsTaken(summary),
    wayBack(summary),
    byOutcome(results, of),
    failing(failingAgain, summary.byAccount),
    eachRemoval(outcomes, summary),
  ];
  return part('removals', TITLE, content, isWrong);
}

function stepsTaken(summary: Summary): Content {
  const { made, byOutcome } = summary.removals;
  if (byOutcome.STEP_DONE === 0) return null;
  const words = wordsToTell(summary);
  const makes = made === undefined ? '' : `, and beside that ${makesInShort(made, words)}`;
  return markup`<p>
    ${capitalized(stepWordsOf(words).done)} first: ${formatCount(byOutcome.STEP_DONE)}. They are still
    there and cost what they did${makes}. A later run deletes them.
  </p>`;
}

/** What wasn't removed, for a person to read; what was, for whoever asks. */
function eachRemoval(outcomes: readonly RemovalOutcome[], names: Named): Content {
  const place = ({ outcome }: RemovalOutcome) => REMOVAL_RESULTS_WORST_FIRST.indexOf(outcome);
  const others = outcomes.filter(({ outcome }) => !DONE.includes(outcome));
  const steps = outcomes.filter(({ outcome }) => outcome === 'STEP_DONE');
  const taken = `${capitalized(stepWordsOf(wordsIn(names)).done)} first`;
  const removed = outcomes.filter(({ outcome }) => outcome === 'REMOVED');
  const cut = { most: MOST_REMOVALS, rest: 'all are in removals.jsonl.' };
  const worstFirst = others.toSorted((a, b) => place(a) - place(b));
  return [
    others.length === 0
      ? null
      : firstRows('Not deleted', tellingColumns(worstFirst, names), worstFirst, cut),
    steps.length === 0
      ? null
      : markup`<details>
          <summary>${taken}, one by one</summary>
          ${firstRows(taken, tellingColumns(steps, names), steps, cut)}
        </details>`,
    removed.length === 0
      ? null
      : markup`<details>
          <summary>Deleted, one by one</summary>
          ${firstRows('Deleted', tellingColumns(removed, names), removed, cut)}
        </details>`,
  ];
}

/** Without those that are empty, or say of each the same as the caption. */
function tellingColumns(
  outcomes: readonly RemovalOutcome[],
  names: Named,
): readonly Column<RemovalOutcome>[] {
  const has = (test: (outcome: RemovalOutcome) => boolean) => outcomes.some(test);
  const isTelling: Readonly<Record<string, boolean>> = {
    Result: has(({ outcome }) => outcome !== 'REMOVED'),
    Why: has(({ reasons, failure }) => reasons.length > 0 || failure !== undefined),
    Made: has(({ made }) => made !== undefined),
    'Goes on from': has(({ nextAt }) => nextAt !== undefined),
    'Restorable until': has(({ restorableUntil }) => restorableUntil !== null),
  };
  return columnsOf(names).filter(({ title }) => isTelling[title] ?? true);
}

function account(accountId: string, names: Names): Markup {
  return accountOf(accountId, names[accountId]?.accountName ?? null);
}

function wayBack(summary: Summary): Content {
  const { removals: of } = summary;
  if (of.byOutcome.REMOVED === 0) return null;
  const command = restoreCommand(summary);
  if (command === null) return markup`<p>${sentenceOf(SIMULATED_BIN)}</p>`;
  if (!hasRecycleBin(wordsToTell(summary))) return null;
  const { restorable, restorableUntil: until, undoneOtherwise: { MADE = 0 } = {} } = of;
  const isInBin = restorable > 0 && until !== null;
  if (!isInBin && MADE === 0)
    return markup`<p>Nothing of it is known to be in the Recycle Bin.</p>`;
  const inBin =
    isInBin &&
    markup`In the Recycle Bin: ${formatCount(restorable)}, the first until
    ${timeOf(until)}. `;
  const again = MADE > 0 && `${formatCount(MADE)} can be made again from a copy, under a new id. `;
  return markup`<p>
    ${inBin || null}${again || null}To get everything back, or with
    <code class="unbroken">--resource</code> one:<br />
    <code class="command">${command}</code>
  </p>`;
}

function byOutcome(results: readonly RemovalResult[], of: Summary['removals']): Markup {
  return tableOf(
    'Deletions by result',
    [
      {
        title: 'Result',
        cell: (result) => markup`${REMOVAL_WORDS[result].listed} <code>${result}</code>`,
      },
      { title: 'Resources', cell: (result) => formatCount(of.byOutcome[result]), as: 'figure' },
    ],
    results,
  );
}

function failing({ removals: count, listedRemovals }: Failing, names: Names): Content {
  if (count === 0) return null;
  const columns: readonly Column<Failing['listedRemovals'][number]>[] = [
    {
      title: 'Resource',
      cell: ({ resourceId }) => markup`<code class="id">${isolated(resourceId)}</code>`,
    },
    { title: 'Account', cell: ({ accountId }) => account(accountId, names) },
    { title: 'Region', cell: ({ region }) => region, as: 'short' },
    {
      title: 'Result',
      cell: ({ outcome, code }) => markup`<code>${outcome}</code> ${isolated(code ?? '')}`,
    },
    { title: 'Since', cell: ({ since }) => timeOf(since) },
    { title: 'Runs', cell: ({ executions }) => formatCount(executions), as: 'figure' },
  ];
  return firstRows('Failing again and again', columns, listedRemovals, {
    ...{ most: listedRemovals.length, of: count, rest: 'all are in removals.jsonl.' },
  });
}
