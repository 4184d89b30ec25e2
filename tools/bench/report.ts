import { TARGET_OPERATIONS } from './allowed-calls.ts';
import { boundsOf, cpuRatioOf, sumOfCalls } from './bounds.ts';
import type { BenchCase, Calls, Run, TargetTruth } from './messages.ts';
import { type Spread, spreadOf } from './spread.ts';

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
    smallestClientCpuSeconds: spread(({ smallest }) => smallest.cpuSeconds),
    cpuRatioToSmallestClient: spread(cpuRatioOf),
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
