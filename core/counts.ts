import type { KindCounts } from './outcome.ts';
import type { Finding } from './verdict.ts';

/** What counting needs of a finding: resources plainly in use are counted too, but not listed. */
export type Countable = Pick<Finding, 'verdict' | 'reasons' | 'sizeGiB' | 'monthlyCostUsdUpTo'>;

export function emptyCounts(): KindCounts {
  return {
    resources: 0,
    verdicts: { STALE: 0, KEEP: 0, UNKNOWN: 0 },
    reasons: {},
    staleGiB: 0,
    staleMonthlyCostUsdUpTo: 0,
    unpricedGiB: 0,
  };
}

/** Adds one resource to `counts` in place: a target may hold a million. */
export function countInto(counts: KindCounts, resource: Countable): void {
  counts.resources += 1;
  counts.verdicts[resource.verdict] += 1;
  for (const reason of resource.reasons) counts.reasons[reason] = (counts.reasons[reason] ?? 0) + 1;
  if (resource.verdict !== 'STALE') return;
  counts.staleGiB = add(counts.staleGiB, resource.sizeGiB);
  if (resource.monthlyCostUsdUpTo === null)
    counts.unpricedGiB = add(counts.unpricedGiB, resource.sizeGiB);
  else
    counts.staleMonthlyCostUsdUpTo = add(
      counts.staleMonthlyCostUsdUpTo,
      resource.monthlyCostUsdUpTo,
    );
}

export function countAll(resources: Iterable<Countable>): KindCounts {
  const counts = emptyCounts();
  for (const resource of resources) countInto(counts, resource);
  return counts;
}

/** Associative and commutative, with `emptyCounts()` as its identity. */
export function mergeCounts(a: KindCounts, b: KindCounts): KindCounts {
  return {
    resources: a.resources + b.resources,
    verdicts: {
      STALE: a.verdicts.STALE + b.verdicts.STALE,
      KEEP: a.verdicts.KEEP + b.verdicts.KEEP,
      UNKNOWN: a.verdicts.UNKNOWN + b.verdicts.UNKNOWN,
    },
    reasons: mergeTallies(a.reasons, b.reasons),
    staleGiB: add(a.staleGiB, b.staleGiB),
    staleMonthlyCostUsdUpTo: add(a.staleMonthlyCostUsdUpTo, b.staleMonthlyCostUsdUpTo),
    unpricedGiB: add(a.unpricedGiB, b.unpricedGiB),
  };
}

/** Sums two tallies key by key, keys in ascending order. */
export function mergeTallies(
  a: Readonly<Record<string, number>>,
  b: Readonly<Record<string, number>>,
): Record<string, number> {
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])].toSorted();
  return Object.fromEntries(keys.map((key) => [key, (a[key] ?? 0) + (b[key] ?? 0)]));
}

/**
 * Adds GiB or USD on a grid of a millionth. Sums of plain floating-point numbers depend on their
 * order; on the grid they don't (up to about two thousand million).
 */
export function add(a: number, b: number): number {
  return onGrid(onGrid(a) + onGrid(b));
}

function onGrid(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
