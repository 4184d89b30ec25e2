import fc from 'fast-check';
import { emptyHistory } from '../../../../core/history/history.ts';
import { makePlan } from '../../../../core/plan/make-plan.ts';
import { planTarget, type TargetPlan } from '../../../../core/plan/target/plan-target.ts';
import type { TargetToPlan } from '../../../../core/plan/target/target-to-plan.ts';
import type { Plan, PlannedRemoval } from '../../../../core/plan/plan.ts';
import type { Finding } from '../../../../core/model/verdict.ts';
import {
  ACCOUNT,
  aFinding,
  anOutcome,
  aPolicy,
  aRemoval,
  daysBefore,
  KIND,
  NOW,
  OTHER_REGION,
  REGION,
  someLimits,
  RULES,
} from '../../../support/summaries/builders.ts';
import { keyInTarget } from '../../../../core/model/ids.ts';

const POLICY = aPolicy({ graceDays: 0, requireUndo: false });

/** All snapshots of one moment, of volumes a, b, … of one instance; `size`: what the set has in all. */
function aSet(name: string, count: number, given: Partial<Finding> & { age?: number } = {}) {
  const { age = 100, ...over } = given;
  const members = Array.from({ length: count }, (_, i) => `${name}-${'abcdefgh'[i]}`);
  return members.map((resourceId) =>
    aFinding({
      resourceId,
      startedAt: daysBefore(age),
      ...over,
      evidence: { set: { id: `${name}-a`, size: count, members }, ...over.evidence },
    }),
  );
}

function planned(staleFindings: Finding[], given: Partial<TargetToPlan> = {}): TargetPlan {
  return planTarget({
    outcome: anOutcome(),
    accountOutcomes: [],
    staleFindings,
    history: emptyHistory(),
    policy: POLICY,
    limits: someLimits(),
    rules: RULES,
    remove: [KIND],
    now: NOW,
    ...given,
  });
}

const removed = ({ removals }: Pick<Plan, 'removals'>) =>
  removals.map(({ resourceId }) => resourceId);
const heldOf = ({ held }: TargetPlan, id: string) =>
  held.find(({ resourceId }) => resourceId === id);

describe('a set of which one member stays is held, and says which and why', () => {
  it('a whole one goes', () => {
    const plan = planned(aSet('s', 3));
    expect(removed(plan)).toEqual(['s-a', 's-b', 's-c']);
    expect(plan.removals[0]?.set).toEqual({ id: 's-a', size: 3 });
  });

  it('one is kept by a guard', () => {
    const [a, b] = aSet('s', 2);
    const kept = { ...b!, verdict: 'KEEP' as const, reasons: ['PROTECTED_BY_TAG'] };
    const plan = planned([a!, kept]);
    expect(removed(plan)).toEqual([]);
    expect(heldOf(plan, 's-a')).toMatchObject({
      held: ['SET_NOT_WHOLE'],
      notWhole: { resourceId: 's-b', reasons: ['PROTECTED_BY_TAG'] },
    });
  });

  it('one is plainly in use, and so not even listed', () => {
    const plan = planned(aSet('s', 3).slice(0, 2));
    expect(removed(plan)).toEqual([]);
    expect(heldOf(plan, 's-a')?.notWhole).toEqual({ resourceId: 's-c', reasons: ['IN_USE'] });
  });

  it.each<[string, Partial<Finding>, string]>([
    ['has no room for a tag', { tags: manyTags() }, 'TAG_LIMIT_REACHED'],
    ['is used by another account', usedElsewhere(), 'USED_BY_ANOTHER_ACCOUNT'],
    ['was not looked at closely', { evidence: { lookedCloser: false } }, 'SHARING_NOT_CHECKED'],
    [
      'is the last copy',
      { evidence: { lineage: { id: 'vol-b', size: 1, newest: true } } },
      'LAST_COPY',
    ],
  ])('one %s', (_what, over, reason) => {
    const [a, b] = aSet('s', 2);
    const plan = planned([a!, { ...b!, ...over, evidence: { ...b!.evidence, ...over.evidence } }]);
    expect(removed(plan)).toEqual([]);
    expect(heldOf(plan, 's-a')).toMatchObject({
      held: ['SET_NOT_WHOLE'],
      notWhole: { resourceId: 's-b', reasons: [reason] },
    });
    expect(heldOf(plan, 's-b')?.held).toEqual([reason]);
  });

  it('one is in grace', () => {
    const findings = aSet('s', 2);
    const entries = { [keyInTarget(findings[0]!)]: { staleSince: daysBefore(60), lastSeen: '' } };
    const policy = { ...POLICY, graceDays: 14 };
    const plan = planned(findings, { policy, history: { ...emptyHistory(), entries } });
    expect(removed(plan)).toEqual([]);
    expect(heldOf(plan, 's-a')?.held).toEqual(['SET_NOT_WHOLE']);
    expect(heldOf(plan, 's-b')?.held).toEqual(['IN_GRACE']);
  });

  it('one is not in the plan that is applied', () => {
    const namedRemovals = [aRemoval({ resourceId: 's-a' })];
    const plan = planned(aSet('s', 2), { namedRemovals });
    expect(removed(plan)).toEqual([]);
    expect(heldOf(plan, 's-a')?.notWhole).toEqual({
      resourceId: 's-b',
      reasons: ['NOT_IN_NAMED_PLAN'],
    });
  });

  it('all that are held alike say only that', () => {
    const policy = { ...POLICY, graceDays: 14 };
    const plan = planned(aSet('s', 2), { policy });
    expect(plan.held.map(({ held }) => held)).toEqual([['IN_GRACE'], ['IN_GRACE']]);
  });
});

