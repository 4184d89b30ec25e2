import type { PriceTable } from './price-table.ts';

/**
 * List prices in effect where the store has no `prices.json`. Only what a page of AWS states for a
 * Region it names is here; all other Regions are told in GiB, without money. A GB of AWS's is 2^30
 * bytes.
 *
 * Fast restore: https://docs.aws.amazon.com/whitepapers/latest/how-aws-pricing-works/amazon-ebs.html
 */
export const BUILT_IN_PRICES: PriceTable = {
  schemaVersion: 1,
  asOf: '2026-11-21',
  source: 'https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-archive-pricing.html',
  regions: {
    'us-east-1': {
      standardUsdPerGiBMonth: 0.05,
      archiveUsdPerGiBMonth: 0.0125,
      fastRestoreUsdPerZoneHour: 0.75,
    },
  },
};
