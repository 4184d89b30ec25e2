import { MAX_STATE_BYTES } from '../../local/engine/state-size.ts';
import { allowedCalls, pages, TARGET_OPERATIONS } from './allowed-calls.ts';
import type { BenchCase, Calls, Run } from './messages.ts';
import { spreadOf } from './spread.ts';

/** What a case must not exceed in any of its runs. */
export interface Bound {
  readonly name: string;
  readonly limit: number;
  /** Of the run that came closest, or went furthest beyond. */
  readonly actual: number;
  readonly ok: boolean;
}

/** Of a figure that was taken once. */
export function atMost(name: string, limit: number, actual: number): Bound {
  return { name, limit, actual, ok: actual <= limit };
}

/** No target and no snapshot costs one of these: once an account, or once an execution. */
const OUTSIDE_TARGETS = [
  'ec2:DescribeRegions',
  'organizations:ListAccounts',
  'ssm:GetParametersByPath',
  'sts:AssumeRole',
  'sts:GetCallerIdentity',
];

/** Everything that has to hold of a case, whatever the machine. */
export function boundsOf(
  { size, maxPeakMemoryMiB, maxCpuRatio }: BenchCase,
  runs: readonly Run[],
): Bound[] {
  const bound = (name: string, limit: (run: Run) => number, actual: (run: Run) => number) =>
    tightest(
      name,
      runs.map((run) => ({ limit: limit(run), actual: actual(run) })),
    );
  const neverAbove = (name: string, limit: number, actual: (run: Run) => number) =>
    bound(name, () => limit, actual);
  return [
    ...TARGET_OPERATIONS.map((name) =>
      bound(
        `${name} calls`,
        ({ simulation }) =>
          sum(Object.values(simulation.truthByTarget).map((truth) => allowedCalls(name, truth))),
        callsOf(name),
      ),
    ),
    neverAbove('calls beyond what a target holds pages of, in the worst one', 0, mostBeyondAllowed),
    // Prepare asks the hub's own account once more, for the names of all Regions.
    neverAbove('ec2:DescribeRegions calls', size.accounts + 1, callsOf('ec2:DescribeRegions')),
    neverAbove('sts:AssumeRole calls', size.accounts, callsOf('sts:AssumeRole')),
    // AWS's list of the Regions that have Storage Gateway.
    bound(
      'ssm:GetParametersByPath calls',
      ({ simulation }) => pages(simulation.storageGatewayRegions, 10),
      callsOf('ssm:GetParametersByPath'),
    ),
    neverAbove('calls of any other operation', 0, otherCalls),
    neverAbove('executions that were not COMPLETE', 0, ({ sweep }) =>
      sweep.status === 'COMPLETE' ? 0 : 1,
    ),
    neverAbove('snapshots too many or too few', 0, differenceIn('snapshots')),
    // Else the ratio to it would say nothing.
    neverAbove('snapshots that the smallest client missed', 0, ({ simulation, smallest }) =>
      Math.abs(heldOf(simulation, 'snapshots') - smallest.snapshots),
    ),
    atMost(
      'CPU, in that of the smallest client, median',
      maxCpuRatio,
      spreadOf(runs.map(cpuRatioOf)).median,
    ),
    neverAbove('stale snapshots too many or too few', 0, differenceIn('stale')),
    neverAbove('largest state, bytes', MAX_STATE_BYTES, ({ sweep }) => sweep.largestStateBytes),
    neverAbove('peak memory, MiB', maxPeakMemoryMiB, ({ sweep }) => Math.ceil(sweep.peakMemoryMiB)),
  ];
}

/** Both on the same machine in the same minute: how fast it is, and how busy, hardly shows in it. */
export function cpuRatioOf({ sweep, smallest }: Run): number {
  return sweep.cpuSeconds / smallest.cpuSeconds;
}

function tightest(name: string, measured: readonly { limit: number; actual: number }[]): Bound {
  const [worst = { limit: 0, actual: Number.NaN }] = measured.toSorted(
    (a, b) => a.limit - a.actual - (b.limit - b.actual),
  );
  return { name, ...worst, ok: worst.actual <= worst.limit };
}

function mostBeyondAllowed({ simulation }: Run): number {
  const { callsByTarget, truthByTarget } = simulation;
  const beyond = Object.entries(truthByTarget).flatMap(([target, truth]) =>
    TARGET_OPERATIONS.map(
      (name) => (callsByTarget[target]?.[name] ?? 0) - allowedCalls(name, truth),
    ),
  );
  return Math.max(0, ...beyond);
}

function callsOf(operation: string): (run: Run) => number {
  return ({ simulation }) => simulation.calls[operation] ?? 0;
}

function otherCalls({ simulation }: Run): number {
  const known: readonly string[] = [...TARGET_OPERATIONS, ...OUTSIDE_TARGETS];
  return sumOfCalls(simulation.calls, (operation) => !known.includes(operation));
}

function differenceIn(count: 'snapshots' | 'stale'): (run: Run) => number {
  return ({ sweep, simulation }) => Math.abs(heldOf(simulation, count) - sweep[count]);
}

function heldOf({ truthByTarget }: Run['simulation'], count: 'snapshots' | 'stale'): number {
  return sum(Object.values(truthByTarget).map((target) => target[count]));
}

/** How many calls of the operations that `matches` picks; of all, without it. */
export function sumOfCalls(calls: Calls, matches: (operation: string) => boolean = () => true) {
  return sum(Object.keys(calls).map((name) => (matches(name) ? (calls[name] ?? 0) : 0)));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
