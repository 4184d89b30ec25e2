import { type DimensionName, DIMENSIONS } from '../trial/dimensions.ts';
import type { Choice } from './prove.ts';

const { ORGSWEEP_SEED, ORGSWEEP_TRIALS, ORGSWEEP_PATH, ORGSWEEP_DIMENSION } = process.env;
const EVERYDAY_SEED = 20_261_121;

/** Whether other trials than those of every day were asked for; then what ran is told. */
export const isSoak = ORGSWEEP_SEED !== undefined || ORGSWEEP_TRIALS !== undefined;

/** A soak may take hours. */
export const TIMEOUT_MILLISECONDS = 24 * 3_600_000;

/**
 * Which trials a test file runs: `ORGSWEEP_SEED` and `ORGSWEEP_TRIALS` choose others than those of
 * every day, `ORGSWEEP_PATH` only the one that a failure names.
 */
export function chosen(testFile: string, everydayTrials: number): Choice {
  return {
    testFile,
    seed: Number(ORGSWEEP_SEED ?? EVERYDAY_SEED),
    trials: Number(ORGSWEEP_TRIALS ?? everydayTrials),
    path: ORGSWEEP_PATH,
  };
}

/** Trials of only one dimension, where `ORGSWEEP_DIMENSION` names it. */
export function chosenDimension(): DimensionName | undefined {
  if (ORGSWEEP_DIMENSION === undefined) return undefined;
  if (Object.hasOwn(DIMENSIONS, ORGSWEEP_DIMENSION)) return ORGSWEEP_DIMENSION as DimensionName;
  const accepted = Object.keys(DIMENSIONS).join(', ');
  throw new Error(`ORGSWEEP_DIMENSION: "${ORGSWEEP_DIMENSION}" – accepted: ${accepted}`);
}
