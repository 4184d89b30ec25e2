import { systemClock } from '../../../clock/clock.ts';
import type { Store } from '../../../store/store.ts';
import type { ApprovalRecord, Decision } from '../../../core/plan/approval.ts';
import type { Message } from '../../../report/message/text.ts';
import type { Plan } from '../../../core/plan/plan.ts';
import { recordApproval } from '../../../steps/approve/approval-record.ts';
import { decideApproval, type DecisionAnswer } from '../../../steps/approve/decide-approval.ts';
import type { Deps } from '../../../steps/deps.ts';
import { keysOf } from '../../../store/keys.ts';
import {
  openRemovalSweep,
  type RemovalSweep,
  type RemovalSweepOptions,
  tally,
} from '../../support/removal-sweep.ts';

let sweep: RemovalSweep | undefined;
afterEach(async () => sweep?.close());

interface Asked {
  readonly plan: Plan;
  readonly store: Store;
  /** As `orgsweep approve` and `reject` do it. */
  readonly decide: (decision: Decision) => Promise<DecisionAnswer>;
}

const ADA = { caller: 'arn:aws:iam::111122223333:user/ada', verified: true };

async function decideOn(
  deps: Pick<Deps, 'store'>,
  plan: Plan,
  decision: Decision,
): Promise<DecisionAnswer> {
  const callbacks = { succeed: async () => true, fail: async () => true };
  const { executionId, digest: planDigest } = plan;
  const sealOf = async () => null;
  return decideApproval({ ...deps, sealOf, clock: systemClock, callbacks }, ADA, {
    ...{ executionId, planDigest, decision },
  });
}

/** An execution, and what happens as soon as people are asked about its plan. */
async function runAnswering(
  answer: (asked: Asked) => Promise<unknown>,
  input: Record<string, unknown> = { approval: 'required' },
  more: RemovalSweepOptions = {},
) {
  const asked: Message[] = [];
  const deps = (given: Deps): Deps => ({
    ...given,
    notify: async (message) => {
      asked.push(message);
      const { store } = given;
      const waiting = JSON.parse((await store.get(keysOf('e-1').plan))?.body ?? '') as Plan;
      await answer({
        plan: waiting,
        store,
        decide: async (decision) => decideOn(given, waiting, decision),
      });
    },
  });
  sweep = await openRemovalSweep({ ...more, deps });
  const ended = await sweep.run('e-1', input);
  return { ...ended, asked, gone: sweep.gone() };
}

const record = (plan: Plan, more: Partial<ApprovalRecord>): ApprovalRecord => ({
  schemaVersion: 1,
  executionId: plan.executionId,
  planDigest: plan.digest,
  decision: 'APPROVED',
  by: ADA,
  at: '2026-11-23T12:00:00.000Z',
  ...more,
});

it('removes what the plan says once a person has approved it', async () => {
  const ended = await runAnswering(async ({ decide }) => decide('APPROVED'));
  expect(ended.asked).toHaveLength(1);
  expect(ended).toMatchObject({ status: 'SUCCEEDED', gone: { length: 8 } });
  expect(ended.summary).toMatchObject({
    status: 'COMPLETE',
    approval: {
      decision: 'APPROVED',
      by: { caller: 'arn:aws:iam::111122223333:user/ada', verified: true },
      removalsAllowed: true,
    },
  });
});

it('removes nothing once a person has rejected it, and says who', async () => {
  const ended = await runAnswering(async ({ decide }) => decide('REJECTED'));
  expect(ended).toMatchObject({ status: 'FAILED', error: 'PlanNotApproved', gone: [] });
  expect(ended.summary).toMatchObject({ status: 'NOT_APPROVED', failure: null });
  expect(tally(ended.removals)).toEqual({ 'NOT_ATTEMPTED NOT_APPROVED': 8 });
  expect(ended.published?.Message).toContain('rejected by arn:aws:iam::111122223333:user/ada');
});

it('removes nothing on an approval of another plan', async () => {
  const ended = await runAnswering(async ({ plan, store }) =>
    recordApproval(store, record(plan, { planDigest: 'f'.repeat(64) })),
  );
  expect(ended).toMatchObject({ status: 'FAILED', error: 'PlanNotApproved', gone: [] });
  expect(tally(ended.removals)).toEqual({ 'NOT_ATTEMPTED NOT_APPROVED': 8 });
});

it('asks nobody where the input asks for nobody', async () => {
  const ended = await runAnswering(async () => undefined, {});
  expect(ended).toMatchObject({ status: 'SUCCEEDED', asked: [], gone: { length: 8 } });
  expect(ended.summary?.approval).toBeNull();
  expect(await sweep?.store.get(keysOf('e-1').approval)).toBeUndefined();
});

