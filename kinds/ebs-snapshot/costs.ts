import { HOURS_OF_LONGEST_MONTH, upToTheCent } from '../../core/prices/costs.ts';
import { usdOf } from '../../core/prices/figures.ts';
import type { PriceTable } from '../../core/prices/price-table.ts';
import { FAST_RESTORE, FIGURE_OF_TIER } from './prices.ts';

/**
 * The most that a snapshot can cost a month, in USD, rounded up to the cent. An upper bound:
 * snapshots are billed for the blocks that only they hold, and no listing tells how many.
 *
 * @returns null where the Region's or tier's price isn't known
 */
export function storageMonthlyCostUsdUpTo(
  prices: PriceTable,
  snapshot: { readonly region: string; readonly storageTier: string; readonly sizeGiB: number },
): number | null {
  const figure = FIGURE_OF_TIER.get(snapshot.storageTier);
  const price = figure === undefined ? null : usdOf(prices, snapshot.region, figure);
  return price === null ? null : upToTheCent(price * snapshot.sizeGiB);
}

/** The most that fast restore of one snapshot can cost a month in so many Availability Zones. */
export function fastRestoreMonthlyCostUsdUpTo(
  prices: PriceTable,
  { region, zones }: { readonly region: string; readonly zones: number },
): number | null {
  const price = usdOf(prices, region, FAST_RESTORE);
  return price === null ? null : upToTheCent(price * zones * HOURS_OF_LONGEST_MONTH);
}
