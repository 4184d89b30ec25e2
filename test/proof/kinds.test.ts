import { chosen, isSoak, TIMEOUT_MILLISECONDS } from './run/chosen.ts';
import { emptyTally, proveLibraries } from './library/prove.ts';
import { libraryTrials } from './library/trial.ts';
import { prove } from './run/prove.ts';

const choice = chosen('test/proof/kinds.test.ts', 40);
const tally = emptyTally();
afterAll(() => {
  if (isSoak) console.log(JSON.stringify({ ...choice, ran: tally }, null, 2));
});

it(
  'whatever others do, dies or gets lost: a step is taken as it was planned and needed by nobody, told as it was, and brought back once',
  async () => {
    const isTold = choice.path !== undefined;
    await prove(libraryTrials, async (trial) => proveLibraries(trial, tally, isTold), choice);
    // An empty run proves nothing.
    const done = ['SetAsideBooks', 'CopyBooks', 'RemoveBooks', 'DeleteCatalogue'];
    expect(Object.keys(tally.done)).toEqual(expect.arrayContaining(done));
    expect(Object.keys(tally.done)).toEqual(
      expect.arrayContaining(['PutBackBook', 'DiscardCopy', 'MakeBookOfCopy', 'RestoreCatalogue']),
    );
    expect(tally.deaths).toBeGreaterThan(0);
  },
  TIMEOUT_MILLISECONDS,
);
