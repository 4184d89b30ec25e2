import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { atMost, type Bound } from './bounds.ts';
import { compileClient } from './compile-client.ts';

/** So many resources of a made-up kind, with a heap in which they don't fit all at once. */
export interface ManyCase {
  readonly name: string;
  readonly accounts: number;
  readonly regions: number;
  /** In each target. */
  readonly resources: number;
  readonly stalePercent: number;
  /** The old generation of V8, in each step's process. A step that needs more dies, and the bench with it. */
  readonly heapLimitMiB: number;
  readonly maxPeakMemoryMiB: number;
}

const STEPS = ['Prepare', 'Discover', 'Plan', 'Summarize'] as const;
export type ManyStep = (typeof STEPS)[number];

export interface StepFigures {
  /** How it ended, in a word of its own. */
  readonly ended: string;
  readonly peakMemoryMiB: number;
}

export const MANY_CASES: readonly ManyCase[] = [
  {
    ...{ name: 'many-in-one-target', accounts: 1, regions: 1, resources: 500_000 },
    ...{ stalePercent: 39, heapLimitMiB: 400, maxPeakMemoryMiB: 640 },
  },
  // Plan alone died of this heap when it kept what it had seen until the plan was written.
  {
    ...{ name: 'many-targets', accounts: 400, regions: 4, resources: 300 },
    ...{ stalePercent: 39, heapLimitMiB: 160, maxPeakMemoryMiB: 360 },
  },
];

/** A report over all of them, each step in a process of its own, as the functions are. */
export async function reportOfMany(manyCase: ManyCase) {
  const { accounts, regions, resources, stalePercent, maxPeakMemoryMiB } = manyCase;
  const folder = mkdtempSync(path.join(tmpdir(), 'orgsweep-bench-'));
  const steps: Partial<Record<ManyStep, StepFigures>> = {};
  try {
    const file = compileClient('one-step', folder);
    for (const step of STEPS)
      steps[step] = await figuresOf(file, [path.join(folder, 'out'), step], manyCase);
  } finally {
    rmSync(folder, { recursive: true });
  }
  const held = (accounts * regions * resources * stalePercent) / 100;
  const bounds: Bound[] = [
    ...Object.entries(steps).map(([step, { peakMemoryMiB }]) =>
      atMost(`${step}: peak memory, MiB`, maxPeakMemoryMiB, Math.ceil(peakMemoryMiB)),
    ),
    atMost(
      'steps that ended otherwise',
      0,
      [
        steps.Discover?.ended === 'COMPLETE',
        steps.Plan?.ended === `${held} held`,
        steps.Summarize?.ended === 'COMPLETE',
      ].filter((isSo) => !isSo).length,
    ),
  ];
  return { ...manyCase, steps, bounds, ok: bounds.every(({ ok }) => ok) };
}

async function figuresOf(
  file: string,
  argv: readonly string[],
  manyCase: ManyCase,
): Promise<StepFigures> {
  const child = fork(file, [...argv, JSON.stringify(manyCase)], {
    execArgv: [`--max-old-space-size=${manyCase.heapLimitMiB}`],
    stdio: ['ignore', process.stderr, process.stderr, 'ipc'],
  });
  const died = once(child, 'exit').then(([code, signal]) => {
    throw new Error(`${argv.join(' ')} ended with ${String(code ?? signal)}`);
  });
  const [message] = (await Promise.race([once(child, 'message'), died])) as [StepFigures];
  return message;
}
