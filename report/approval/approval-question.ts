import type { WordsByKind } from '../../core/words/kind-words.ts';
import { amountOfRemovals } from '../../core/plan/amount-of-removals.ts';
import type { PlannedRemoval } from '../../core/plan/plan.ts';
import { formatNoun } from '../format/money.ts';
import { countOfKinds, nounOfKinds } from '../format/noun.ts';
import { amountAndUnpriced } from '../words/worth-words.ts';

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
