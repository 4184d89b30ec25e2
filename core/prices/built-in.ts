import { ALL_DIGITS, PER_GIB_MONTH, PER_IOPS_MONTH } from './built-in-figures.ts';
import type { PriceTable, RegionPrices } from './price-table.ts';

const ARCHIVE_PAGE =
  'https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-archive-pricing.html';
const FAST_RESTORE_PAGE =
  'https://docs.aws.amazon.com/whitepapers/latest/how-aws-pricing-works/amazon-ebs.html';
/** AWS's Price List as two projects keep it; these are their files at one commit each. */
const PRICE_LIST =
  'https://github.com/clont-app/clont/blob/0016395b9fcc49f9c4d759352728c4855df7effb/clont/finops/aws/prices.json';
const EARLIER_PRICE_LIST =
  'https://github.com/cloudkeep-io/ebs-pricing/blob/d76ed2762d0a795a66285222321da0bb0aa801c3/docs/ebs_pricing.json';

/** The same in each Region of that Price List, and in AWS's announcement. */
const PUBLIC_IPV4_USD_PER_HOUR = 0.005;

const FROM_PAGES: RegionPrices = {
  standardUsdPerGiBMonth: 0.05,
  archiveUsdPerGiBMonth: 0.0125,
  fastRestoreUsdPerZoneHour: 0.75,
};

const IOPS = new Map(PER_IOPS_MONTH.flatMap(iopsOfRow));

/**
 * List prices in effect where the store has no `prices.json`: what a source names for a Region.
 * Archive tier and fast restore are known where a page of AWS names the Region. A GB of AWS's is 2^30
 * bytes.
 */
export const BUILT_IN_PRICES: PriceTable = {
  schemaVersion: 1,
  asOf: '2026-09-27',
  source: PRICE_LIST,
  regions: Object.fromEntries(PER_GIB_MONTH.flatMap(pricesOfRow)),
  sources: [
    {
      asOf: '2026-11-21',
      source: ARCHIVE_PAGE,
      figures: { 'us-east-1': ['standardUsdPerGiBMonth', 'archiveUsdPerGiBMonth'] },
    },
    {
      asOf: '2026-11-21',
      source: FAST_RESTORE_PAGE,
      figures: { 'us-east-1': ['fastRestoreUsdPerZoneHour'] },
    },
    {
      asOf: '2022-02-10',
      source: EARLIER_PRICE_LIST,
      figures: Object.fromEntries(
        [...IOPS].map(([region, iops]) => [
          region,
          [
            ...Object.keys(iops),
            ...Object.keys(ALL_DIGITS[region] ?? {}).map((type) => `volumeUsdPerGiBMonth.${type}`),
          ],
        ]),
      ),
    },
  ],
};

function pricesOfRow([regions, snapshot, gp3, gp2, io, st1, sc1, standard]: PerGiBMonthRow) {
  const ofTypes = { gp3, gp2, io1: io, io2: io, st1, sc1, standard };
  return regions.split(' ').map((region): [string, RegionPrices] => [
    region,
    {
      standardUsdPerGiBMonth: snapshot,
      ...(region === 'us-east-1' && FROM_PAGES),
      volumeUsdPerGiBMonth: { ...ofTypes, ...ALL_DIGITS[region] },
      ...IOPS.get(region),
      publicIpv4UsdPerHour: PUBLIC_IPV4_USD_PER_HOUR,
    },
  ]);
}
type PerGiBMonthRow = (typeof PER_GIB_MONTH)[number];

function iopsOfRow([regions, gp3, io1, io2, gp3UsdPerMiBpsMonth]: PerIopsMonthRow) {
  const volumeUsdPerIopsMonth = { gp3, io1, ...(io2 !== null && { io2: [...io2] as Three }) };
  return regions
    .split(' ')
    .map((region) => [region, { volumeUsdPerIopsMonth, gp3UsdPerMiBpsMonth }] as const);
}
type PerIopsMonthRow = (typeof PER_IOPS_MONTH)[number];
type Three = [number, number, number];
