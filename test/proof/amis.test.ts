import { AMI_CASES } from './amis/cases.ts';
import { chosen, chosenDimension, isSoak, TIMEOUT_MILLISECONDS } from './run/chosen.ts';
import { prove, proveTrial } from './run/prove.ts';
import { emptyTally } from './run/tally.ts';
import { type DimensionName, trialsOf, WITH_AMIS } from './trial/dimensions.ts';

const choice = chosen('test/proof/amis.test.ts', 10);
const tally = emptyTally();
afterAll(() => {
  if (isSoak) console.log(JSON.stringify({ ...choice, ran: tally }, null, 2));
});

const ALL = Object.entries(WITH_AMIS) as [DimensionName, number][];
const named = chosenDimension();
const sum = ALL.reduce((so, [, many]) => so + many, 0);

it.each(ALL.filter(([name]) => named === undefined || name === named))(
  'whatever others do with AMIs meanwhile: none is touched or called unused while it is needed, money is told once, and what one left goes only once it is gone: %s',
  async (name, many) => {
    const trials = named === undefined ? Math.ceil((choice.trials * many) / sum) : choice.trials;
    const testFile = `${choice.testFile} -t ': ${name}$'`;
    await prove(trialsOf(name), async (trial) => proveTrial(trial, tally), {
      ...{ ...choice, trials, testFile },
    });
  },
  TIMEOUT_MILLISECONDS,
);

it('each law about AMIs has had its case', () => {
  // An empty run proves nothing.
  if (isSoak) return;
  expect(AMI_CASES.filter((name) => (tally.byCase[name] ?? 0) === 0)).toEqual([]);
  expect(tally.acts).toBeGreaterThan(0);
});
