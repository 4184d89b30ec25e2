import { boundsOf } from '../../bench/bounds.ts';
import type { BenchCase, Run, SweepFigures } from '../../bench/messages.ts';

const CASE: BenchCase = {
  name: 'two-targets',
  size: { accounts: 2, regions: 1, snapshotsPerTarget: 2001, seed: 1 },
  maxPeakMemoryMiB: 300,
};

/** Two targets: 2,001 and no snapshots, with just the calls that these take. */
function aRun({
  extra = {},
  moved = 0,
  sweep = {},
}: {
  /** Calls by `service:Operation` beyond those, all of them in the first target. */
  extra?: Record<string, number>;
  /** Calls of DescribeSnapshots sent in the second target instead of the first. */
  moved?: number;
  sweep?: Partial<SweepFigures>;
} = {}): Run {
  const first: Record<string, number> = {
    'ec2:DescribeSnapshots': 3 - moved,
    'ec2:DescribeVolumes': 2,
    'ec2:DescribeInstances': 1,
    'ec2:DescribeImages': 1,
  };
  const second = {
    'ec2:DescribeSnapshots': 1 + moved,
    'ec2:DescribeVolumes': 1,
    'ec2:DescribeInstances': 1,
    'ec2:DescribeImages': 1,
  };
  for (const [name, count] of Object.entries(extra)) first[name] = (first[name] ?? 0) + count;
  const calls: Record<string, number> = { ...first };
  for (const [name, count] of Object.entries(second)) calls[name] = (calls[name] ?? 0) + count;
  return {
    sweep: {
      wallSeconds: 1,
      cpuSeconds: 1,
      startUpCpuSeconds: 1,
      peakMemoryMiB: 200,
      transitions: 20,
      largestStateBytes: 1000,
      status: 'COMPLETE',
      snapshots: 2001,
      stale: 700,
      ...sweep,
    },
    simulation: {
      cpuSeconds: 1,
      calls,
      throttled: {},
      callsByTarget: { '111122223333/eu-west-1': first, '444455556666/eu-west-1': second },
      truthByTarget: {
        '111122223333/eu-west-1': {
          snapshots: 2001,
          stale: 700,
          volumes: 501,
          instances: 1000,
          images: 0,
        },
        '444455556666/eu-west-1': { snapshots: 0, stale: 0, volumes: 0, instances: 0, images: 0 },
      },
    },
  };
}

function brokenBy(...runs: Run[]): string[] {
  return boundsOf(CASE, runs)
    .filter(({ ok }) => !ok)
    .map(({ name, limit, actual }) => `${name}: ${actual} > ${limit}`);
}

it('allows one call a page of the largest size, and one where there is nothing', () => {
  expect(brokenBy(aRun())).toEqual([]);
  expect(boundsOf(CASE, [aRun()])).toContainEqual({
    name: 'ec2:DescribeSnapshots calls',
    limit: 4,
    actual: 4,
    ok: true,
  });
});

it.each([
  ['ec2:DescribeSnapshots', '5 > 4'],
  ['ec2:DescribeVolumes', '4 > 3'],
  ['ec2:DescribeInstances', '3 > 2'],
  ['ec2:DescribeImages', '3 > 2'],
])('is broken by one call of %s more than pages', (name, by) =>
  expect(brokenBy(aRun({ extra: { [name]: 1 } }))).toEqual([
    `${name} calls: ${by}`,
    'listing calls beyond one a page, in the worst target: 1 > 0',
  ]),
);

it('lets no target hide behind another that took fewer calls', () =>
  expect(brokenBy(aRun({ moved: 1 }))).toEqual([
    'listing calls beyond one a page, in the worst target: 1 > 0',
  ]));

it('allows no call per snapshot, whatever it is called', () =>
  expect(brokenBy(aRun({ extra: { 'ec2:DescribeSnapshotAttribute': 2001 } }))).toEqual([
    'calls of any other operation: 2001 > 0',
  ]));

it('allows one AssumeRole and one DescribeRegions an account, and one for the hub', () => {
  expect(brokenBy(aRun({ extra: { 'sts:AssumeRole': 2, 'ec2:DescribeRegions': 3 } }))).toEqual([]);
  expect(brokenBy(aRun({ extra: { 'sts:AssumeRole': 3, 'ec2:DescribeRegions': 4 } }))).toEqual([
    'ec2:DescribeRegions calls: 4 > 3',
    'sts:AssumeRole calls: 3 > 2',
  ]);
});

it('takes no figures of a sweep that got it wrong', () =>
  expect(brokenBy(aRun({ sweep: { status: 'PARTIAL', snapshots: 2000, stale: 702 } }))).toEqual([
    'executions that were not COMPLETE: 1 > 0',
    'snapshots too many or too few: 1 > 0',
    'stale snapshots too many or too few: 2 > 0',
  ]));

it('holds memory and state sizes in the worst of the runs', () => {
  const largest = aRun({ sweep: { peakMemoryMiB: 300.1, largestStateBytes: 262_145 } });
  expect(brokenBy(aRun(), largest, aRun())).toEqual([
    'largest state, bytes: 262145 > 262144',
    'peak memory, MiB: 301 > 300',
  ]);
});
