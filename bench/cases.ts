import type { BenchCase } from './messages.ts';

const SEED = 20_261_121;
const ONE_TARGET = { accounts: 1, regions: 1, snapshotsPerTarget: 100_000, seed: SEED };

export const RUNS_PER_CASE = 3;

export const CASES: readonly BenchCase[] = [
  {
    name: 'sweep-10x4x200',
    size: { accounts: 10, regions: 4, snapshotsPerTarget: 200, seed: SEED },
    maxPeakMemoryMiB: 400,
  },
  // Most of what is resident here is garbage that V8 hasn't had to collect yet.
  { name: 'target-100k', size: ONE_TARGET, maxPeakMemoryMiB: 700 },
  // As much as a function of 512 MiB can give: a sweep that needs more dies, and the bench with it.
  { name: 'target-100k-small-heap', size: ONE_TARGET, maxPeakMemoryMiB: 400, heapLimitMiB: 192 },
];
