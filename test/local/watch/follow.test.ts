import type { SFNClient } from '@aws-sdk/client-sfn';
import type { Store } from '../../../adapters/store.ts';
import { Follower } from '../../../local/watch/follow.ts';
import { progressText } from '../../../local/watch/progress-text.ts';
import { keysOf } from '../../../sweep/keys.ts';
import { anOutcome, someCounts } from '../../support/builders.ts';
import { makeMemoryStore } from '../../support/memory-store.ts';

const HUB = 'arn:aws:states:eu-west-1:111111111111:stateMachine:orgsweep';
const RUN = 'arn:aws:states:eu-west-1:111111111111:mapRun:orgsweep/ScanAccounts:x';

/** Step Functions in the midst of a scan of 10,000 accounts; counts what it is asked. */
function scanning() {
  const calls: string[] = [];
  const answers: Record<string, unknown> = {
    DescribeExecutionCommand: { status: 'RUNNING', startDate: new Date(0) },
    GetExecutionHistoryCommand: {
      events: [
        { mapRunStartedEventDetails: { mapRunArn: RUN } },
        { stateEnteredEventDetails: { name: 'ScanAccounts' } },
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
        : anOutcome({ accountId, kinds: { 'ebs-snapshot': someCounts({ resources: 10 }) } });
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
  const follower = new Follower({ sfn, store, stateMachineArn: HUB }, 'e1');
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
  expect(outcomes).toMatchObject({ targets: 2_500, incomplete: 25, resources: 24_750 });
});

it('reads what appears before the place where it is', async () => {
  const { sfn } = scanning();
  const { store } = await storeOf(250);
  const follower = new Follower({ sfn, store, stateMachineArn: HUB }, 'e1');
  await follower.poll();
  const accountId = '000000000001';
  const key = keysOf('e1').outcome({ accountId, region: 'eu-west-1' });
  await store.put(key, JSON.stringify(anOutcome({ accountId })));
  for (let poll = 1; poll <= 4; poll += 1) await follower.poll();
  expect((await follower.poll()).outcomes.targets).toBe(251);
});

it('passes over what it cannot read yet, and tries it again', async () => {
  const { sfn } = scanning();
  const { store } = await storeOf(3);
  const key = keysOf('e1').outcome({ accountId: '100000000001', region: 'eu-west-1' });
  const whole = (await store.get(key))?.body ?? '';
  await store.put(key, whole.slice(0, 20));
  const follower = new Follower({ sfn, store, stateMachineArn: HUB }, 'e1');
  expect((await follower.poll()).outcomes.targets).toBe(2);
  await store.put(key, whole);
  expect((await follower.poll()).outcomes.targets).toBe(3);
});

it('counts a Map once more when the machine has left it, and asks nothing of one that ended', async () => {
  const { sfn, calls, answers } = scanning();
  const { store } = await storeOf(0);
  const follower = new Follower({ sfn, store, stateMachineArn: HUB }, 'e1');
  await follower.poll();
  answers['GetExecutionHistoryCommand'] = {
    events: [{ stateEnteredEventDetails: { name: 'Plan' } }],
  };
  answers['DescribeMapRunCommand'] = { itemCounts: { succeeded: 10_000, total: 10_000 } };
  const planning = await follower.poll();
  expect(progressText(planning)).toBe('planning · accounts 10,000/10,000');
  calls.length = 0;
  await follower.poll();
  expect(calls).toEqual(['DescribeExecutionCommand', 'GetExecutionHistoryCommand']);
  answers['DescribeExecutionCommand'] = { status: 'SUCCEEDED', startDate: new Date(0) };
  calls.length = 0;
  expect((await follower.poll()).state.status).toBe('SUCCEEDED');
  expect(calls).toEqual(['DescribeExecutionCommand']);
});

it('says the phase, and what is done of all there is', async () => {
  const { sfn } = scanning();
  const { store } = await storeOf(100);
  const follower = new Follower({ sfn, store, stateMachineArn: HUB }, 'e1');
  expect(progressText(await follower.poll())).toBe(
    'looking · accounts 1,203/10,000, 3 broken off · targets 100, 1 not complete · resources 990, 0 stale',
  );
});
