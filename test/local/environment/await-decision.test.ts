import type { ApprovalRecord } from '../../../core/plan/approval.ts';
import { awaitDecision } from '../../../local/environment/await-decision.ts';
import { recordApproval } from '../../../steps/approve/approval-record.ts';
import { makeMemoryStore } from '../../support/stores/memory-store.ts';

const record = (decision: ApprovalRecord['decision']): ApprovalRecord => ({
  ...{ schemaVersion: 1, executionId: 'e-1', planDigest: 'a'.repeat(64), decision },
  ...{ by: { caller: 'ada', verified: false }, at: '2026-11-23T12:00:00.000Z' },
});
const wait = { taskToken: 't', timeoutSeconds: 30, signal: undefined };

it('goes on once the plan is approved, also while it waits', async () => {
  const store = makeMemoryStore();
  const waiting = awaitDecision(store, 'e-1', wait);
  await recordApproval(store, record('APPROVED'));
  expect(await waiting).toMatchObject({ decision: 'APPROVED' });
  expect(await awaitDecision(store, 'e-1', wait)).toMatchObject({ decision: 'APPROVED' });
});

it.each(['REJECTED', 'EXPIRED'] as const)('ends with an error once it is %s', async (decision) => {
  const store = makeMemoryStore();
  await recordApproval(store, record(decision));
  await expect(awaitDecision(store, 'e-1', wait)).rejects.toMatchObject({
    name: 'ApprovalRejected',
  });
});

it('ends when the time is up, in real time', async () => {
  const waiting = awaitDecision(makeMemoryStore(), 'e-1', { ...wait, timeoutSeconds: 0.05 });
  await expect(waiting).rejects.toMatchObject({ name: 'States.Timeout' });
});

it('ends at once when it is interrupted', async () => {
  const controller = new AbortController();
  const waiting = awaitDecision(makeMemoryStore(), 'e-1', { ...wait, signal: controller.signal });
  controller.abort();
  await expect(waiting).rejects.toMatchObject({ name: 'Interrupted' });
});
