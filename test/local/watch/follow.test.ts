import type { SFNClient } from '@aws-sdk/client-sfn';
import type { Store } from '../../../store/store.ts';
import { type Failures, Follower } from '../../../local/watch/follow.ts';
import type { Expected } from '../../../steps/expected.ts';
import { keysOf } from '../../../store/keys.ts';
import {
  anOutcome,
  aPolicy,
  aScope,
  KIND,
  NOW,
  someCounts,
  someLimits,
} from '../../support/summaries/builders.ts';
import { makeMemoryStore } from '../../support/stores/memory-store.ts';

const HUB = 'arn:aws:states:eu-west-1:111111111111:stateMachine:orgsweep';
const TWO_STALE = { STALE: 2, KEEP: 8, UNKNOWN: 0 };
const RUN = 'arn:aws:states:eu-west-1:111111111111:mapRun:orgsweep/ScanAccounts:x';

const E1 = { executionId: 'e1', filesOf: 'e1' };

const told: string[] = [];
beforeEach(() => void told.splice(0));
const failures: Failures = {
  gap: ({ accountId, region, status }) => void told.push(`${accountId} ${region} ${status}`),
  removal: ({ resourceId, outcome }) => void told.push(`${resourceId} ${outcome}`),
  brokenRemovals: ({ accountId, failure }) => void told.push(`${accountId} ${failure.code}`),
};

/** Step Functions in the midst of a scan of 10,000 accounts; counts what it is asked. */
function scanning() {
  const calls: string[] = [];
  const answers: Record<string, unknown> = {
    DescribeExecutionCommand: { status: 'RUNNING', startDate: new Date(0) },
    GetExecutionHistoryCommand: {
      events: [
        { mapRunStartedEventDetails: { mapRunArn: RUN } },
        { timestamp: new Date(2_000), stateEnteredEventDetails: { name: 'ScanAccounts' } },
        { timestamp: new Date(1_000), stateEnteredEventDetails: { name: 'Prepare' } },
      ],
    },
    DescribeMapRunCommand: { itemCounts: { succeeded: 1200, failed: 3, total: 10_000 } },
  };
  const send = async (command: object) => {
    calls.push(command.constructor.name);
    return answers[command.constructor.name];
  };
  return { sfn: { send } as unknown as SFNClient, calls, answers };
}

async function storeOf(targets: number) {
  const store = makeMemoryStore();
  for (let n = 0; n < targets; n += 1) {
    const accountId = String(100_000_000_000 + n);
    const outcome =
      n % 100 === 0
        ? anOutcome({ accountId, status: 'ACCESS_DENIED', kinds: {} })
        : anOutcome({ accountId, kinds: { 'ebs-snapshot': someCounts({ verdicts: TWO_STALE }) } });
    const region = 'eu-west-1';
    await store.put(keysOf('e1').outcome({ accountId, region }), JSON.stringify(outcome));
  }
  const asked = { listed: 0, lists: 0, gets: 0 };
  const counting: Store = {
    ...store,
    get: async (key) => ((asked.gets += 1), store.get(key)),
    list: async function* (prefix, after) {
      asked.lists += 1;
      for await (const key of store.list(prefix, after)) {
        asked.listed += 1;
        yield key;
      }
    },
  };
  return { store: counting, asked };
}

it('asks no more in a poll of 10,000 accounts than in one of 10, and learns all in the end', async () => {
  const { sfn, calls } = scanning();
  const { store, asked } = await storeOf(2_500);
  const follower = new Follower({ sfn, store, stateMachineArn: HUB }, E1, failures);
  for (let poll = 1; poll <= 26; poll += 1) {
    const before = { ...asked };
    calls.length = 0;
    await follower.poll();
    expect(calls.length).toBeLessThanOrEqual(3);
    expect(asked.lists - before.lists).toBe(1);
    expect(asked.listed - before.listed).toBeLessThanOrEqual(1_000);
    expect(asked.gets - before.gets).toBeLessThanOrEqual(100);
  }
  const { outcomes, accounts } = await follower.poll();
  expect(accounts).toEqual({ done: 1203, failed: 3, all: 10_000 });
  expect(outcomes).toEqual({ targets: 2_500, incomplete: 25, stale: 4_950 });
});

it('reads what appears before the place where it is', async () => {
  const { sfn } = scanning();
  const { store } = await storeOf(250);
  const follower = new Follower({ sfn, store, stateMachineArn: HUB }, E1, failures);
  await follower.poll();
  const accountId = '000000000001';
  const key = keysOf('e1').outcome({ accountId, region: 'eu-west-1' });
  await store.put(key, JSON.stringify(anOutcome({ accountId })));
  for (let poll = 1; poll <= 4; poll += 1) await follower.poll();
  expect((await follower.poll()).outcomes.targets).toBe(251);
});

it('counts an account whose Regions could not be listed as one target, as the summary does', async () => {
  const { sfn } = scanning();
  const { store } = await storeOf(3);
  const outcome = { ...anOutcome({ status: 'ROLE_UNAVAILABLE', kinds: {} }), region: null };
  await store.put(keysOf('e1').accountOutcome(outcome.accountId), JSON.stringify(outcome));
  const follower = new Follower({ sfn, store, stateMachineArn: HUB }, E1, failures);
  expect((await follower.poll()).outcomes).toMatchObject({ targets: 4, incomplete: 2 });
});

