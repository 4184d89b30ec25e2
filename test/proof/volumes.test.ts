import { chosen, chosenDimension, isSoak, TIMEOUT_MILLISECONDS } from './run/chosen.ts';
import { type DimensionName, trialsOf, WITH_VOLUMES } from './trial/dimensions.ts';
import { prove, proveTrial } from './run/prove.ts';
import { CASE_NAMES } from './volumes/cases.ts';
import { emptyTally } from './run/tally.ts';

const choice = chosen('test/proof/volumes.test.ts', 12);
const tally = emptyTally();
afterAll(() => {
  if (isSoak) console.log(JSON.stringify({ ...choice, ran: tally }, null, 2));
});

const ALL = Object.entries(WITH_VOLUMES) as [DimensionName, number][];
const named = chosenDimension();
const sum = ALL.reduce((so, [, many]) => so + many, 0);

it.each(ALL.filter(([name]) => named === undefined || name === named))(
  'with both kinds, whatever others do meanwhile: no volume goes that is needed or has no copy, and none with its last copy: %s',
  async (name, many) => {
    const trials = named === undefined ? Math.ceil((choice.trials * many) / sum) : choice.trials;
    const testFile = `${choice.testFile} -t ': ${name}$'`;
    const of = { ...choice, trials, testFile };
    await prove(trialsOf(name), async (trial) => proveTrial(trial, tally), of);
  },
  TIMEOUT_MILLISECONDS,
);

it('each law about both kinds has had its case', () => {
  // An empty run proves nothing.
  if (isSoak) return;
  const { copies, volumeDeletions, deletions, faults, acts, restores } = tally;
  const counts = { copies, volumeDeletions, deletions, faults, acts, restores };
  expect(Object.entries(counts).filter(([, count]) => count === 0)).toEqual([]);
  expect(CASE_NAMES.filter((name) => (tally.byCase[name] ?? 0) === 0)).toEqual([]);
});
