import { chosen, chosenDimension, isSoak, TIMEOUT_MILLISECONDS } from './run/chosen.ts';
import { trialsOf } from './trial/dimensions.ts';
import { prove, proveTrial } from './run/prove.ts';
import { emptyTally } from './run/tally.ts';

const choice = chosen('test/proof/trials.test.ts', 30);
const tally = emptyTally();
afterAll(() => {
  if (isSoak) console.log(JSON.stringify({ ...choice, ran: tally }, null, 2));
});

it(
  'whatever the organization, the policy, the faults and the other users: nothing needed is deleted, nothing unplanned, and everything is told',
  async () => {
    await prove(trialsOf(chosenDimension()), async (trial) => proveTrial(trial, tally), choice);
    // An empty run proves nothing.
    if (isSoak) return;
    const { deletions, faults, acts, forgeries, pairs, wrongClocks, approvals } = tally;
    const counts = { deletions, faults, acts, forgeries, pairs, wrongClocks, approvals };
    expect(Object.entries(counts).filter(([, count]) => count === 0)).toEqual([]);
  },
  TIMEOUT_MILLISECONDS,
);
