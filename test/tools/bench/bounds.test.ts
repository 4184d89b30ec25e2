import { boundsOf } from '../../../tools/bench/bounds.ts';
import type { BenchCase, Run, SweepFigures, TargetTruth } from '../../../tools/bench/messages.ts';

const CASE: BenchCase = {
  name: 'two-targets',
  size: { accounts: 2, regions: 1, snapshotsPerTarget: 2001, seed: 1 },
  maxPeakMemoryMiB: 300,
  maxCpuRatio: 4,
  runs: 1,
};

const FIRST = '111122223333/eu-west-1';
const SECOND = '444455556666/eu-west-1';

const NOTHING: TargetTruth = {
  snapshots: 0,
  stale: 0,
  volumes: 0,
  instances: 0,
  images: 0,
  publicSnapshots: 0,
  archivedSnapshots: 0,
  lockedSnapshots: 0,
  fastRestores: 0,
  volumesInRecycleBin: 0,
  imagesInRecycleBin: 0,
  launchTemplates: 0,
  versionsOfTemplatesWithOthers: [],
  launchConfigurations: 0,
  servicesByCluster: [],
  gatewayVolumes: 0,
  retentionRules: 2,
};

/** One more than fits the last page but one, of each listing. */
const FULL: TargetTruth = {
  snapshots: 2001,
  stale: 700,
  volumes: 501,
  instances: 1000,
  images: 1001,
  publicSnapshots: 1001,
  archivedSnapshots: 401,
  lockedSnapshots: 1000,
  fastRestores: 201,
  volumesInRecycleBin: 500,
  imagesInRecycleBin: 2001,
  launchTemplates: 201,
  versionsOfTemplatesWithOthers: [3, 201],
  launchConfigurations: 101,
  servicesByCluster: [101, 0, 10],
  gatewayVolumes: 100,
  retentionRules: 2,
};

const CALLS_OF_FULL: Record<string, number> = {
  'ec2:DescribeSnapshots': 3 + 2,
  'ec2:DescribeSnapshotTierStatus': 1 + 3,
  'ec2:DescribeVolumes': 2,
  'ec2:DescribeInstances': 1,
  'ec2:DescribeImages': 2,
  'ec2:DescribeLockedSnapshots': 1,
  'ec2:DescribeFastSnapshotRestores': 2,
  'ec2:ListVolumesInRecycleBin': 1,
  'ec2:ListImagesInRecycleBin': 2 * 3,
  'ec2:DescribeLaunchTemplates': 2,
  // Two of each of 201 templates, then all of the two that have more.
  'ec2:DescribeLaunchTemplateVersions': 3 + 1 + 2,
  'autoscaling:DescribeLaunchConfigurations': 2,
  'ecs:ListClusters': 1,
  'ecs:ListServices': 2 + 1 + 1,
  'ecs:DescribeServices': 11 + 0 + 1,
  'storagegateway:ListVolumes': 1,
  'rbin:ListRules': 1,
  'rbin:GetRule': 2,
};

/** Two targets, a full one and one without a snapshot, with just the calls that these take. */
function aRun({
  extra = {},
  moved = 0,
  truth = FULL,
  sweep = {},
}: {
  /** Calls by `service:Operation` beyond those, all of them in the first target. */
  extra?: Record<string, number>;
  /** Calls of DescribeSnapshots sent in the second target instead of the first. */
  moved?: number;
  /** Of the first target. */
  truth?: TargetTruth;
  sweep?: Partial<SweepFigures>;
} = {}): Run {
  const first = { ...CALLS_OF_FULL };
  for (const [name, count] of Object.entries(extra)) first[name] = (first[name] ?? 0) + count;
  const calls = { ...first, 'ec2:DescribeSnapshots': (first['ec2:DescribeSnapshots'] ?? 0) + 1 };
  first['ec2:DescribeSnapshots'] = (first['ec2:DescribeSnapshots'] ?? 0) - moved;
  const second = { 'ec2:DescribeSnapshots': 1 + moved };
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
    smallest: {
      cpuSeconds: 0.25,
      peakMemoryMiB: 100,
      snapshots: truth.snapshots,
      unused: 900,
    },
    simulation: {
      cpuSeconds: 1,
      calls,
      throttled: {},
      callsByTarget: { [FIRST]: first, [SECOND]: second },
      truthByTarget: { [FIRST]: truth, [SECOND]: NOTHING },
      storageGatewayRegions: 17,
    },
  };
}

