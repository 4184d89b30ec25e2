import { amountOfRemovals } from '../../core/plan/amount-of-removals.ts';
import type { PlannedRemoval } from '../../core/plan/plan.ts';
import { formatNoun, formatSize, formatUsdUpTo } from '../format/money.ts';
import { nounOf } from '../format/noun.ts';

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
  const { sizeGiB, ...amount } = amountOfRemovals(removals);
  return `${formatSize(sizeGiB)}, ${moneyInShort(amount)}`;
}

type Money = Readonly<Record<'monthlyCostUsdUpTo' | 'unpricedGiB', number>>;

/** "up to $96 a month (480 GiB unpriced)": what has no price is told beside it, never added. */
export function moneyInShort(of: Money): string {
  const [money, unpriced] = moneyCells(of);
  return unpriced === '' ? money : `${money} (${unpriced})`;
}

/** The same in two cells of a table. */
export function moneyCells({ monthlyCostUsdUpTo: usd, unpricedGiB }: Money): [string, string] {
  if (unpricedGiB > 0 && usd === 0) return ['no known price', ''];
  const unpriced = unpricedGiB > 0 ? `${formatSize(unpricedGiB)} unpriced` : '';
  return [`up to ${formatUsdUpTo(usd)} a month`, unpriced];
}

/** The one figure that fits into a subject. */
export function amountInShort(removals: readonly PlannedRemoval[]): string {
  const { sizeGiB, monthlyCostUsdUpTo: usd } = amountOfRemovals(removals);
  return usd === 0 ? formatSize(sizeGiB) : `up to ${formatUsdUpTo(usd)}/month`;
}
