import { setTimeout as sleep } from 'node:timers/promises';
import { makeFunctionFaults } from '../../../local/engine/function-faults.ts';
import type { SimFunctionFault } from '../../../simulation/model/function-fault.ts';
import { FUNCTIONS } from '../../../simulation/model/function-fault.ts';
import { parseScenarioFile } from '../../../simulation/scenarios/scenario-file.ts';
import { contracts, type FunctionName } from '../../../statemachine/contracts.ts';

const FILE = { accounts: 2, regions: ['eu-west-1'], snapshotsPerTarget: 1 };
const parse = (functionFaults: unknown) =>
  parseScenarioFile(JSON.stringify({ ...FILE, functionFaults }));

/** How each of so many calls of Plan, or of another function, ends. */
async function called(faults: SimFunctionFault[], times: number, name = 'PlanFunctionArn') {
  const wrap = makeFunctionFaults(faults, (seconds) => seconds);
  const call = wrap(name as FunctionName, async () => 'done');
  const ends: string[] = [];
  for (let n = 0; n < times; n += 1) {
    await call({}).then(
      () => ends.push('done'),
      (error: Error) => ends.push(error.name),
    );
  }
  return { ends, call };
}

it('makes a function fail at the calls that are named, over all executions', async () => {
  const faults = parse([{ function: 'Plan', answer: 'fail', calls: { from: 1, to: 2 } }]);
  const { ends } = await called([...(faults.functionFaults ?? [])], 3);
  expect(ends).toEqual(['Error', 'Error', 'done']);
});

it('throttles a function for a while, from its first call on, under the name of Lambda', async () => {
  const { ends, call } = await called(
    [{ function: 'Plan', answer: 'throttle', forSeconds: 60 }],
    2,
  );
  expect(new Set(ends)).toEqual(new Set(['Lambda.TooManyRequestsException']));
  await sleep(80);
  expect(await call({})).toBe('done');
});

it('lets a process die, always, and touches no other function', async () => {
  const die: SimFunctionFault = { function: 'Plan', answer: 'die' };
  expect((await called([die], 2)).ends).toEqual(['Lambda.Unknown', 'Lambda.Unknown']);
  expect((await called([die], 1, 'PrepareFunctionArn')).ends).toEqual(['done']);
});

it('knows all functions that the state machine calls', () => {
  expect(FUNCTIONS.map((name) => `${name}FunctionArn`).toSorted()).toEqual(
    Object.keys(contracts).toSorted(),
  );
});

it.each([
  [{ function: 'Scan', answer: 'fail' }, 'functionFaults.0.function: "Scan"'],
  [{ function: 'Plan', answer: 'no' }, 'functionFaults.0.answer: "no"'],
  [
    { function: 'Plan', answer: 'fail', forSeconds: 1, calls: { from: 1, to: 1 } },
    'accepted: at most one of calls and forSeconds',
  ],
])('refuses %j in words', (fault, message) => {
  expect(() => parse([fault])).toThrow(message);
});
