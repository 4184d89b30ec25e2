import type { ApprovalRecord } from '../../core/approval.ts';
import type { Message } from '../../core/report/text.ts';
import type { Plan } from '../../core/plan.ts';
import { recordApproval } from '../../sweep/approval-record.ts';
import type { Deps } from '../../sweep/deps.ts';
import { keysOf } from '../../sweep/keys.ts';
import { openRemovalSweep, type RemovalSweep, tally } from '../support/removal-sweep.ts';

let sweep: RemovalSweep | undefined;
afterEach(async () => sweep?.close());

/** An execution whose plan somebody decides on as soon as they are asked. */
async function runDeciding(
  decide: (plan: Plan, store: Deps['store']) => Promise<unknown>,
  input: Record<string, unknown> = { approval: 'required' },
) {
  const asked: Message[] = [];
  const deps = (given: Deps): Deps => ({
    ...given,
    notify: async (message) => {
      asked.push(message);
      const found = await given.store.get(keysOf('e-1').plan);
      await decide(JSON.parse(found?.body ?? '') as Plan, given.store);
    },
  });
  sweep = await openRemovalSweep({ deps });
  const ended = await sweep.run('e-1', input);
  return { ...ended, asked, gone: sweep.gone() };
}

const record = (plan: Plan, more: Partial<ApprovalRecord>): ApprovalRecord => ({
  schemaVersion: 1,
  executionId: plan.executionId,
  planDigest: plan.digest,
  decision: 'APPROVED',
  by: { caller: 'arn:aws:iam::111122223333:user/ada', verified: true },
  at: '2026-11-23T12:00:00.000Z',
  ...more,
});

it('removes what the plan says once a person has approved it', async () => {
  const ended = await runDeciding(async (plan, store) => recordApproval(store, record(plan, {})));
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
  const ended = await runDeciding(async (plan, store) =>
    recordApproval(store, record(plan, { decision: 'REJECTED' })),
  );
  expect(ended).toMatchObject({ status: 'FAILED', error: 'PlanNotApproved', gone: [] });
  expect(ended.summary).toMatchObject({ status: 'NOT_APPROVED', failure: null });
  expect(tally(ended.removals)).toEqual({ 'NOT_ATTEMPTED NOT_APPROVED': 8 });
  expect(ended.published?.Message).toContain('rejected by arn:aws:iam::111122223333:user/ada');
});

it('removes nothing on an approval of another plan', async () => {
  const ended = await runDeciding(async (plan, store) =>
    recordApproval(store, record(plan, { planDigest: 'f'.repeat(64) })),
  );
  expect(ended).toMatchObject({ status: 'FAILED', error: 'PlanNotApproved', gone: [] });
  expect(tally(ended.removals)).toEqual({ 'NOT_ATTEMPTED NOT_APPROVED': 8 });
});

it('asks nobody where the input asks for nobody', async () => {
  const ended = await runDeciding(async () => undefined, {});
  expect(ended).toMatchObject({ status: 'SUCCEEDED', asked: [], gone: { length: 8 } });
  expect(ended.summary?.approval).toBeNull();
  expect(await sweep?.store.get(keysOf('e-1').approval)).toBeUndefined();
});
