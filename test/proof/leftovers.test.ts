import { chosen, chosenDimension, isSoak, TIMEOUT_MILLISECONDS } from './run/chosen.ts';
import { trialsOf } from './trial/dimensions.ts';
import { prove, proveTrial } from './run/prove.ts';
import { LEFTOVER_CASES } from './leftovers/cases.ts';
import { emptyTally } from './run/tally.ts';

const choice = chosen('test/proof/leftovers.test.ts', 5);
const tally = emptyTally();
afterAll(() => {
  if (isSoak) console.log(JSON.stringify({ ...choice, ran: tally }, null, 2));
});

it(
  'what AMIs left behind goes only where its AMI is nowhere, whatever others do with AMIs meanwhile',
  async () => {
    const trials = trialsOf(chosenDimension() ?? 'leftovers');
    await prove(trials, async (trial) => proveTrial(trial, tally), choice);
    // An empty run proves nothing.
    if (isSoak) return;
    expect(LEFTOVER_CASES.filter((name) => (tally.byCase[name] ?? 0) === 0)).toEqual([]);
    expect(tally.acts).toBeGreaterThan(0);
  },
  TIMEOUT_MILLISECONDS,
);
