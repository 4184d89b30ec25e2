import { Plan } from '../../../core/plan/plan.ts';
import { planDigest, verifyPlan } from '../../../core/plan/digest.ts';
import { History } from '../../../core/history/history.ts';
import { RemovalOutcome } from '../../../core/outcome/outcome.ts';
import { Summary } from '../../../core/summary/summary.ts';
import { LedgerBatch } from '../../../steps/ledger/ledger-batch.ts';
import { aRemoval, aPolicy, NOW, someLimits } from '../../support/summaries/builders.ts';

const at = NOW.toISOString();
const { kind, accountId, region, resourceId } = aRemoval();
const outcome = {
  ...{ kind, accountId, region, resourceId, outcome: 'REMOVED', reasons: [], intentAt: at, at },
  ...{ sizeGiB: 8, monthlyCostUsdUpTo: 0.4, restorableUntil: null },
};

it('a ledger of a version that knew no steps is read, and written as it was', () => {
  const entry = { kind, resourceId, intentAt: at, requestedAt: at, outcome };
  const batch = {
    ...{ schemaVersion: 1, executionId: 'e-1', accountId, region, batch: 1, entries: [entry] },
  };
  expect(LedgerBatch.parse(batch)).toEqual(batch);
  expect(RemovalOutcome.parse(outcome)).toEqual(outcome);
});

it('a plan of such a version keeps its digest', () => {
  const made = {
    ...{ schemaVersion: 1 as const, executionId: 'e-1', createdAt: at, status: 'READY' as const },
    ...{ basedOn: null, approval: 'none' as const, policy: aPolicy(), policies: {} },
    ...{ limits: someLimits(), refusal: null, removals: [aRemoval()], held: [] },
  };
  const plan = { ...made, digest: planDigest(made) };
  expect(verifyPlan(Plan.parse(JSON.parse(JSON.stringify(plan))))).toBe(true);
  const later = { ...plan, removals: [aRemoval({ step: 'delete' })] };
  expect(verifyPlan(Plan.parse(later))).toBe(false);
});

it('a history of such a version has no steps', () => {
  const entry = { staleSince: at, lastSeen: at };
  const history = { schemaVersion: 2, entries: { [`${kind}:${resourceId}`]: entry }, usual: {} };
  expect(History.parse(history)).toMatchObject({ entries: { [`${kind}:${resourceId}`]: entry } });
});

it('a summary of such a version counts no steps', () => {
  const { byOutcome } = Summary.shape.removals.shape;
  const counted = {
    ...{ REMOVED: 8, ALREADY_GONE: 0, NO_LONGER_STALE: 0, PROTECTED: 1 },
    ...{ DENIED: 0, FAILED: 0, NOT_ATTEMPTED: 0 },
  };
  expect(byOutcome.parse(counted)).toEqual({ ...counted, STEP_DONE: 0 });
});
