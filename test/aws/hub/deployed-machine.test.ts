import { SFNClient } from '@aws-sdk/client-sfn';
import { makeDeployedMachine } from '../../../aws/hub/deployed-machine.ts';
import { type FakeAnswer, fakeAws } from '../../support/aws/fake-aws.ts';

const ARN = 'arn:aws:states:eu-west-1:111122223333:stateMachine:orgsweep';
const STARTED = 1_795_000_000;

function aMachine(...answers: (object | FakeAnswer)[]) {
  const aws = fakeAws(() => {
    const answer = answers.shift() ?? {};
    return 'body' in answer ? (answer as FakeAnswer) : { body: JSON.stringify(answer) };
  });
  const sfn = new SFNClient({ ...aws.options, region: 'eu-west-1' });
  return { machine: makeDeployedMachine(sfn, ARN), sent: aws.sent };
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

it('lists the executions of one status to the end, through empty pages', async () => {
  const { machine, sent } = aMachine(
    { executions: [{ name: 'b', startDate: STARTED }], nextToken: 'one' },
    { executions: [], nextToken: 'two' },
    { executions: [{ name: 'a', startDate: STARTED }] },
  );
  const startedAt = new Date(STARTED * 1000);
  await expect(all(machine.list('RUNNING'))).resolves.toEqual([
    { name: 'b', startedAt },
    { name: 'a', startedAt },
  ]);
  expect(sent[0]?.json).toEqual({
    stateMachineArn: ARN,
    statusFilter: 'RUNNING',
    maxResults: 1000,
  });
});

it('takes no answer without its list for an empty one', async () => {
  const { machine } = aMachine({});
  await expect(all(machine.list('RUNNING'))).rejects.toThrow('came without its list');
});

it('starts an execution under its name', async () => {
  const { machine, sent } = aMachine({ executionArn: `${ARN}:x`, startDate: STARTED });
  await expect(machine.start('governance-2026-11-23', { mode: 'report' })).resolves.toBe('STARTED');
  expect(sent[0]?.json).toEqual({
    stateMachineArn: ARN,
    name: 'governance-2026-11-23',
    input: '{"mode":"report"}',
  });
});

it.each([
  ['a name that was used before', 'ExecutionAlreadyExists', 'EXISTS'],
  ['any other refusal', 'AccessDeniedException', undefined],
])('tells %s', async (_, code, outcome) => {
  const { machine } = aMachine({ status: 400, body: JSON.stringify({ __type: code }) });
  const started = machine.start('governance-2026-11-23', {});
  if (outcome === undefined)
    await expect(started).rejects.toThrow(expect.objectContaining({ name: code }));
  else await expect(started).resolves.toBe(outcome);
});
