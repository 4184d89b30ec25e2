import type { BenchCase } from '../../../tools/bench/messages.ts';
import { reportOf } from '../../../tools/bench/report.ts';
import { runOnce } from '../../../tools/bench/run-once.ts';
import { spreadOf } from '../../../tools/bench/spread.ts';

describe('spreadOf', () => {
  it.each([
    [[3, 1, 2], { median: 2, min: 1, max: 3 }],
    [[10, 9.004, 100], { median: 10, min: 9, max: 100 }],
    [[4, 1], { median: 2.5, min: 1, max: 4 }],
    [[7], { median: 7, min: 7, max: 7 }],
  ])('of %j is %j', (values, spread) => expect(spreadOf(values)).toEqual(spread));

  it('has nothing to say of nothing', () => expect(() => spreadOf([])).toThrow(RangeError));
});

describe('a tiny organization', () => {
  const tiny: BenchCase = {
    name: 'tiny',
    size: { accounts: 2, regions: 2, snapshotsPerTarget: 30, seed: 7 },
    maxPeakMemoryMiB: 1000,
    // Of what is so small, start-up is all there is to see.
    maxCpuRatio: 20,
    runs: 1,
  };

  it('is swept in processes of their own, and every call of it is counted', async () => {
    const run = await runOnce(tiny);
    const { bounds, calls, ...report } = reportOf(tiny, [run]);
    expect(bounds.filter(({ ok }) => !ok)).toEqual([]);
    expect(calls).toEqual({
      total: 93,
      throttled: 0,
      byOperation: {
        'autoscaling:DescribeLaunchConfigurations': 4,
        'ec2:DescribeFastSnapshotRestores': 4,
        'ec2:DescribeImages': 4,
        'ec2:DescribeInstances': 4,
        'ec2:DescribeLaunchTemplateVersions': 2,
        'ec2:DescribeLaunchTemplates': 4,
        'ec2:DescribeLockedSnapshots': 4,
        'ec2:DescribeRegions': 3,
        // All four, and again those that have archived ones.
        'ec2:DescribeSnapshotTierStatus': 4 + 2,
        // All snapshots, and those that are public.
        'ec2:DescribeSnapshots': 8,
        'ec2:DescribeVolumes': 4,
        // Before the AMIs and after them.
        'ec2:ListImagesInRecycleBin': 8,
        'ec2:ListVolumesInRecycleBin': 4,
        'ecs:ListClusters': 4,
        'ecs:ListServices': 12,
        'organizations:ListAccounts': 1,
        'rbin:GetRule': 4,
        'rbin:ListRules': 4,
        'ssm:GetParametersByPath': 1,
        'storagegateway:ListVolumes': 4,
        'sts:AssumeRole': 1,
        // Who calls, what the time is, and what it is when the plan is made.
        'sts:GetCallerIdentity': 3,
      },
      perTarget: { median: 21, min: 20, max: 22 },
    });
    expect(report).toMatchObject({ ok: true, snapshots: 120, runs: 1 });
    expect(report.holds).toMatchObject({ snapshots: 120, stale: report.stale, retentionRules: 4 });
    expect(run.sweep.cpuSeconds).toBeGreaterThan(run.sweep.startUpCpuSeconds);
    expect(run.sweep.startUpCpuSeconds).toBeGreaterThan(0);
    expect(run.sweep.peakMemoryMiB).toBeGreaterThan(50);
    expect(run.sweep.transitions).toBeGreaterThan(10);
    expect(run.simulation.cpuSeconds).toBeGreaterThan(0);
    expect(run.smallest).toMatchObject({ snapshots: 120 });
    expect(report.cpuRatioToSmallestClient.median).toBeGreaterThan(1);
  });
});
