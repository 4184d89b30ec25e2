import { type ApprovalRecord, mayRemove } from '../../../core/plan/approval.ts';
import { makePlan } from '../../../core/plan/make-plan.ts';
import { aPolicy, aRemoval, KIND, NOW, someLimits } from '../../support/summaries/builders.ts';

const planWith = (approval: 'none' | 'required') =>
  makePlan({
    ...{ executionId: 'e-1', mode: 'delete', approval, now: NOW, namedPlan: null, kinds: [KIND] },
    ...{ policy: aPolicy(), policies: {}, outcomes: [], limits: someLimits() },
    targets: [{ removals: [aRemoval()], held: [] }],
  });
const plan = planWith('required');
const approved: ApprovalRecord = {
  ...{ schemaVersion: 1, executionId: 'e-1', planDigest: plan.digest, decision: 'APPROVED' },
  ...{ by: { caller: 'ada', verified: false }, at: NOW.toISOString() },
};

it('lets a plan go ahead that somebody approved, or that nobody has to', () => {
  expect(mayRemove(plan, approved)).toBe(true);
  expect(mayRemove(planWith('none'), undefined)).toBe(true);
});

it.each([
  ['nobody has decided', undefined],
  ['it was rejected', { ...approved, decision: 'REJECTED' as const }],
  ['nobody decided in time', { ...approved, decision: 'EXPIRED' as const, by: null }],
  ['another plan was approved', { ...approved, planDigest: planWith('none').digest }],
  ['it was approved for another execution', { ...approved, executionId: 'e-2' }],
])('stops it where %s', (_, record) => {
  expect(mayRemove(plan, record)).toBe(false);
});

it('has in its digest whether it has to be approved', () => {
  expect(planWith('none').digest).not.toBe(plan.digest);
});
