import { MAX_STATE_BYTES } from '../local/state-size.ts';
import type { BenchCase, Calls, Run, TargetTruth } from './messages.ts';

/** What a case must not exceed in any of its runs. */
export interface Bound {
  readonly name: string;
  readonly limit: number;
  /** Of the run that came closest, or went furthest beyond. */
  readonly actual: number;
  readonly ok: boolean;
}

/** The largest page that AWS gives of each listing, and what is on it. */
const LISTINGS = {
  'ec2:DescribeSnapshots': { pageSize: 1000, of: 'snapshots' },
  'ec2:DescribeVolumes': { pageSize: 500, of: 'volumes' },
  'ec2:DescribeInstances': { pageSize: 1000, of: 'instances' },
  'ec2:DescribeImages': { pageSize: 1000, of: 'images' },
} as const satisfies Record<string, { pageSize: number; of: keyof TargetTruth }>;
type Listing = keyof typeof LISTINGS;
const LISTING_NAMES = Object.keys(LISTINGS) as Listing[];

/** Once an account, or once an execution; no target and no snapshot costs one of these. */
const ONCE_AN_ACCOUNT = ['ec2:DescribeRegions', 'sts:AssumeRole'];
const RULES_OF_A_TARGET = ['rbin:ListRules', 'rbin:GetRule'] as const;
const ONCE_AN_EXECUTION = ['organizations:ListAccounts', 'sts:GetCallerIdentity'];

/** Everything that has to hold of a case, whatever the machine. */
export function boundsOf({ size, maxPeakMemoryMiB }: BenchCase, runs: readonly Run[]): Bound[] {
  const bound = (name: string, limit: (run: Run) => number, actual: (run: Run) => number) =>
    tightest(
      name,
      runs.map((run) => ({ limit: limit(run), actual: actual(run) })),
    );
  const atMost = (name: string, limit: number, actual: (run: Run) => number) =>
    bound(name, () => limit, actual);
  return [
    ...LISTING_NAMES.map((name) =>
      bound(
        `${name} calls`,
        ({ simulation }) => sum(Object.values(simulation.truthByTarget).map(pagesOf(name))),
        ({ simulation }) => simulation.calls[name] ?? 0,
      ),
    ),
    atMost('listing calls beyond one a page, in the worst target', 0, mostBeyondPages),
    // Prepare asks the hub's own account once more, for the names of all Regions.
    atMost('ec2:DescribeRegions calls', size.accounts + 1, callsOf('ec2:DescribeRegions')),
    atMost('sts:AssumeRole calls', size.accounts, callsOf('sts:AssumeRole')),
    // Of targets with something stale; each has one rule.
    ...RULES_OF_A_TARGET.map((name) =>
      atMost(`${name} calls`, size.accounts * size.regions, callsOf(name)),
    ),
    atMost('calls of any other operation', 0, otherCalls),
    atMost('executions that were not COMPLETE', 0, ({ sweep }) =>
      sweep.status === 'COMPLETE' ? 0 : 1,
    ),
    atMost('snapshots too many or too few', 0, differenceIn('snapshots')),
    atMost('stale snapshots too many or too few', 0, differenceIn('stale')),
    atMost('largest state, bytes', MAX_STATE_BYTES, ({ sweep }) => sweep.largestStateBytes),
    atMost('peak memory, MiB', maxPeakMemoryMiB, ({ sweep }) => Math.ceil(sweep.peakMemoryMiB)),
  ];
}

function tightest(name: string, measured: readonly { limit: number; actual: number }[]): Bound {
  const [worst = { limit: 0, actual: Number.NaN }] = measured.toSorted(
    (a, b) => a.limit - a.actual - (b.limit - b.actual),
  );
  return { name, ...worst, ok: worst.actual <= worst.limit };
}

/** An empty listing is one page, too. */
function pagesOf(listing: Listing): (truth: TargetTruth) => number {
  const { pageSize, of } = LISTINGS[listing];
  return (truth) => Math.max(1, Math.ceil(truth[of] / pageSize));
}

function mostBeyondPages({ simulation }: Run): number {
  const { callsByTarget, truthByTarget } = simulation;
  const beyond = Object.entries(truthByTarget).flatMap(([target, truth]) =>
    LISTING_NAMES.map((name) => (callsByTarget[target]?.[name] ?? 0) - pagesOf(name)(truth)),
  );
  return Math.max(0, ...beyond);
}

function callsOf(operation: string): (run: Run) => number {
  return ({ simulation }) => simulation.calls[operation] ?? 0;
}

function otherCalls({ simulation }: Run): number {
  const known: readonly string[] = [
    ...LISTING_NAMES,
    ...ONCE_AN_ACCOUNT,
    ...ONCE_AN_EXECUTION,
    ...RULES_OF_A_TARGET,
  ];
  return sumOfCalls(simulation.calls, (operation) => !known.includes(operation));
}

function differenceIn(count: 'snapshots' | 'stale'): (run: Run) => number {
  return ({ sweep, simulation }) => {
    const truth = sum(Object.values(simulation.truthByTarget).map((target) => target[count]));
    return Math.abs(truth - sweep[count]);
  };
}

/** How many calls of the operations that `matches` picks; of all, without it. */
export function sumOfCalls(calls: Calls, matches: (operation: string) => boolean = () => true) {
  return sum(Object.keys(calls).map((name) => (matches(name) ? (calls[name] ?? 0) : 0)));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
