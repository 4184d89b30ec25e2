import { chosen, isSoak, TIMEOUT_MILLISECONDS } from './chosen.ts';
import { emptyTally, prove, proveTrial } from './prove.ts';
import { anyTrial } from './trial.ts';

const choice = chosen('test/proof/trials.test.ts', 30);
const tally = emptyTally();
afterAll(() => {
  if (isSoak) console.log(JSON.stringify({ ...choice, ran: tally }, null, 2));
});

it(
  'whatever the organization, the policy, the faults and the other users: nothing needed is deleted, nothing unplanned, and everything is told',
  async () => prove(anyTrial, async (trial) => proveTrial(trial, tally), choice),
  TIMEOUT_MILLISECONDS,
);
