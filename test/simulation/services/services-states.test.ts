import { InvokeCommand } from '@aws-sdk/client-lambda';
import {
  DescribeExecutionCommand,
  DescribeMapRunCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListMapRunsCommand,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { SimEnding, SimExecution } from '../../../simulation/state-machine.ts';
import type { Served } from '../../support/organizations/served-organization.ts';
import { refusalOf, serve } from '../../support/organizations/served-organization.ts';
import { HUB } from '../../support/organizations/tiny-organization.ts';

const MACHINE = `arn:aws:states:eu-west-1:${HUB}:stateMachine:sweep`;

/** The executions that are waiting for the test to end them, by name. */
const running = new Map<string, { execution: SimExecution; end: (ending: SimEnding) => void }>();
let served: Served;
beforeAll(async () => {
  const machine = {
    name: 'sweep',
    region: 'eu-west-1',
    run: async (execution: SimExecution) =>
      new Promise<SimEnding>((end) => running.set(execution.name, { execution, end })),
  };
  const functions = {
    double: async (payload: unknown) => ({ doubled: (payload as { n: number }).n * 2 }),
    broken: async () => {
      throw new RangeError('too much');
    },
  };
  served = await serve({}, { stateMachines: [machine], functions });
});
afterAll(async () => served.close());

const start = async (name?: string, input = '{}') =>
  served.sfn().send(new StartExecutionCommand({ stateMachineArn: MACHINE, name, input }));
const describe_ = async (executionArn: string) =>
  served.sfn().send(new DescribeExecutionCommand({ executionArn }));
/** The machine's own promise has to be looked at first. */
const end = async (name: string, ending: SimEnding) => {
  running.get(name)?.end(ending);
  await new Promise((resolve) => setImmediate(resolve));
};

describe('StartExecution', () => {
  it('tells the same execution again while it runs with the same input', async () => {
    const { executionArn = '', startDate } = await start('twice', '{"a":1}');
    expect(executionArn).toBe(`arn:aws:states:eu-west-1:${HUB}:execution:sweep:twice`);
    expect(await start('twice', '{"a":1}')).toMatchObject({ executionArn, startDate });
    expect(await refusalOf(start('twice', '{"a":2}'))).toMatchObject({
      code: 'ExecutionAlreadyExists',
    });
    await end('twice', { status: 'SUCCEEDED', output: 1 });
    expect(await refusalOf(start('twice', '{"a":1}'))).toMatchObject({
      code: 'ExecutionAlreadyExists',
    });
  });

  it.each([
    ['a b', '{}', 'InvalidName'],
    ['a:b', '{}', 'InvalidName'],
    ['a\u0085', '{}', 'InvalidName'],
    ['x'.repeat(81), '{}', 'InvalidName'],
    ['json', '{', 'InvalidExecutionInput'],
    ['large', JSON.stringify('x'.repeat(262_144)), 'InvalidExecutionInput'],
  ])('refuses %p with input %.10s', async (name, input, code) => {
    expect(await refusalOf(start(name, input))).toMatchObject({ code });
  });

  it('gives a name where none is given', async () => {
    expect((await start()).executionArn).toMatch(/:sweep:[0-9a-f-]{36}$/);
  });

  it('is denied to a spoke', async () => {
    const spoke = await served.assume('orgsweep-discovery');
    const command = new StartExecutionCommand({ stateMachineArn: MACHINE, name: 'x' });
    expect(await refusalOf(served.sfn(spoke).send(command))).toMatchObject({
      code: 'AccessDeniedException',
    });
  });
});

describe('an execution that runs', () => {
  it('tells its states, its Map Runs with their counts, and how it ended', async () => {
    const { executionArn = '' } = await start('told', '{"mode":"report"}');
    const { execution } = running.get('told')!;
    expect(execution.input).toEqual({ mode: 'report' });
    execution.note({ type: 'StateEntered', stateType: 'Task', state: 'Prepare', input: { a: 1 } });
    execution.note({ type: 'StateEntered', stateType: 'Map', state: 'Scan', input: {} });
    execution.note({ type: 'MapStarted', map: 'Scan', items: 3 });
    execution.note({ type: 'ItemEnded', map: 'Scan', status: 'SUCCEEDED' });
    execution.note({ type: 'ItemEnded', map: 'Scan', status: 'FAILED' });

    const { mapRuns = [] } = await served.sfn().send(new ListMapRunsCommand({ executionArn }));
    const mapRunArn = mapRuns[0]?.mapRunArn ?? '';
    expect(mapRunArn).toMatch(/:mapRun:sweep\/Scan:told$/);
    const run = await served.sfn().send(new DescribeMapRunCommand({ mapRunArn }));
    expect(run).toMatchObject({
      status: 'RUNNING',
      itemCounts: { pending: 1, succeeded: 1, failed: 1, total: 3 },
    });
    const history = new GetExecutionHistoryCommand({
      executionArn,
      reverseOrder: true,
      maxResults: 2,
    });
    expect((await served.sfn().send(history)).events).toMatchObject([
      { type: 'MapRunStarted', mapRunStartedEventDetails: { mapRunArn } },
      { type: 'MapStateEntered', stateEnteredEventDetails: { name: 'Scan' } },
    ]);

    execution.note({ type: 'ItemEnded', map: 'Scan', status: 'SUCCEEDED' });
    await end('told', { status: 'FAILED', error: 'PartialCoverage', cause: 'words' });
    expect(await describe_(executionArn)).toMatchObject({
      status: 'FAILED',
      error: 'PartialCoverage',
      cause: 'words',
      input: '{"mode":"report"}',
      stopDate: expect.any(Date),
    });
    expect(await served.sfn().send(new DescribeMapRunCommand({ mapRunArn }))).toMatchObject({
      status: 'SUCCEEDED',
    });
  });

  it('is aborted at once by StopExecution, whatever it still says', async () => {
    const { executionArn = '' } = await start('stopped');
    const stop = new StopExecutionCommand({ executionArn, error: 'Operator', cause: 'enough' });
    await served.sfn().send(stop);
    expect(running.get('stopped')?.execution.signal.aborted).toBe(true);
    await end('stopped', { status: 'SUCCEEDED', output: 1 });
    expect(await describe_(executionArn)).toMatchObject({
      status: 'ABORTED',
      error: 'Operator',
      cause: 'enough',
    });
  });

  it('is listed, the newest first, by status', async () => {
    const list = async (statusFilter: 'ABORTED' | 'RUNNING') => {
      const command = new ListExecutionsCommand({ stateMachineArn: MACHINE, statusFilter });
      return ((await served.sfn().send(command)).executions ?? []).map(({ name }) => name);
    };
    await start('later');
    expect((await list('RUNNING'))[0]).toBe('later');
    expect(await list('ABORTED')).toEqual(['stopped']);
  });

  it('waits for a task token, once, and not after it was stopped', async () => {
    await start('waiting');
    const { execution } = running.get('waiting')!;
    const succeed = new SendTaskSuccessCommand({ taskToken: 't1', output: '{"yes":true}' });
    const waiting = execution.awaitToken('t1');
    await served.sfn().send(succeed);
    expect(await waiting).toEqual({ yes: true });
    expect(await refusalOf(served.sfn().send(succeed))).toMatchObject({ code: 'TaskTimedOut' });
    const refused = execution.awaitToken('t2').catch((error: unknown) => error);
    await served
      .sfn()
      .send(new SendTaskFailureCommand({ taskToken: 't2', error: 'Rejected', cause: 'no' }));
    expect(await refused).toMatchObject({ error: 'Rejected', cause: 'no' });
  });

  it.each([
    ['DescribeExecution', new DescribeExecutionCommand({ executionArn: `${MACHINE}:x` })],
    ['ListMapRuns', new ListMapRunsCommand({ executionArn: `${MACHINE}:x` })],
  ])('%s refuses one that is not there', async (_, command) => {
    expect(await refusalOf(served.sfn().send(command as DescribeExecutionCommand))).toMatchObject({
      code: 'ExecutionDoesNotExist',
      status: 400,
    });
  });
});

describe('Invoke', () => {
  const invoke = async (FunctionName: string, Payload = '{"n":2}') =>
    served.lambda().send(new InvokeCommand({ FunctionName, Payload: Buffer.from(Payload) }));

  it.each(['double', `arn:aws:lambda:eu-west-1:${HUB}:function:double`])(
    'calls %s',
    async (name) => {
      const { StatusCode, Payload, FunctionError } = await invoke(name);
      expect([StatusCode, FunctionError]).toEqual([200, undefined]);
      expect(JSON.parse(Buffer.from(Payload ?? []).toString())).toEqual({ doubled: 4 });
    },
  );

  it("gives a function's own error as an answer", async () => {
    const { FunctionError, Payload } = await invoke('broken');
    expect(FunctionError).toBe('Unhandled');
    expect(JSON.parse(Buffer.from(Payload ?? []).toString())).toMatchObject({
      errorType: 'RangeError',
      errorMessage: 'too much',
    });
  });

  it('refuses one that is not there', async () => {
    expect(await refusalOf(invoke('nothing'))).toMatchObject({
      code: 'ResourceNotFoundException',
      status: 404,
    });
  });
});
