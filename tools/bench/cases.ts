import type { BenchCase } from './messages.ts';

const SEED = 20_261_121;
/**
 * 39,990 volumes, 22,661 instances, 1,980 AMIs and 299 launch templates beside 100,000 snapshots.
 * With the default weights there would be 20,200 volumes, 5,300 AMIs and 2,400 templates.
 */
const ONE_TARGET = {
  accounts: 1,
  regions: 1,
  snapshotsPerTarget: 100_000,
  seed: SEED,
  weights: {
    'volume-of-running-instance': 209,
    'volume-of-stopped-instance': 123,
    'volume-being-attached': 26,
    'volume-unattached': 278,
    'volume-missing': 11,
    image: 9,
    'disabled-image': 6,
    'two-images': 3,
    'young-image': 3,
    'in-use-with-image': 6,
    'backup-with-image-protected': 3,
  },
};

export const CASES: readonly BenchCase[] = [
  {
    name: 'sweep-10x4x200',
    size: { accounts: 10, regions: 4, snapshotsPerTarget: 200, seed: SEED },
    maxPeakMemoryMiB: 400,
    maxCpuRatio: 7,
    runs: 3,
  },
  // Many accounts with little in each: what a call costs, and a file.
  {
    name: 'sweep-100x4x50',
    size: { accounts: 100, regions: 4, snapshotsPerTarget: 50, seed: SEED },
    maxPeakMemoryMiB: 600,
    maxCpuRatio: 7.5,
    runs: 1,
  },
  // Most of what is resident here is garbage that V8 hasn't had to collect yet.
  { name: 'target-100k', size: ONE_TARGET, maxPeakMemoryMiB: 780, maxCpuRatio: 4.2, runs: 1 },
  // As much as a function of 512 MiB can give: a sweep that needs more dies, and the bench with it.
  {
    name: 'target-100k-small-heap',
    size: ONE_TARGET,
    maxPeakMemoryMiB: 360,
    maxCpuRatio: 4.5,
    heapLimitMiB: 192,
    runs: 3,
  },
];