it('passes over what it cannot read yet, and tries it again', async () => {
  const { sfn } = scanning();
  const { store } = await storeOf(3);
  const key = keysOf('e1').outcome({ accountId: '100000000001', region: 'eu-west-1' });
  const whole = (await store.get(key))?.body ?? '';
  await store.put(key, whole.slice(0, 20));
  const follower = new Follower({ sfn, store, stateMachineArn: HUB }, E1, failures);
  expect((await follower.poll()).outcomes.targets).toBe(2);
  await store.put(key, whole);
  expect((await follower.poll()).outcomes.targets).toBe(3);
});

it('counts a Map once more when the machine has left it, and asks nothing of one that ended', async () => {
  const { sfn, calls, answers } = scanning();
  const { store } = await storeOf(0);
  const follower = new Follower({ sfn, store, stateMachineArn: HUB }, E1, failures);
  await follower.poll();
  answers['GetExecutionHistoryCommand'] = {
    events: [{ stateEnteredEventDetails: { name: 'Plan' } }],
  };
  answers['DescribeMapRunCommand'] = { itemCounts: { succeeded: 10_000, total: 10_000 } };
  const planning = await follower.poll();
  expect(planning.phase).toBe('Plan');
  expect(planning.accounts).toEqual({ done: 10_000, failed: 0, all: 10_000 });
  calls.length = 0;
  await follower.poll();
  expect(calls).toEqual(['DescribeExecutionCommand', 'GetExecutionHistoryCommand']);
});

it('looks once more when the execution has ended, and asks nothing of one that it never saw run', async () => {
  const { sfn, calls, answers } = scanning();
  const { store } = await storeOf(0);
  const follower = new Follower({ sfn, store, stateMachineArn: HUB }, E1, failures);
  await follower.poll();
  answers['DescribeExecutionCommand'] = { status: 'SUCCEEDED', startDate: new Date(0) };
  answers['GetExecutionHistoryCommand'] = {
    events: [
      { timestamp: new Date(4_000), stateEnteredEventDetails: { name: 'Summarize' } },
      { timestamp: new Date(3_000), stateEnteredEventDetails: { name: 'Plan' } },
    ],
  };
  answers['DescribeMapRunCommand'] = { itemCounts: { succeeded: 10_000, total: 10_000 } };
  const ended = await follower.poll();
  expect(ended.state.status).toBe('SUCCEEDED');
  expect(ended.accounts?.done).toBe(10_000);
  expect(ended.entered).toEqual([
    { name: 'Plan', at: new Date(3_000) },
    { name: 'Summarize', at: new Date(4_000) },
  ]);

  calls.length = 0;
  await new Follower({ sfn, store, stateMachineArn: HUB }, E1, failures).poll();
  expect(calls).toEqual(['DescribeExecutionCommand']);
});

it('tells each gap once, as it is read, and knows whether it has read all', async () => {
  const { sfn } = scanning();
  const { store } = await storeOf(150);
  const follower = new Follower({ sfn, store, stateMachineArn: HUB }, E1, failures);
  expect((await follower.poll()).areOutcomesWhole).toBe(false);
  expect(told).toEqual(['100000000000 eu-west-1 ACCESS_DENIED']);
  // To the end, but not from the start: something may have been written before the place meanwhile.
  expect((await follower.poll()).areOutcomesWhole).toBe(false);
  expect((await follower.poll()).areOutcomesWhole).toBe(true);
  expect(told.toSorted()).toEqual([
    '100000000000 eu-west-1 ACCESS_DENIED',
    '100000000100 eu-west-1 ACCESS_DENIED',
  ]);
});

it('tells no gap that the input accepts', async () => {
  const { sfn, answers } = scanning();
  const scope = { ...aScope(), accepted: [{ accounts: ['100000000000'], reason: 'known' }] };
  answers['DescribeExecutionCommand'] = {
    ...{ status: 'RUNNING', startDate: new Date(0) },
    input: JSON.stringify({ scope: { accepted: scope.accepted } }),
  };
  const { store } = await storeOf(150);
  const expected: Expected = {
    ...{ executionId: 'e1', startedAt: NOW.toISOString(), mode: 'report', scope, kinds: [KIND] },
    ...{
      remove: [KIND],
      policy: aPolicy(),
      policyOverrides: [],
      policies: {},
      limits: someLimits(),
    },
    ...{ approval: 'none', basedOn: null, serviceRegions: {}, accounts: [], outcomes: [] },
  };
  await store.put(keysOf('e1').expected, JSON.stringify(expected));
  const follower = new Follower({ sfn, store, stateMachineArn: HUB }, E1, failures);
  for (let poll = 1; poll <= 4; poll += 1) await follower.poll();
  expect((await follower.poll()).outcomes.incomplete).toBe(1);
  expect(told).toEqual(['100000000100 eu-west-1 ACCESS_DENIED']);
});

it('finds the state that waits for its turn, however often it was refused', async () => {
  const { store } = await storeOf(0);
  const refused = [
    { type: 'LambdaFunctionScheduled' },
    { type: 'LambdaFunctionScheduleFailed' },
    { type: 'TaskStateAborted' },
  ];
  const events = [
    ...Array.from({ length: 60 }, () => refused).flat(),
    { timestamp: new Date(1_000), stateEnteredEventDetails: { name: 'Plan' } },
  ];
  const send = async ({ input }: { input: { maxResults?: number } }) =>
    input.maxResults === undefined
      ? { status: 'RUNNING', startDate: new Date(0) }
      : { events: events.slice(0, input.maxResults) };
  const sfn = { send } as unknown as SFNClient;
  const follower = new Follower({ sfn, store, stateMachineArn: HUB }, E1, failures);
  expect((await follower.poll()).phase).toBe('Plan');
});
