import { atSamePrice, type KindPrices } from '../../core/prices/kind-prices.ts';
import { PRICE_LIST } from '../prices/sources.ts';

const ARCHIVE_PAGE =
  'https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-archive-pricing.html';
const FAST_RESTORE_PAGE =
  'https://docs.aws.amazon.com/whitepapers/latest/how-aws-pricing-works/amazon-ebs.html';

const STANDARD = 'standardUsdPerGiBMonth';
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
      about: 'snapshots',
      serviceCode: 'AmazonEC2',
      filters: { productFamily: 'Storage Snapshot' },
      unit: 'GB-Mo',
      figures: {
        'EBS:SnapshotUsage': {
          ...{ name: STANDARD, words: 'snapshot, standard tier', per: 'GiB and month' },
          column: 'snapshot',
        },
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
    {
      ...PRICE_LIST,
      regions: atSamePrice(STANDARD, [
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
      ]),
    },
    {
      ...{ asOf: '2026-11-21', source: ARCHIVE_PAGE },
      regions: { 'us-east-1': { [STANDARD]: 0.05, [ARCHIVE]: 0.0125 } },
    },
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
