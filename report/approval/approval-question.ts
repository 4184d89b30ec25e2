import type { WordsByKind } from '../../core/words/kind-words.ts';
import { amountOfRemovals } from '../../core/plan/amount-of-removals.ts';
import { freedByAll } from '../../core/prices/freeing.ts';
import type { PlannedRemoval } from '../../core/plan/plan.ts';
import { formatNoun } from '../format/money.ts';
import { countOfKinds, nounOfKinds } from '../format/noun.ts';
import { amountAndUnpriced, freedInShort } from '../words/worth-words.ts';

/** "Delete 1,085 unused snapshots in 12 accounts", for a heading that asks. */
export function whatIsAsked(removals: readonly PlannedRemoval[], words: WordsByKind): string {
  const accounts = new Set(removals.map(({ accountId }) => accountId)).size;
  const { one, many } = nounOfKinds(kindsOf(removals), words);
  const what = formatNoun(removals.length, `unused ${one}`, `unused ${many}`);
  return `Delete ${what} in ${formatNoun(accounts, 'account')}`;
}

/** "24 snapshots" */
export function countAsked(removals: readonly PlannedRemoval[], words: WordsByKind): string {
  return countOfKinds(removals.length, kindsOf(removals), words);
}

function kindsOf(removals: readonly PlannedRemoval[]): string[] {
  return [...new Set(removals.map(({ kind }) => kind))];
}

/** Size and money together; data that several share counts once. */
export function amountAsked(removals: readonly PlannedRemoval[]): string {
  return amountAndUnpriced(amountOfRemovals(removals));
}

/** The same of all that is asked, and what may be deleted after it. */
export function allAsked(removals: readonly PlannedRemoval[], words: WordsByKind): string {
  const freed = freedByAll(removals);
  if (freed === undefined) return amountAsked(removals);
  const hasOwn = removals.some((one) => one.sizeGiB !== null || one.monthlyCostUsdUpTo !== 0);
  const own = hasOwn ? amountAsked(removals) : 'nothing by itself';
  return `${own}; ${freedInShort(freed, words)} may be deleted after it`;
}
