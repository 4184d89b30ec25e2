const COUNT = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const SIZE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });
const USD = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });

/** 12,345 */
export function formatCount(count: number): string {
  return COUNT.format(count);
}

/** 12,345.6 GiB; anything at all is never shown as 0. */
export function formatGiB(sizeGiB: number): string {
  return sizeGiB > 0 && sizeGiB < 0.05 ? '< 0.1 GiB' : `${SIZE.format(sizeGiB)} GiB`;
}

/** $12,345.68: an upper bound, so part of a cent is a cent. */
export function formatUsdUpTo(usd: number): string {
  return USD.format(Math.ceil(Number((usd * 100).toFixed(4))) / 100);
}

/** $12,346: whole dollars, for where there is little room. */
export function formatDollarsUpTo(usd: number): string {
  return formatUsdUpTo(Math.ceil(Number(usd.toFixed(6)))).replace(/\.00$/, '');
}

/** Size and cost in one phrase; without a price no cost is told, rather than none. */
export function formatAmount(of: {
  sizeGiB: number;
  usdUpTo: number;
  unpricedGiB: number;
}): string {
  const size = formatGiB(of.sizeGiB);
  if (of.unpricedGiB > 0 && of.usdUpTo === 0) return `${size} without a known price`;
  const unpriced =
    of.unpricedGiB > 0 ? ` (${formatGiB(of.unpricedGiB)} of it without a known price)` : '';
  return `${size}${unpriced}, up to ${formatUsdUpTo(of.usdUpTo)} a month`;
}

/** "312 snapshots", "1 snapshot". */
export function formatNoun(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
