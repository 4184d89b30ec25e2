import { TARGET_OPERATIONS } from './allowed-calls.ts';
import { boundsOf, sumOfCalls } from './bounds.ts';
import type { BenchCase, Calls, Run, TargetTruth } from './messages.ts';

/** A figure that differs from run to run. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** To two decimals. @throws RangeError when there is nothing to tell of */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.map((value) => Math.round(value * 100) / 100).toSorted((a, b) => a - b);
  const half = (sorted.length - 1) / 2;
  const [low, high] = [sorted[Math.floor(half)], sorted[Math.ceil(half)]];
  const [min, max] = [sorted[0], sorted.at(-1)];
  if (low === undefined || high === undefined || min === undefined || max === undefined) {
    throw new RangeError('no values to tell the median of');
  }
  return { median: (low + high) / 2, min, max };
}

/** What `npm run bench` prints of one case. Counts are those of the run with the most calls. */
export function reportOf(benchCase: BenchCase, runs: readonly Run[]) {
  const spread = (figure: (run: Run) => number) => spreadOf(runs.map(figure));
  const [busiest] = runs.toSorted(
    (a, b) => sumOfCalls(b.simulation.calls) - sumOfCalls(a.simulation.calls),
  );
  if (busiest === undefined) throw new RangeError(`${benchCase.name} has not been run`);
  const { calls, callsByTarget, throttled, truthByTarget } = busiest.simulation;
  const bounds = boundsOf(benchCase, runs);
  return {
    name: benchCase.name,
    ...benchCase.size,
    heapLimitMiB: benchCase.heapLimitMiB ?? null,
    runs: runs.length,
    wallSeconds: spread(({ sweep }) => sweep.wallSeconds),
    cpuSeconds: spread(({ sweep }) => sweep.cpuSeconds),
    startUpCpuSeconds: spread(({ sweep }) => sweep.startUpCpuSeconds),
    peakMemoryMiB: spread(({ sweep }) => sweep.peakMemoryMiB),
    simulationCpuSeconds: spread(({ simulation }) => simulation.cpuSeconds),
    calls: {
      total: sumOfCalls(calls),
      throttled: sumOfCalls(throttled),
      byOperation: calls,
      perTarget: callsPerTarget(
        Object.keys(truthByTarget).map((target) => callsByTarget[target] ?? {}),
      ),
    },
    transitions: busiest.sweep.transitions,
    largestStateBytes: Math.max(...runs.map(({ sweep }) => sweep.largestStateBytes)),
    holds: addUp(Object.values(truthByTarget)),
    snapshots: busiest.sweep.snapshots,
    stale: busiest.sweep.stale,
    bounds,
    ok: bounds.every(({ ok }) => ok),
  };
}

/** What there is in all targets together, lists of counts added up too. */
function addUp(truths: readonly TargetTruth[]): Record<string, number> {
  const totals: Record<string, number> = {};
  for (const [name, count] of truths.flatMap((truth) => Object.entries(truth))) {
    const counts = [count].flat() as (number | null)[];
    totals[name] = counts.reduce<number>((total, one) => total + (one ?? 0), totals[name] ?? 0);
  }
  return totals;
}

/** Calls for the target itself: others may be sent in its Region, for the account as a whole. */
function callsPerTarget(targets: readonly Calls[]): Spread {
  const isForTarget = (operation: string) => TARGET_OPERATIONS.some((name) => name === operation);
  return spreadOf(targets.map((calls) => sumOfCalls(calls, isForTarget)));
}
