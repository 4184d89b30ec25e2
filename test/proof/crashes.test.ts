import { chosen, isSoak, TIMEOUT_MILLISECONDS } from './run/chosen.ts';
import { anyCrashTrial, proveCrashTrial } from './trial/crash-trial.ts';
import { prove } from './run/prove.ts';
import { emptyTally } from './run/tally.ts';

const choice = chosen('test/proof/crashes.test.ts', 5);
const tally = emptyTally();
afterAll(() => {
  if (isSoak) console.log(JSON.stringify({ ...choice, ran: tally }, null, 2));
});

it(
  'wherever an execution dies, the next ones end where they would have ended without it',
  async () => prove(anyCrashTrial, async (trial) => proveCrashTrial(trial, tally), choice),
  TIMEOUT_MILLISECONDS,
);