it('an old set goes whole where there is a newer one of the same volumes', () => {
  const of = (name: string, age: number, newest: boolean) =>
    aSet(name, 2, { age }).map((finding, i) => ({
      ...finding,
      evidence: { ...finding.evidence, lineage: { id: `vol-${i}`, size: 2, newest } },
    }));
  const plan = planned([...of('old', 200, false), ...of('new', 100, true)]);
  expect(removed(plan)).toEqual(['old-a', 'old-b']);
  expect(plan.held.map(({ held }) => held)).toEqual([['LAST_COPY'], ['LAST_COPY']]);
});

describe('no limit cuts a set in half', () => {
  const findings = [...aSet('old', 2, { age: 300 }), ...aSet('mid', 3, { age: 200 })];
  const single = aFinding({ resourceId: 'young', startedAt: daysBefore(100) });

  it('in an account and Region: the youngest are held, a set as a whole', () => {
    const plan = planned([...findings, single], {
      limits: someLimits({ maxRemovalsPerTarget: 4 }),
    });
    expect(removed(plan)).toEqual(['old-a', 'old-b']);
    for (const { held, limit } of plan.held)
      expect({ held, limit }).toEqual({ held: ['OVER_LIMIT'], limit: 'maxRemovalsPerTarget' });
  });

  it('what is larger than the whole limit stays, and the younger go all the same', () => {
    const plan = planned([...findings, single], {
      limits: someLimits({ maxRemovalsPerTarget: 1 }),
    });
    expect(removed(plan)).toEqual(['young']);
  });

  it('one that is larger than what may go of its account leaves the room to others', () => {
    const limits = someLimits({ maxRemovalsPerTarget: 3, maxRemovalsPerAccount: 2 });
    const large = aSet('large', 3, { age: 300 });
    const target = planned([...large, single], { limits });
    const plan = wholePlan([target], limits);
    expect(removed(plan)).toEqual(['young']);
    expect(plan.held.map(({ limit }) => limit)).toEqual(Array(3).fill('maxRemovalsPerAccount'));
  });

  it('in an account', () => {
    const limits = someLimits({ maxRemovalsPerAccount: 4 });
    const regions = [REGION, OTHER_REGION].map((region, i) =>
      planned(aSet(`set-${i}`, 3, { region }), { outcome: anOutcome({ region }) }),
    );
    const plan = wholePlan(regions, limits);
    expect(removed(plan)).toEqual(['set-0-a', 'set-0-b', 'set-0-c']);
    expect(plan.held.map(({ limit }) => limit)).toEqual(Array(3).fill('maxRemovalsPerAccount'));
  });
});