function brokenBy(...runs: Run[]): string[] {
  return boundsOf(CASE, runs)
    .filter(({ ok }) => !ok)
    .map(({ name, limit, actual }) => `${name}: ${actual} > ${limit}`);
}

const BEYOND = 'calls beyond what a target holds pages of, in the worst one';

it('allows one call a page of the largest size, and no listing at all for no snapshot', () => {
  expect(brokenBy(aRun())).toEqual([]);
  expect(boundsOf(CASE, [aRun()])).toContainEqual({
    name: 'ec2:DescribeSnapshots calls',
    limit: 6,
    actual: 6,
    ok: true,
  });
});

it.each(Object.entries(CALLS_OF_FULL))('is broken by one call of %s more', (name, count) => {
  const limit = name === 'ec2:DescribeSnapshots' ? count + 1 : count;
  expect(brokenBy(aRun({ extra: { [name]: 1 } }))).toEqual([
    `${name} calls: ${limit + 1} > ${limit}`,
    `${BEYOND}: 1 > 0`,
  ]);
});

it('allows one call for a listing with nothing in it', () => {
  const truth = { ...NOTHING, snapshots: 1, servicesByCluster: [0] };
  const calls = boundsOf(CASE, [aRun({ truth })]).map(({ name, limit }) => [name, limit]);
  expect(Object.fromEntries(calls)).toMatchObject({
    // Twice in the first target, and once in the second, which has no snapshots.
    'ec2:DescribeSnapshots calls': 3,
    'ec2:DescribeVolumes calls': 1,
    'ec2:DescribeLaunchTemplates calls': 1,
    'ec2:DescribeLaunchTemplateVersions calls': 0,
    'ecs:ListServices calls': 1,
    'ecs:DescribeServices calls': 0,
    'storagegateway:ListVolumes calls': 1,
    'rbin:ListRules calls': 0,
    'rbin:GetRule calls': 0,
  });
});

it('allows no call to a service that the Region does not have', () =>
  expect(brokenBy(aRun({ truth: { ...FULL, gatewayVolumes: null } }))).toEqual([
    'storagegateway:ListVolumes calls: 1 > 0',
    `${BEYOND}: 1 > 0`,
  ]));

it('allows one page per ten Regions of the list of those with Storage Gateway', () => {
  const operation = 'ssm:GetParametersByPath';
  expect(brokenBy(aRun({ extra: { [operation]: 2 } }))).toEqual([]);
  expect(brokenBy(aRun({ extra: { [operation]: 3 } }))).toEqual([`${operation} calls: 3 > 2`]);
});

it('lets no target hide behind another that took fewer calls', () =>
  expect(brokenBy(aRun({ moved: 1 }))).toEqual([`${BEYOND}: 1 > 0`]));

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

it("holds the CPU to the smallest client's, in the median of the runs", () => {
  const broken = aRun({ sweep: { cpuSeconds: 1.01 } });
  expect(brokenBy(aRun(), aRun(), broken)).toEqual([]);
  expect(brokenBy(aRun(), broken, broken)).toEqual([
    'CPU, in that of the smallest client, median: 4.04 > 4',
  ]);
});

it("takes no ratio to a client that didn't see all snapshots", () => {
  const run = aRun();
  expect(brokenBy({ ...run, smallest: { ...run.smallest, snapshots: 2000 } })).toEqual([
    'snapshots that the smallest client missed: 1 > 0',
  ]);
});
