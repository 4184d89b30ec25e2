import { amountOfRemovals } from '../amount-of-removals.ts';
import type { PlannedRemoval } from '../plan.ts';
import { formatAmount, formatUsdUpTo, formatSize, formatNoun } from './money.ts';
import { nounOf } from './noun.ts';

/** "Delete 1,085 unused snapshots in 12 accounts", for a heading that asks. */
export function whatIsAsked(removals: readonly PlannedRemoval[]): string {
  const accounts = new Set(removals.map(({ accountId }) => accountId)).size;
  return `Delete ${unusedInWords(removals)} in ${formatNoun(accounts, 'account')}`;
}

function unusedInWords(removals: readonly PlannedRemoval[]): string {
  const kinds = [...new Set(removals.map(({ kind }) => kind))];
  const noun = nounOf(kinds);
  return formatNoun(removals.length, `unused ${noun}`);
}

/** Size and money together; data that several share counts once. */
export function amountAsked(removals: readonly PlannedRemoval[]): string {
  const { sizeGiB, monthlyCostUsdUpTo: usdUpTo, unpricedGiB } = amountOfRemovals(removals);
  return formatAmount({ sizeGiB, usdUpTo, unpricedGiB });
}

/** The one figure that fits into a subject. */
export function amountInShort(removals: readonly PlannedRemoval[]): string {
  const { sizeGiB, monthlyCostUsdUpTo: usd } = amountOfRemovals(removals);
  return usd === 0 ? formatSize(sizeGiB) : `up to ${formatUsdUpTo(usd)}/month`;
}