const named = (name: string) => Object.assign(new Error('as it ended'), { name });

it('removes nothing when nobody decided in time, and a yes comes too late then', async () => {
  const ended = await runAnswering(async () => Promise.reject(named('States.Timeout')));
  expect(ended).toMatchObject({ status: 'FAILED', error: 'PlanNotApproved', gone: [] });
  expect(ended.summary).toMatchObject({
    ...{ status: 'NOT_APPROVED', failure: null },
    approval: { decision: 'EXPIRED', by: null, removalsAllowed: false },
  });
  expect(ended.published?.Message).toContain('no decision by');
  expect(await decideOn(sweep!, ended.plan!, 'APPROVED')).toMatchObject({
    ...{ holds: false, decision: 'EXPIRED', by: null },
  });
});

it('ends the wait as a no when the run is interrupted', async () => {
  const controller = new AbortController();
  const { signal } = controller;
  const ended = await runAnswering(async () => controller.abort(), undefined, { signal });
  expect(ended).toMatchObject({ error: 'PlanNotApproved', gone: [] });
  expect(ended.summary?.approval).toMatchObject({ decision: 'EXPIRED' });
});

it('removes nothing on a yes that the machine did not hear in time, and says so', async () => {
  const ended = await runAnswering(async ({ decide }) => {
    await decide('APPROVED');
    throw named('States.Timeout');
  });
  expect(ended).toMatchObject({ error: 'PlanNotApproved', gone: [] });
  expect(ended.summary?.approval).toMatchObject({ decision: 'APPROVED', removalsAllowed: false });
  expect(ended.published?.Message.replace(/\s+/g, ' ')).toContain('but too late');
});

it('tells of a failure where nobody could be asked', async () => {
  const ended = await runAnswering(async () => Promise.reject(named('AccessDenied')));
  expect(ended).toMatchObject({ error: 'ExecutionFailed', gone: [] });
  expect(ended.summary).toMatchObject({
    status: 'FAILED',
    failure: { step: 'AwaitApproval', error: 'AccessDenied' },
    approval: { decision: 'EXPIRED' },
  });
});

it("asks about an earlier report's plan, too, and removes exactly that on a yes", async () => {
  sweep = await openRemovalSweep({
    deps: (given) => ({
      ...given,
      notify: async () => {
        const found = await given.store.get(keysOf('e-2').plan);
        await decideOn(given, JSON.parse(found?.body ?? '') as Plan, 'APPROVED');
      },
    }),
  });
  await sweep.run('e-1', { mode: 'report' });
  const ended = await sweep.run('e-2', { approval: 'required', plan: 'e-1' });
  expect(ended.plan).toMatchObject({ basedOn: 'e-1', approval: 'required', status: 'READY' });
  expect(ended.summary).toMatchObject({ status: 'COMPLETE', removals: { planned: 8 } });
  expect(sweep.gone()).toHaveLength(8);
});

it('asks nobody where there is nothing to remove', async () => {
  const ended = await runAnswering(async () => undefined, {
    approval: 'required',
    policy: { neverRemove: true },
  });
  expect(ended).toMatchObject({ status: 'SUCCEEDED', asked: [], plan: { status: 'EMPTY' } });
  expect(ended.summary?.approval).toBeNull();
});

it('keeps what it found and since when, although it was rejected', async () => {
  const ended = await runAnswering(async ({ decide }) => decide('REJECTED'));
  const { store } = sweep!;
  const seen: string[] = [];
  for await (const key of store.list('history/stale-since/'))
    seen.push((await store.get(key))!.body);
  for (const { resourceId } of ended.plan!.removals) expect(seen.join()).toContain(resourceId);
  expect((await store.get(keysOf('e-1').findings))?.body.split('\n').length).toBeGreaterThan(8);
});

it('tells the task token to nobody: it is in one file of the store, and nowhere else', async () => {
  const ended = await runAnswering(async ({ decide }) => decide('REJECTED'));
  const { store } = sweep!;
  const { approvalRequest } = keysOf('e-1');
  const { taskToken } = JSON.parse((await store.get(approvalRequest))?.body ?? '') as {
    taskToken: string;
  };
  expect(taskToken).toMatch(/^[0-9a-f-]{36}$/);
  const holders: string[] = [];
  for await (const key of store.list(''))
    if ((await store.get(key))?.body.includes(taskToken)) holders.push(key);
  expect(holders).toEqual([approvalRequest]);
  expect(JSON.stringify([ended.asked, ended.published, ended.summary])).not.toContain(taskToken);
});
