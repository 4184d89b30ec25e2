import type { Worth } from '../../core/model/amount.ts';
import { formatSize, formatUsdUpTo } from '../format/money.ts';

type Priced = Pick<Worth, 'sizeGiB' | 'monthlyCostUsdUpTo'>;
type Money = Pick<Worth, 'monthlyCostUsdUpTo' | 'unpricedGiB'>;

/** "up to $4,106 a month", or "412 TiB" where nothing of it has a price. */
export function worthInWords({ monthlyCostUsdUpTo: usd, sizeGiB }: Priced): string {
  return usd > 0 ? savingInWords(usd) : formatSize(sizeGiB);
}

/** "up to $4,106 a month" */
export function savingInWords(usd: number): string {
  return `up to ${formatUsdUpTo(usd)} a month`;
}

/** The one figure that fits into a subject: "up to $4,106/month", or "412 TiB". */
export function worthInShort({ monthlyCostUsdUpTo: usd, sizeGiB }: Priced): string {
  return usd > 0 ? `up to ${formatUsdUpTo(usd)}/month` : formatSize(sizeGiB);
}

/** "430 TiB, up to $4,106 a month" */
export function amountInWords(worth: Worth): string {
  const size = formatSize(worth.sizeGiB);
  if (worth.monthlyCostUsdUpTo > 0) return `${size}, ${worthInWords(worth)}`;
  return hasNoPrice(worth) ? `${size}, ${NO_PRICE}` : size;
}

/** "430 TiB, $4,106 a month", where it is said above that it is an upper bound. */
export function amountInShort(worth: Worth): string {
  return amountInWords(worth).replace(', up to ', ', ');
}

/** "430 TiB (2 TiB of it without a known price), up to $4,106 a month" */
export function amountInFull(worth: Worth): string {
  const size = formatSize(worth.sizeGiB);
  if (hasNoPrice(worth)) return `${size} without a known price`;
  const unpriced =
    worth.unpricedGiB > 0 ? ` (${formatSize(worth.unpricedGiB)} of it without a known price)` : '';
  return `${size}${unpriced}, ${savingInWords(worth.monthlyCostUsdUpTo)}`;
}

/** "430 TiB, up to $96 a month (480 GiB unpriced)", for who decides about it. */
export function amountAndUnpriced({ sizeGiB, ...money }: Worth): string {
  const [priced, unpriced] = moneyCells(money);
  return `${formatSize(sizeGiB)}, ${unpriced === '' ? priced : `${priced} (${unpriced})`}`;
}

/** What has a price and what has none, in two cells of a table. */
export function moneyCells(of: Money): [string, string] {
  if (hasNoPrice(of)) return [NO_PRICE, ''];
  const unpriced = of.unpricedGiB > 0 ? `${formatSize(of.unpricedGiB)} unpriced` : '';
  return [savingInWords(of.monthlyCostUsdUpTo), unpriced];
}

const NO_PRICE = 'no known price';

/** "$4,106", in a cell of its own; what has no price is never told as $0. */
export function costInCell(of: Money, none = NO_PRICE): string {
  return hasNoPrice(of) ? none : formatUsdUpTo(of.monthlyCostUsdUpTo);
}

function hasNoPrice({ monthlyCostUsdUpTo: usd, unpricedGiB }: Money): boolean {
  return unpricedGiB > 0 && usd === 0;
}