describe('whatever was found, and whatever the policy and the limits', () => {
  const mostly = <T>(usual: T, ...others: T[]) =>
    fc.oneof({ weight: 20, arbitrary: fc.constant(usual) }, fc.constantFrom(...others));
  const member = fc.record({
    verdict: mostly<string>('STALE', 'KEEP', 'UNKNOWN', 'IN_USE'),
    lookedCloser: mostly<boolean | undefined>(true, false, undefined),
    elsewhere: mostly(false, true),
    tagged: mostly(false, true),
    seenFor: mostly(40, 1),
    named: mostly(true, false),
    copies: mostly(0, 1, 2),
  });
  const set = fc.record({
    region: fc.constantFrom(REGION, OTHER_REGION),
    age: fc.integer({ min: 30, max: 60 }),
    members: fc.array(member, { minLength: 1, maxLength: 4 }),
  });
  const world = fc.record({
    sets: fc.array(set, { maxLength: 8 }),
    graceDays: fc.constantFrom(0, 14),
    isNamed: fc.boolean(),
    perTarget: fc.nat(8),
    perAccount: fc.nat(12),
  });

  it('no plan removes a part of a set', () => {
    let whole = 0;
    fc.assert(
      fc.property(world, ({ sets, graceDays, isNamed, perTarget, perAccount }) => {
        const limits = someLimits({
          maxRemovalsPerTarget: perTarget,
          maxRemovalsPerAccount: perAccount,
        });
        const targets = [REGION, OTHER_REGION].map((region) => {
          const entries: Record<string, { staleSince: string; lastSeen: string }> = {};
          const namedRemovals: PlannedRemoval[] = [];
          const findings = sets.flatMap((of, n) => {
            if (of.region !== region) return [];
            const names = of.members.map((_, i) => `snap-${n}-${i}`);
            return of.members.flatMap((one, i): Finding[] => {
              const resourceId = names[i]!;
              if (one.verdict === 'IN_USE') return [];
              const size = names.length;
              const finding = aFinding({
                ...{ region, resourceId, startedAt: daysBefore(of.age) },
                verdict: one.verdict as Finding['verdict'],
                tags: one.tagged ? manyTags() : {},
                evidence: {
                  ...(size > 1 && { set: { id: names[0]!, size, members: names } }),
                  ...(one.lookedCloser !== undefined && { lookedCloser: one.lookedCloser }),
                  ...(one.elsewhere && usedElsewhere().evidence),
                  ...(one.copies > 0 && {
                    lineage: { id: `vol-${i}`, size: one.copies, newest: false },
                  }),
                },
              });
              const staleSince = daysBefore(one.seenFor);
              entries[keyInTarget(finding)] = { staleSince, lastSeen: staleSince };
              if (one.named) namedRemovals.push(aRemoval({ region, resourceId }));
              return [finding];
            });
          });
          return planned(findings, {
            outcome: anOutcome({ region }),
            policy: { ...POLICY, graceDays },
            history: { ...emptyHistory(), entries },
            limits,
            ...(isNamed && { namedRemovals }),
          });
        });
        const { removals } = wholePlan(targets, limits);
        const gone = new Set(removals.map(({ resourceId }) => resourceId));
        for (const [n, { members }] of sets.entries()) {
          const going = members.filter((_, i) => gone.has(`snap-${n}-${i}`)).length;
          expect([0, members.length]).toContain(going);
          if (going > 1) whole += 1;
        }
      }),
      { numRuns: 1_000 },
    );
    expect(whole).toBeGreaterThan(100);
  });
});

function wholePlan(targets: TargetPlan[], limits: Plan['limits']): Plan {
  return makePlan({
    ...{ executionId: 'e', mode: 'delete', approval: 'none', now: NOW, namedPlan: null },
    ...{ policy: POLICY, policies: {}, limits, kinds: [KIND], outcomes: [], targets },
  });
}

function manyTags(): Record<string, string> {
  return Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`tag-${i}`, '']));
}

function usedElsewhere(): { evidence: Finding['evidence'] } {
  const use = { accountId: ACCOUNT, source: 'amis', by: 'ami-1' };
  return { evidence: { usedByOtherAccounts: [use] } };
}
