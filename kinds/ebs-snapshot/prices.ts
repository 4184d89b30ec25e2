import type { KindPrices } from '../../core/prices/kind-prices.ts';
import {
  FIGURE_OF_TIER,
  SNAPSHOT_BUILT_IN,
  SNAPSHOT_STORAGE,
  STANDARD,
} from '../prices/snapshot-storage.ts';

const FAST_RESTORE_PAGE =
  'https://docs.aws.amazon.com/whitepapers/latest/how-aws-pricing-works/amazon-ebs.html';

export const FAST_RESTORE = 'fastRestoreUsdPerZoneHour';

/** Archive tier and fast restore come with orgsweep where a page of AWS names the Region. */
export const PRICES: KindPrices = {
  queries: [
    SNAPSHOT_STORAGE,
    {
      about: 'fast restore',
      serviceCode: 'AmazonEC2',
      filters: { productFamily: 'Fast Snapshot Restore' },
      unit: 'DSU-Hours',
      figures: {
        'EBS:FastSnapshotRestore': {
          ...{ name: FAST_RESTORE, words: 'fast restore', per: 'Availability Zone and hour' },
          column: 'fast restore',
        },
      },
    },
  ],
  builtIn: [
    ...SNAPSHOT_BUILT_IN,
    {
      ...{ asOf: '2026-11-21', source: FAST_RESTORE_PAGE },
      regions: { 'us-east-1': { [FAST_RESTORE]: 0.75 } },
    },
  ],
  used: ({ staleByTier, extraCharges }) => [
    STANDARD,
    ...Object.keys(staleByTier).flatMap((tier) => FIGURE_OF_TIER.get(tier) ?? []),
    ...('fast-restore' in extraCharges ? [FAST_RESTORE] : []),
  ],
};
