import { HOURS_OF_LONGEST_MONTH, upToTheCent } from '../../core/prices/costs.ts';
import { usdOf } from '../../core/prices/figures.ts';
import type { PriceTable } from '../../core/prices/price-table.ts';
import { FAST_RESTORE } from './prices.ts';

/** The most that fast restore of one snapshot can cost a month in so many Availability Zones. */
export function fastRestoreMonthlyCostUsdUpTo(
  prices: PriceTable,
  { region, zones }: { readonly region: string; readonly zones: number },
): number | null {
  const price = usdOf(prices, region, FAST_RESTORE);
  return price === null ? null : upToTheCent(price * zones * HOURS_OF_LONGEST_MONTH);
}
