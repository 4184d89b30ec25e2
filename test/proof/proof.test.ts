import { anyCrashTrial, proveCrashTrial } from './crash-trial.ts';
import { type Choice, emptyTally, prove, proveTrial } from './prove.ts';
import { anyTrial } from './trial.ts';

/**
 * `ORGSWEEP_SEED=… ORGSWEEP_TRIALS=…` run others than those of every day; `ORGSWEEP_PATH` only the
 * one that a failure names.
 */
const { ORGSWEEP_SEED, ORGSWEEP_TRIALS, ORGSWEEP_PATH } = process.env;
const choice = (trials: number): Choice => ({
  seed: Number(ORGSWEEP_SEED ?? 20_261_121),
  trials: Number(ORGSWEEP_TRIALS ?? trials),
  path: ORGSWEEP_PATH,
});
const TIMEOUT_MILLISECONDS = 3_600_000;

const tally = emptyTally();
afterAll(() => {
  if (ORGSWEEP_SEED !== undefined) console.log(JSON.stringify({ ...choice(0), ...tally }, null, 2));
});

describe('whatever the organization, the policy, the faults and the other users', () => {
  it(
    'nothing needed is deleted, nothing unplanned, and everything is told',
    async () => prove(anyTrial, async (trial) => proveTrial(trial, tally), choice(40)),
    TIMEOUT_MILLISECONDS,
  );
});

describe('wherever an execution dies', () => {
  it(
    'the next ones end where they would have ended without it',
    async () => prove(anyCrashTrial, async (trial) => proveCrashTrial(trial, tally), choice(8)),
    TIMEOUT_MILLISECONDS,
  );
});
