import fc from 'fast-check';
import { makePlan } from '../../../core/plan/make-plan.ts';
import { TargetOutcome } from '../../../core/outcome/outcome.ts';
import { reconcile } from '../../../core/scope/reconcile.ts';
import { reconcileRemovals } from '../../../core/summary/reconcile-removals.ts';
import { targetKey } from '../../../core/model/target.ts';
import {
  accountId,
  region,
  removalOutcome,
  targetOutcome,
} from '../../support/summaries/arbitraries.ts';
import {
  anAccount,
  aPolicy,
  aRemoval,
  aScope,
  KIND,
  NOW,
  someLimits,
} from '../../support/summaries/builders.ts';

const expected = fc
  .record({
    accounts: fc.uniqueArray(accountId),
    regions: fc.dictionary(accountId, fc.uniqueArray(region)),
    accepted: fc.array(fc.record({ regions: fc.tuple(region), reason: fc.constant('known') })),
  })
  .map(({ accounts, regions, accepted }) => ({
    accounts: accounts.map((id) => anAccount({ id })),
    withoutTarget: [],
    regionsByAccount: new Map(Object.entries(regions)),
    scope: aScope({ accepted }),
    policies: { policy: aPolicy(), policies: {} },
  }));
const outcomes = fc.array(targetOutcome, { maxLength: 20 });

describe('N targets in, N outcomes out', () => {
  it('every expected target and account, and everything recorded, has exactly one outcome', () => {
    fc.assert(
      fc.property(expected, outcomes, (of, recorded) => {
        const reconciled = reconcile(of, recorded, NOW);
        const keys = reconciled.map(targetKey);
        expect(new Set(keys).size).toBe(keys.length);
        for (const { id } of of.accounts) {
          for (const name of of.regionsByAccount.get(id) ?? [])
            expect(keys).toContain(targetKey({ accountId: id, region: name }));
          expect(reconciled.map((outcome) => outcome.accountId)).toContain(id);
        }
        for (const outcome of recorded) expect(keys).toContain(targetKey(outcome));
      }),
      { numRuns: 300 },
    );
  });

  it('nothing is complete that nobody recorded as complete, or nobody expected', () => {
    fc.assert(
      fc.property(expected, outcomes, (of, recorded) => {
        const inScope = new Set(of.accounts.map(({ id }) => id));
        for (const outcome of reconcile(of, recorded, NOW)) {
          expect(TargetOutcome.parse(outcome)).toEqual(outcome);
          if (outcome.status !== 'COMPLETE') continue;
          expect(inScope).toContain(outcome.accountId);
          const same = recorded.filter((other) => targetKey(other) === targetKey(outcome));
          expect(same.every(({ status }) => ['COMPLETE', 'EXCLUDED'].includes(status))).toBe(true);
        }
      }),
    );
  });

  it('is the same whatever the order in which outcomes arrive, and when done twice', () => {
    fc.assert(
      fc.property(expected, outcomes, (of, recorded) => {
        const once = reconcile(of, recorded, NOW);
        expect(reconcile(of, recorded.toReversed(), NOW)).toEqual(once);
        expect(reconcile(of, once, NOW).map(targetKey)).toEqual(once.map(targetKey));
      }),
    );
  });
});

describe('N planned removals in, N outcomes out', () => {
  const removals = ['snap-0', 'snap-1', 'snap-2'].map((resourceId) => aRemoval({ resourceId }));
  const plan = makePlan({
    executionId: 'e-1',
    mode: 'delete',
    now: NOW,
    namedPlan: null,
    approval: 'none' as const,
    policy: aPolicy(),
    policies: {},
    outcomes: [],
    limits: someLimits(),
    kinds: [KIND],
    targets: [{ removals, held: [] }],
  });

  it('whatever the ledger tells, in whatever order, once or twice', () => {
    fc.assert(
      fc.property(fc.array(removalOutcome), (recorded) => {
        const once = reconcileRemovals(plan, recorded, NOW);
        const ids = once.map(({ resourceId }) => resourceId);
        expect(ids.slice(0, 3)).toEqual(['snap-0', 'snap-1', 'snap-2']);
        expect(ids.slice(3)).toEqual(
          recorded.some(({ resourceId }) => resourceId === 'snap-3') ? ['snap-3'] : [],
        );
        expect(reconcileRemovals(plan, recorded.toReversed(), NOW)).toEqual(once);
        expect(reconcileRemovals(plan, once, NOW)).toEqual(once);
      }),
    );
  });
});
