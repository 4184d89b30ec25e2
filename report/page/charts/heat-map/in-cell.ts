import type { Worth } from '../../../../core/model/amount.ts';
import { formatCount, formatSize, formatUsdUpTo } from '../../../format/money.ts';
import type { Unused } from './target-grid.ts';

const SHORT = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });
const UNITS = [
  { of: 1e6, sign: 'M' },
  { of: 1e3, sign: 'k' },
] as const;
/** Up to here a cell has room for all of it. */
const SHORT_FROM_USD = 10_000;

/** What the cells of a table are measured by: money, wherever any is known. */
export type Measure = 'usd' | 'size';

export function measureOf(all: Iterable<Unused>): Measure {
  for (const { worth } of all) if (worth.monthlyCostUsdUpTo > 0) return 'usd';
  return 'size';
}

/** How hot a cell is; null: nothing that can be measured so. */
export function valueOf({ monthlyCostUsdUpTo: usd, sizeGiB }: Worth, by: Measure): number | null {
  const value = by === 'usd' ? usd : sizeGiB;
  return value > 0 ? value : null;
}

/** "$946", "$12.4k", "1.8 TiB" where no price is known; what has neither is counted. */
export function inCell({ worth, resources }: Unused, by: Measure): string {
  const { monthlyCostUsdUpTo: usd, sizeGiB } = worth;
  if (by === 'usd' && usd > 0) return shortUsdUpTo(usd);
  return sizeGiB > 0 ? formatSize(sizeGiB) : `${formatCount(resources)} unused`;
}

/** "$12,346": there is room for all of it. */
export function inFull(of: Unused, by: Measure): string {
  const usd = of.worth.monthlyCostUsdUpTo;
  return by === 'usd' && usd > 0 ? formatUsdUpTo(usd) : inCell(of, by);
}

/** An upper bound, so it is rounded up. */
export function shortUsdUpTo(usd: number): string {
  const unit = UNITS.find(({ of }) => usd >= of);
  if (unit === undefined || usd < SHORT_FROM_USD) return formatUsdUpTo(usd);
  return `$${SHORT.format(Math.ceil((usd / unit.of) * 10) / 10)}${unit.sign}`;
}
