import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { describeExecution, executionArn } from '../../../aws/hub/executions.ts';
import { FUNCTIONS } from '../../../simulation/model/function-fault.ts';
import { type ServedHub, serveHub } from '../../support/hub/simulated-hub.ts';
import { steadyScenario } from '../../support/organizations/steady-scenario.ts';

/** What no message to people has: a stack, what a runtime says as JSON. Inputs to paste are JSON. */
const FOR_MACHINES =
  /\n\s*at |errorType|errorMessage|"(trace|Error|Cause|code|path)"|file:\/\/|\.mjs:/;
const SCENARIO = steadyScenario({ accounts: 1, regions: 1, snapshotsPerTarget: 10, seed: 5 });

let hub: ServedHub;
afterEach(async () => hub.close());

const messages = () =>
  hub.simulation.publishedMessages.map(({ subject, message }) => `${subject}\n${message}`);

/** As the AWS CLI starts it, which takes whatever name Step Functions takes. */
async function startNamed(name: string) {
  const { endpoint, credentials } = hub.simulation;
  const sfn = new SFNClient({ endpoint, credentials, region: 'us-east-1' });
  const { stateMachineArn } = hub.hub;
  await sfn.send(new StartExecutionCommand({ stateMachineArn, name, input: '{}' }));
  for (;;) {
    const state = await describeExecution(sfn, executionArn(stateMachineArn, name));
    if (state !== undefined && state.status !== 'RUNNING') return state;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

it.each(['run(1)', 'wöche-48', 'a.b', '..', "it's", 'a=b@c+d!', 'ночь', '运行'])(
  'refuses the execution name %s in words, and nothing is begun',
  async (name) => {
    hub = await serveHub(SCENARIO);
    const ended = await startNamed(name);
    expect(ended).toMatchObject({ status: 'FAILED', error: 'ExecutionFailed' });
    expect(ended.cause).toBe('A step failed. The message says which.');
    expect(messages()).toEqual([
      expect.stringMatching(/^FAILED orgsweep: the input was refused, InvalidInput\nFAILED /),
    ]);
    const [told = ''] = messages();
    expect(told).toContain('nothing was scanned, nothing was deleted');
    const words = told.replace(/\s+/g, ' ');
    expect(words).toContain(`execution name: ${JSON.stringify(name)} – accepted: 1 to 80 letters`);
    expect(told).not.toMatch(FOR_MACHINES);
    expect(told).not.toContain('ledger');
    const { 's3:PutObject': puts = 0 } = hub.simulation.calls.total;
    expect(puts).toBe(0);
  },
);

describe.each(['fail', 'die'] as const)('a function that %ss', (answer) => {
  it.each(FUNCTIONS)(
    'is told without a stack or JSON: %s',
    async (name) => {
      const functionFaults = [{ function: name, answer }];
      hub = await serveHub({ ...SCENARIO, functionFaults });
      const input = {
        policy: { graceDays: 0 },
        ...(name === 'RequestApproval' && { approval: 'required' }),
      };
      const argv = ['start', '--name', 'run', '--mode', 'delete', '--watch'];
      const { stdout, stderr, exitCode } = await hub.cli(...argv, '--input', JSON.stringify(input));
      expect(messages()).toHaveLength(1);
      for (const told of [...messages(), stdout, stderr]) expect(told).not.toMatch(FOR_MACHINES);
      if (name !== 'RecordFailedTarget') expect(exitCode).not.toBe(0);
    },
    60_000,
  );
});

it('says of a run without a summary where its record is, and claims no more', async () => {
  hub = await serveHub({
    ...SCENARIO,
    functionFaults: [{ function: 'Summarize', answer: 'fail' }],
  });
  await hub.cli('start', '--name', 'run', '--watch');
  const [told = ''] = messages();
  expect(told).toContain('The summary of run run could not be made: ');
  expect(told).toContain('If the run deleted anything');
  expect(told).toContain('below its executions/');
});
