import type { Share, Summary, TrendPoint } from '../../../core/summary/summary.ts';
import type { SeenTarget } from '../../../report/page/charts/heat-map/target-grid.ts';
import { KIND, someCounts } from './builders.ts';
import { completeReport } from './summaries.ts';

const REGIONS = [
  ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'eu-west-1', 'eu-west-2', 'eu-west-3'],
  ...['eu-central-1', 'eu-north-1', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2'],
  ...['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'sa-east-1', 'ca-central-1'],
];

export const aShare = (staleGiB: number, given: Partial<Share> = {}): Share => ({
  ...{ resources: 100, stale: staleGiB > 0 ? 1 : 0, staleGiB },
  ...{ staleMonthlyCostUsdUpTo: staleGiB / 20, unpricedGiB: 0, unpricedUnsized: 0 },
  ...given,
});

export const accountNo = (i: number) => String(300_000_000_000 + i);

/** A summary whose accounts have so many stale GiB, by Region. */
export function aSummaryOf(
  staleGiBByTarget: Summary['staleGiBByTarget'],
  names: Readonly<Record<string, string>> = {},
): Summary {
  const sums = Object.entries(staleGiBByTarget).map(([id, regions]): [string, number] => [
    id,
    Object.values(regions).reduce((sum, size) => sum + size, 0),
  ]);
  return {
    ...completeReport(),
    staleGiBByTarget,
    byAccount: Object.fromEntries(
      sums.map(([id, sum]) => [id, { ...aShare(sum), accountName: names[id] ?? `team-${id}` }]),
    ),
  };
}

/** The targets of such a summary, each scanned to its end; what a GiB costs, in all of them. */
export function targetsOf({ staleGiBByTarget }: Summary, usdPerGiB = 1 / 20): SeenTarget[] {
  return Object.entries(staleGiBByTarget).flatMap(([accountId, regions]) =>
    Object.entries(regions).map(([region, staleGiB]): SeenTarget => ({
      ...{ accountId, region, status: 'COMPLETE' },
      kinds: {
        [KIND]: someCounts({
          verdicts: { STALE: 1, KEEP: 0, UNKNOWN: 0 },
          ...{ staleGiB, staleMonthlyCostUsdUpTo: staleGiB * usdPerGiB },
          unpricedGiB: usdPerGiB === 0 ? staleGiB : 0,
        }),
      },
    })),
  );
}

/** Every account has something stale in each of 17 Regions. */
export function largeSummary(accounts: number): Summary {
  return aSummaryOf(
    Object.fromEntries(
      Array.from({ length: accounts }, (_, i) => [
        accountNo(i),
        Object.fromEntries(REGIONS.map((region, j) => [region, 1 + ((i * 31 + j * 17) % 5000)])),
      ]),
    ),
  );
}

export function aPoint(given: Partial<TrendPoint> = {}): TrendPoint {
  return {
    ...{ executionId: 'weekly', finishedAt: '2026-11-21T06:00:00.000Z', mode: 'report' },
    ...{ complete: 12, inScope: 12, stale: 10, staleGiB: 100, staleMonthlyCostUsdUpTo: 5 },
    ...{ unpricedGiB: 0, unpricedUnsized: 0, removed: 0, removedGiB: 0 },
    ...given,
  };
}

/** All there can be to show at once. */
export function everythingToShow(): Summary {
  const summary = completeReport();
  const { counts } = summary;
  return {
    ...summary,
    counts: {
      ...counts,
      staleByAge: { FROM_30_DAYS: 3, FROM_5_YEARS: 4, NOT_KNOWN: 1 },
      staleByTier: {
        archive: { ...aTier(40), inMinimum: 2 },
        standard: aTier(400),
      },
      extraCharges: {
        'fast-restore': { resources: 2, units: 3, monthlyCostUsdUpTo: 1620, unpricedUnits: 0 },
      },
    },
    trend: summary.trend.map((point, i) => (i === 1 ? { ...point, complete: 3 } : point)),
  };
}

function aTier(sizeGiB: number) {
  const usd = sizeGiB / 20;
  return {
    ...{
      stale: 5,
      inMinimum: 0,
      sizeGiB,
      monthlyCostUsdUpTo: usd,
      unpricedGiB: 0,
      unpricedUnsized: 0,
    },
    unsharedMonthlyCostUsdUpTo: usd,
  };
}
