import fc from 'fast-check';
import type { Chapter } from './chapter.ts';
import { runStep, runTrial } from './history.ts';
import { breachesOf } from '../laws/laws.ts';
import { breachesInRestores, stepAfterwards } from '../laws/restore-laws.ts';
import type { Stage } from './stage.ts';
import { countReturned, countStage, type Tally } from './tally.ts';
import type { Trial } from '../trial/trial.ts';

/** @throws naming the first breaches, where there are any */
export function refuse(breaches: readonly string[]): void {
  if (breaches.length > 0) throw new Error(breaches.slice(0, MOST_NAMED).join('\n'));
}
const MOST_NAMED = 5;
const DAY_MS = 86_400_000;

/** Runs a trial to its end. @throws naming every law that an execution of it breaks */
export async function proveTrial(trial: Trial, tally: Tally): Promise<void> {
  const obey = async (stage: Stage, chapters: readonly Chapter[]) =>
    refuse(breachesOf(stage, chapters));
  await runTrial(trial, obey, async (stage, chapters) => {
    countStage(tally, stage, chapters);
    const last = chapters.at(-1);
    // What somebody changed in a ledger isn't brought back by it.
    if (!trial.restores || last === undefined || stage.forged.length > 0) return;
    stage.clock.advance(trial.restoresAfterDays * DAY_MS);
    stage.witness.learnAll();
    refuse(await breachesInRestores(stage, chapters));
    countReturned(tally, stage);
    const again = [...chapters, ...(await runStep(stage, stepAfterwards(last.step), chapters))];
    refuse(breachesOf(stage, again));
    tally.restores += 1;
    tally.executions += 1;
  });
}

export interface Choice {
  readonly testFile: string;
  readonly seed: number;
  readonly trials: number;
  /** Where a failure was found, as its message says: only that one is run again. */
  readonly path?: string | undefined;
}

/** Shrinking a failure may take this long. */
const SHRINK_MILLISECONDS = 60_000;

/**
 * Runs trials made from a seed, and makes one that fails as small as it can.
 *
 * @throws with what broke, the seed, and the trial
 */
export async function prove<T>(
  trials: fc.Arbitrary<T>,
  run: (trial: T) => Promise<void>,
  { testFile, seed, trials: numRuns, path }: Choice,
): Promise<void> {
  let failedAt: number | undefined;
  const property = fc.asyncProperty(trials, async (trial) => {
    const isLate = failedAt !== undefined && performance.now() - failedAt > SHRINK_MILLISECONDS;
    // Passing ends the shrinking: nothing smaller is looked for.
    if (isLate) return;
    try {
      await run(trial);
    } catch (error) {
      failedAt ??= performance.now();
      throw error;
    }
  });
  const theOne = path !== undefined && { path, endOnFailure: true };
  const found = await fc.check(property, { seed, numRuns, ...theOne });
  if (!found.failed) return;
  const again = `ORGSWEEP_SEED=${found.seed} ORGSWEEP_PATH=${found.counterexamplePath ?? ''} npm test -- ${testFile}`;
  const cause = found.errorInstance instanceof Error ? found.errorInstance.message : 'interrupted';
  throw new Error(
    [
      `trial ${found.numRuns} broke, made smaller ${found.numShrinks} times. Only this one again:`,
      again,
      cause,
      JSON.stringify(found.counterexample?.[0]),
    ].join('\n'),
    { cause: found.errorInstance },
  );
}
