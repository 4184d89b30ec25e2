import fc from 'fast-check';
import { anyCrashTrial, proveCrashTrial } from '../../test/proof/trial/crash-trial.ts';
import { proveTrial } from '../../test/proof/run/prove.ts';
import { emptyTally } from '../../test/proof/run/tally.ts';
import { anyTrial } from '../../test/proof/trial/trial.ts';
import type { Bound } from './bounds.ts';
import { cpuSeconds } from './processes/cpu-seconds.ts';

const SEED = 20_261_121;
const TRIALS = 120;
const CRASH_TRIALS = 20;
/** Fewer would prove little. */
const FEWEST = {
  executions: 300,
  faults: 250,
  acts: 120,
  crashes: 15,
  restores: 20,
  deletions: 500,
};

/**
 * Whole executions over random organizations, policies, faults, other users and crashes, as the
 * tests of `test/proof` run them: how many, and how many broke a law.
 */
export async function reportOfProof() {
  const tally = emptyTally();
  const started = { at: performance.now(), cpu: cpuSeconds() };
  const broken = [
    ...(await breaking(sample(anyTrial, TRIALS), async (trial) => proveTrial(trial, tally))),
    ...(await breaking(sample(anyCrashTrial, CRASH_TRIALS), async (trial) =>
      proveCrashTrial(trial, tally),
    )),
  ];
  const bounds: Bound[] = [
    { name: 'trials that broke a law', limit: 0, actual: broken.length, ok: broken.length === 0 },
    ...Object.entries(FEWEST).map(([name, limit]) => {
      const actual = tally[name as keyof typeof FEWEST];
      return { name: `${name}, at least`, limit, actual, ok: actual >= limit };
    }),
  ];
  return {
    name: 'proof',
    seed: SEED,
    wallSeconds: toHundredths((performance.now() - started.at) / 1000),
    cpuSeconds: toHundredths(cpuSeconds() - started.cpu),
    ...tally,
    broken: broken.slice(0, 3),
    bounds,
    ok: bounds.every(({ ok }) => ok),
  };
}

function sample<T>(trials: fc.Arbitrary<T>, numRuns: number): T[] {
  return fc.sample(trials, { seed: SEED, numRuns });
}

async function breaking<T>(
  trials: readonly T[],
  run: (trial: T) => Promise<void>,
): Promise<string[]> {
  const broken: string[] = [];
  for (const trial of trials) {
    await run(trial).catch((error: unknown) => {
      broken.push(`${(error as Error).message} ${JSON.stringify(trial)}`);
    });
  }
  return broken;
}

function toHundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
