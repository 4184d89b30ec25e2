/**
 * List prices of snapshot storage in USD per GiB and month, by Region and storage tier.
 * Source: https://aws.amazon.com/ebs/pricing/ (a GB there is 2^30 bytes), read on 2026-11-21.
 * Regions that aren't here are reported in GiB, without money.
 */
const SNAPSHOT_USD_PER_GIB_MONTH: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'us-east-1': { standard: 0.05, archive: 0.0125 },
};

/**
 * The most that a snapshot can cost a month, in USD, rounded up to the cent. An upper bound:
 * snapshots are billed for the blocks that only they hold, and no listing tells how many.
 *
 * @returns null where the Region's or tier's price isn't known
 */
export function snapshotMonthlyCostUsdUpTo(snapshot: {
  region: string;
  storageTier: string;
  sizeGiB: number;
}): number | null {
  const price = SNAPSHOT_USD_PER_GIB_MONTH[snapshot.region]?.[snapshot.storageTier];
  if (price === undefined) return null;
  // 0.05 * 801 * 100 is 4005.0000000000005 in binary: noise below a millionth of a cent isn't a cent.
  return Math.ceil(Number((price * snapshot.sizeGiB * 100).toFixed(6))) / 100;
}
