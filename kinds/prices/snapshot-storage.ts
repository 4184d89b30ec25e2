import { upToTheCent } from '../../core/prices/costs.ts';
import { usdOf } from '../../core/prices/figures.ts';
import type { PriceSource, PriceTable } from '../../core/prices/price-table.ts';
import { PRICE_LIST } from './sources.ts';
import { atSamePrice, type BuiltInPrices, type PriceQuery } from '../../core/prices/kind-prices.ts';

/** What snapshots cost, and the copy that is made of a volume before it goes. */
export const STANDARD = 'standardUsdPerGiBMonth';
const ARCHIVE = 'archiveUsdPerGiBMonth';

/** What a snapshot is billed by, by its storage tier as EC2 names it. */
export const FIGURE_OF_TIER: ReadonlyMap<string, string> = new Map([
  ['standard', STANDARD],
  ['archive', ARCHIVE],
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
  const figure = FIGURE_OF_TIER.get(snapshot.storageTier);
  const price = figure === undefined ? null : usdOf(prices, snapshot.region, figure);
  return price === null ? null : upToTheCent(price * snapshot.sizeGiB);
}

export const STANDARD_STORAGE = {
  about: 'snapshots',
  serviceCode: 'AmazonEC2',
  filters: { productFamily: 'Storage Snapshot' },
  unit: 'GB-Mo',
  figures: {
    'EBS:SnapshotUsage': {
      ...{ name: STANDARD, words: 'snapshot, standard tier', per: 'GiB and month' },
      column: 'snapshot',
    },
  },
} as const satisfies PriceQuery;

/** Both tiers. */
export const SNAPSHOT_STORAGE = {
  ...STANDARD_STORAGE,
  figures: {
    ...STANDARD_STORAGE.figures,
    'EBS:SnapshotArchiveStorage': {
      ...{ name: ARCHIVE, words: 'snapshot, archive tier', per: 'GiB and month' },
      column: 'archive',
    },
  },
} as const satisfies PriceQuery;

/** AWS's own page, which has us-east-1. */
const ARCHIVE_PAGE: PriceSource = {
  asOf: '2026-11-21',
  source: 'https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-archive-pricing.html',
};

const BY_REGION: BuiltInPrices['regions'] = atSamePrice(STANDARD, [
  ['ap-southeast-5 ap-southeast-7 ap-east-2', 0.045],
  ['eu-north-1', 0.0475],
  ['us-east-2 us-west-2 eu-west-1 eu-south-2', 0.05],
  ['ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2', 0.05],
  ['ap-southeast-1 ap-southeast-3', 0.05],
  ['eu-south-1', 0.0525],
  ['mx-central-1 eu-west-2 eu-west-3', 0.053],
  ['eu-central-1', 0.054],
  ['us-west-1 ca-central-1 ca-west-1 ap-southeast-2 ap-southeast-4 ap-east-1', 0.055],
  ['me-south-1 me-central-1', 0.055],
  // 0.0577 there, one up in its last digit, as 5% above ap-southeast-2 are 0.05775.
  ['ap-southeast-6', 0.0578],
  ['eu-central-2', 0.059],
  ['af-south-1', 0.0595],
  ['il-central-1', 0.06],
  ['us-gov-east-1 us-gov-west-1', 0.066],
  ['sa-east-1', 0.068],
]);

export const STANDARD_BUILT_IN: readonly BuiltInPrices[] = [
  { ...PRICE_LIST, regions: BY_REGION },
  { ...ARCHIVE_PAGE, regions: { 'us-east-1': { [STANDARD]: 0.05 } } },
];

export const SNAPSHOT_BUILT_IN: readonly BuiltInPrices[] = [
  ...STANDARD_BUILT_IN,
  { ...ARCHIVE_PAGE, regions: { 'us-east-1': { [ARCHIVE]: 0.0125 } } },
];
