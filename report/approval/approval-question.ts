import { amountOfRemovals } from '../../core/plan/amount-of-removals.ts';
import type { PlannedRemoval } from '../../core/plan/plan.ts';
import { formatNoun } from '../format/money.ts';
import { nounOf } from '../format/noun.ts';
import { amountAndUnpriced } from '../words/worth-words.ts';

/** "Delete 1,085 unused snapshots in 12 accounts", for a heading that asks. */
export function whatIsAsked(removals: readonly PlannedRemoval[]): string {
  const accounts = new Set(removals.map(({ accountId }) => accountId)).size;
  const what = formatNoun(removals.length, `unused ${nounOfThem(removals)}`);
  return `Delete ${what} in ${formatNoun(accounts, 'account')}`;
}

/** "24 snapshots" */
export function countAsked(removals: readonly PlannedRemoval[]): string {
  return formatNoun(removals.length, nounOfThem(removals));
}

function nounOfThem(removals: readonly PlannedRemoval[]): string {
  return nounOf([...new Set(removals.map(({ kind }) => kind))]);
}

/** Size and money together; data that several share counts once. */
export function amountAsked(removals: readonly PlannedRemoval[]): string {
  return amountAndUnpriced(amountOfRemovals(removals));
}
