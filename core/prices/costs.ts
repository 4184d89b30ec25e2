import type { PriceTable, RegionPrices } from './price-table.ts';

/** A month of 31 days: no month costs more. */
const HOURS_OF_LONGEST_MONTH = 744;

/** What a snapshot is billed by, by its storage tier as EC2 names it. */
export const FIGURE_OF_TIER = new Map<string, 'standardUsdPerGiBMonth' | 'archiveUsdPerGiBMonth'>([
  ['standard', 'standardUsdPerGiBMonth'],
  ['archive', 'archiveUsdPerGiBMonth'],
]);

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
  const price = priceOfTier(prices.regions[snapshot.region], snapshot.storageTier);
  return price === undefined ? null : upToTheCent(price * snapshot.sizeGiB);
}

/** The most that fast restore of one snapshot can cost a month in so many Availability Zones. */
export function fastRestoreMonthlyCostUsdUpTo(
  prices: PriceTable,
  { region, zones }: { readonly region: string; readonly zones: number },
): number | null {
  const price = prices.regions[region]?.fastRestoreUsdPerZoneHour;
  return price === undefined ? null : upToTheCent(price * zones * HOURS_OF_LONGEST_MONTH);
}

function priceOfTier(prices: RegionPrices | undefined, tier: string): number | undefined {
  const figure = FIGURE_OF_TIER.get(tier);
  return figure === undefined ? undefined : prices?.[figure];
}

/** 0.05 * 801 * 100 is 4005.0000000000005 in binary: noise below a millionth of a cent isn't a cent. */
function upToTheCent(usd: number): number {
  return Math.ceil(Number((usd * 100).toFixed(6))) / 100;
}
