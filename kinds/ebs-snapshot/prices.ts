import type { KindPrices } from '../../core/prices/kind-prices.ts';
import {
  ARCHIVE_PAGE,
  STANDARD,
  STANDARD_BUILT_IN,
  STANDARD_STORAGE,
} from '../prices/snapshot-storage.ts';

const FAST_RESTORE_PAGE =
  'https://docs.aws.amazon.com/whitepapers/latest/how-aws-pricing-works/amazon-ebs.html';

const ARCHIVE = 'archiveUsdPerGiBMonth';
export const FAST_RESTORE = 'fastRestoreUsdPerZoneHour';

/** What a snapshot is billed by, by its storage tier as EC2 names it. */
export const FIGURE_OF_TIER: ReadonlyMap<string, string> = new Map([
  ['standard', STANDARD],
  ['archive', ARCHIVE],
]);

/** Archive tier and fast restore come with orgsweep where a page of AWS names the Region. */
export const PRICES: KindPrices = {
  queries: [
    {
      ...STANDARD_STORAGE,
      figures: {
        ...STANDARD_STORAGE.figures,
        'EBS:SnapshotArchiveStorage': {
          ...{ name: ARCHIVE, words: 'snapshot, archive tier', per: 'GiB and month' },
          column: 'archive',
        },
      },
    },
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
    ...STANDARD_BUILT_IN,
    { ...ARCHIVE_PAGE, regions: { 'us-east-1': { [ARCHIVE]: 0.0125 } } },
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
