import { chosen, isSoak, TIMEOUT_MILLISECONDS } from './run/chosen.ts';
import { trialsOf } from './trial/dimensions.ts';
import { prove, proveTrial } from './run/prove.ts';
import { CASE_NAMES } from './volumes/cases.ts';
import { emptyTally } from './run/tally.ts';

const choice = chosen('test/proof/volumes.test.ts', 10);
const tally = emptyTally();
afterAll(() => {
  if (isSoak) console.log(JSON.stringify({ ...choice, ran: tally }, null, 2));
});

it(
  'with both kinds, whatever others do meanwhile: no volume goes that is needed or has no copy, and none with its last copy',
  async () => {
    await prove(trialsOf('volumes'), async (trial) => proveTrial(trial, tally), choice);
    // An empty run proves nothing.
    if (isSoak) return;
    const { copies, volumeDeletions, deletions, faults, acts, restores } = tally;
    const counts = { copies, volumeDeletions, deletions, faults, acts, restores };
    expect(Object.entries(counts).filter(([, count]) => count === 0)).toEqual([]);
    expect(CASE_NAMES.filter((name) => (tally.byCase[name] ?? 0) === 0)).toEqual([]);
  },
  TIMEOUT_MILLISECONDS,
);
