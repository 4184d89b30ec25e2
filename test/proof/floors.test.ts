import { chosen, isSoak, TIMEOUT_MILLISECONDS } from './run/chosen.ts';
import { trialsOf } from './trial/dimensions.ts';
import { prove, proveTrial } from './run/prove.ts';
import { emptyTally } from './run/tally.ts';

const choice = chosen('test/proof/floors.test.ts', 100);
const tally = emptyTally();
afterAll(() => {
  if (isSoak) console.log(JSON.stringify({ ...choice, ran: tally }, null, 2));
});

it(
  'no input, override, named plan or rewritten file gets a removal below a floor, nor one that nobody approved, whenever the floors are raised',
  async () => {
    await prove(trialsOf('floors'), async (trial) => proveTrial(trial, tally), choice);
    // An empty run proves nothing.
    if (isSoak) return;
    const { forgeries, raisedFloors, deletionsBeside: deletions } = tally;
    const counts = { forgeries, raisedFloors, ...deletions, pair: 1, 'wrong clock': 1 };
    expect(Object.entries(counts).filter(([, count]) => count === 0)).toEqual([]);
  },
  TIMEOUT_MILLISECONDS,
);
