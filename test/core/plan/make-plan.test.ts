import { digestOf, verifyPlan } from '../../../core/plan/digest.ts';
import { emptyHistory } from '../../../core/history/history.ts';
import { makePlan, removalsByTarget } from '../../../core/plan/make-plan.ts';
import { planTarget } from '../../../core/plan/target/plan-target.ts';
import type { TargetPlan } from '../../../core/plan/target/plan-target.ts';
import type { TargetToPlan } from '../../../core/plan/target/target-to-plan.ts';
import { Plan, policiesOf } from '../../../core/plan/plan.ts';
import type { TargetOutcome } from '../../../core/outcome/outcome.ts';
import type { RecycleBinRule } from '../../../core/outcome/recycle-bin.ts';
import type { Finding } from '../../../core/model/verdict.ts';
import {
  ACCOUNT,
  aFinding,
  anOutcome,
  aPolicy,
  aRemoval,
  aRule,
  daysBefore,
  KIND,
  NOW,
  OTHER_ACCOUNT,
  OTHER_REGION,
  REGION,
  someCounts,
  someLimits,
  RULES,
} from '../../support/summaries/builders.ts';

const removesAtOnce = aPolicy({ graceDays: 0, requireUndo: false });

function planned(findings: Finding[], given: Partial<TargetToPlan> = {}): TargetPlan {
  return planTarget({
    outcome: anOutcome(),
    accountOutcomes: given.outcome ? [given.outcome] : [],
    staleFindings: findings,
    history: emptyHistory(),
    policy: removesAtOnce,
    limits: someLimits(),
    rules: RULES,
    remove: [KIND],
    now: NOW,
    ...given,
  });
}

const removedIds = (plan: TargetPlan) => plan.removals.map(({ resourceId }) => resourceId);
const heldBy = (plan: TargetPlan) =>
  Object.fromEntries(plan.held.map(({ resourceId, held }) => [resourceId, held]));

/** The stale snapshots of one volume, oldest first, of `size` that there are. */
function aLineage(ages: number[], size = ages.length): Finding[] {
  return ages.map((age, i) =>
    aFinding({
      resourceId: `snap-${i}`,
      startedAt: daysBefore(age),
      evidence: { lineage: { id: 'vol-1', size, newest: i === size - 1 } },
    }),
  );
}

describe('what is removed in a target', () => {
  it('is what is stale, oldest first, then by id; an unknown start is the youngest', () => {
    const plan = planned([
      aFinding({ resourceId: 'snap-x', startedAt: null }),
      aFinding({ resourceId: 'snap-b', startedAt: daysBefore(50) }),
      aFinding({ resourceId: 'snap-a', startedAt: daysBefore(50) }),
      aFinding({ resourceId: 'snap-c', startedAt: daysBefore(90) }),
    ]);
    expect(removedIds(plan)).toEqual(['snap-c', 'snap-a', 'snap-b', 'snap-x']);
    expect(plan.held).toEqual([]);
  });

  it('is never what is kept or unknown', () => {
    const plan = planned([
      aFinding({ resourceId: 'snap-k', verdict: 'KEEP', reasons: ['LOCKED'] }),
      aFinding({ resourceId: 'snap-u', verdict: 'UNKNOWN', reasons: ['REFERENCES_INCOMPLETE'] }),
    ]);
    expect(plan).toEqual({ removals: [], held: [] });
  });

  it('is nothing where the target was not seen completely', () => {
    const plan = planned([aFinding()], { outcome: anOutcome({ status: 'THROTTLED' }) });
    expect(plan.removals).toEqual([]);
    expect(heldBy(plan)).toEqual({ 'snap-1': ['TARGET_NOT_COMPLETE'] });
  });

  it('is planned once, even if it was listed twice', () => {
    expect(removedIds(planned([aFinding(), aFinding()]))).toEqual(['snap-1']);
  });
});

describe('a policy that allows no removal', () => {
  it('holds everything, and nothing is hidden', () => {
    const plan = planned([aFinding()], { policy: { ...removesAtOnce, neverRemove: true } });
    expect(plan.removals).toEqual([]);
    expect(heldBy(plan)).toEqual({ 'snap-1': ['REMOVAL_NOT_ALLOWED'] });
  });
});

it('a volume with more stale snapshots than a call takes arguments is planned like any other', () => {
  const many = 150_000;
  const findings = Array.from({ length: many }, (_, i) =>
    aFinding({
      resourceId: `snap-${i}`,
      evidence: { lineage: { id: 'vol-1', size: many, newest: i === many - 1 } },
    }),
  );
  const { removals, held } = planned(findings);
  expect([removals.length, held.length]).toEqual([500, many - 500]);
});

describe('the 50 tags that AWS takes', () => {
  const tags = (count: number, more: Record<string, string> = {}) => ({
    ...Object.fromEntries(Array.from({ length: count }, (_, i) => [`tag-${i}`, 'x'])),
    ...more,
  });

  it('hold what has them all: the marker has no room, and only what carries it is removed', () => {
    expect(heldBy(planned([aFinding({ tags: tags(50) })]))).toEqual({
      'snap-1': ['TAG_LIMIT_REACHED'],
    });
    expect(removedIds(planned([aFinding({ tags: tags(49) })]))).toEqual(['snap-1']);
  });

  it("don't count AWS's own, nor hold what has the marker already", () => {
    const own = tags(49, { 'aws:cloudformation:stack-name': 'x', 'AWS:other': 'y' });
    expect(removedIds(planned([aFinding({ tags: own })]))).toEqual(['snap-1']);
    const marked = tags(49, { 'orgsweep:marked': 'true' });
    expect(removedIds(planned([aFinding({ tags: marked })]))).toEqual(['snap-1']);
  });

  it('do not use up the numbers that others would have: the oldest have them here', () => {
    const old = Array.from({ length: 3 }, (_, i) =>
      aFinding({ resourceId: `snap-old-${i}`, startedAt: daysBefore(900), tags: tags(50) }),
    );
    const limits = someLimits({ maxRemovalsPerTarget: 1 });
    expect(removedIds(planned([...old, aFinding({ resourceId: 'snap-new' })], { limits }))).toEqual(
      ['snap-new'],
    );
  });
});

describe('grace', () => {
  const staleFor = (days: number) => ({
    policy: aPolicy({ graceDays: 14, requireUndo: false }),
    history: {
      ...emptyHistory(),
      entries: { 'ebs-snapshot:snap-1': { staleSince: daysBefore(days), lastSeen: daysBefore(1) } },
    },
  });

  it('holds what was first seen stale too short ago', () => {
    expect(heldBy(planned([aFinding()], staleFor(13.99)))).toEqual({ 'snap-1': ['IN_GRACE'] });
  });

  it('ends after the days asked for', () => {
    const plan = planned([aFinding()], staleFor(14));
    expect(plan.removals[0]).toMatchObject({ resourceId: 'snap-1', staleSince: daysBefore(14) });
  });

  it('holds what no earlier execution saw', () => {
    const plan = planned([aFinding()], { ...staleFor(20), history: emptyHistory() });
    expect(plan.held[0]).toMatchObject({ held: ['IN_GRACE'], staleSince: NOW.toISOString() });
  });

  it('of 0 days removes on first sight', () => {
    expect(removedIds(planned([aFinding()]))).toEqual(['snap-1']);
  });
});

describe('the last copy', () => {
  it('is held: the only snapshot of a volume', () => {
    expect(heldBy(planned(aLineage([100])))).toEqual({ 'snap-0': ['LAST_COPY'] });
  });

  it('is the newest where all of them are stale', () => {
    const plan = planned(aLineage([300, 200, 100]));
    expect(removedIds(plan)).toEqual(['snap-0', 'snap-1']);
    expect(heldBy(plan)).toEqual({ 'snap-2': ['LAST_COPY'] });
  });

  it('is nobody where a copy stays that is not stale', () => {
    expect(removedIds(planned(aLineage([300, 200], 3)))).toEqual(['snap-0', 'snap-1']);
  });

  it('is counted by whoever saw the fewest', () => {
    const [first, second] = [aLineage([300, 200], 3)[0]!, aLineage([300, 200], 2)[1]!];
    expect(planned([first, second]).removals).toHaveLength(1);
    expect(planned([second, first]).removals).toHaveLength(1);
  });

  it('stays the newest while an older one is in grace', () => {
    const policy = aPolicy({ graceDays: 14, requireUndo: false });
    const seen = { staleSince: daysBefore(20), lastSeen: NOW.toISOString() };
    const history = { ...emptyHistory(), entries: { 'ebs-snapshot:snap-1': seen } };
    const plan = planned(aLineage([300, 200]), { policy, history });
    expect(plan.removals).toEqual([]);
    expect(heldBy(plan)).toEqual({ 'snap-0': ['IN_GRACE'], 'snap-1': ['LAST_COPY'] });
  });

  it('may go only where the policy allows it', () => {
    const policy = { ...removesAtOnce, allowLastCopy: true };
    expect(removedIds(planned(aLineage([100]), { policy }))).toEqual(['snap-0']);
  });
});

describe('what is held until more is known', () => {
  it('is what nobody looked at closely enough to tell whom it is shared with', () => {
    const unseen = aFinding({ evidence: { lookedCloser: false } });
    expect(heldBy(planned([unseen]))).toEqual({ 'snap-1': ['SHARING_NOT_CHECKED'] });
    const seen = aFinding({ evidence: { lookedCloser: true } });
    expect(removedIds(planned([seen]))).toEqual(['snap-1']);
  });

  it('is what has a question without an answer, where nothing else holds it', () => {
    const open = aFinding({ evidence: { unanswered: ['volume-metrics'] } });
    expect(heldBy(planned([open]))).toEqual({ 'snap-1': ['NOT_CHECKED'] });
    const answered = aFinding({ evidence: { unanswered: [] } });
    expect(removedIds(planned([answered]))).toEqual(['snap-1']);
  });

  it('is what something in another account refers to', () => {
    const use = { accountId: '444455556666', source: 'launch-templates', by: 'lt-1 version 1' };
    const used = aFinding({ evidence: { usedByOtherAccounts: [use] } });
    expect(heldBy(planned([used]))).toEqual({ 'snap-1': ['USED_BY_ANOTHER_ACCOUNT'] });
  });
});

describe('the Recycle Bin', () => {
  const policy = aPolicy({ graceDays: 0 });
  const seen = (...rules: RecycleBinRule[]) => ({
    policy,
    outcome: anOutcome({ recycleBin: { [KIND]: { rules } } }),
  });
  const onMarker = [{ key: 'orgsweep:marked', value: 'true' }];
  const noRule = { 'snap-1': ['NO_RECYCLE_BIN_RULE'] };

  it('holds everything where it is required and no rule was seen', () => {
    expect(heldBy(planned([aFinding()], { policy }))).toEqual(noRule);
    expect(heldBy(planned([aFinding()], seen()))).toEqual(noRule);
    expect(heldBy(planned([aFinding()], seen(aRule({ status: 'pending' }))))).toEqual(noRule);
  });

  it('holds everything where its rules could not be read', () => {
    const failure = { code: 'AccessDeniedException', message: 'no' };
    const outcome = anOutcome({ recycleBin: { [KIND]: { failure } } });
    expect(heldBy(planned([aFinding()], { policy, outcome }))).toEqual(noRule);
  });

  it("lets go what a rule on orgsweep's marker will keep, and says for how long", () => {
    const { removals } = planned([aFinding()], seen(aRule({ resourceTags: onMarker })));
    expect(removals).toMatchObject([{ resourceId: 'snap-1', restorableDays: 14 }]);
  });

  it("holds only those that a rule's exclusions name", () => {
    const rule = aRule({ excludeResourceTags: [{ key: 'scratch', value: 'yes' }] });
    const scratch = aFinding({ resourceId: 'snap-2', tags: { scratch: 'yes' } });
    const plan = planned([aFinding(), scratch], seen(rule));
    expect(removedIds(plan)).toEqual(['snap-1']);
    expect(heldBy(plan)).toEqual({ 'snap-2': ['NO_RECYCLE_BIN_RULE'] });
  });

  it('holds what it keeps for fewer days than the named plan promised, required or not', () => {
    const kept = (retentionDays: number, given: Parameters<typeof planned>[1] = {}) =>
      heldBy(
        planned([aFinding()], {
          ...seen(aRule({ retentionDays })),
          namedRemovals: [aRemoval({ restorableDays: 7 })],
          ...given,
        }),
      );
    expect(kept(7)).toEqual({});
    expect(kept(6)).toEqual(noRule);
    expect(kept(6, { policy: removesAtOnce })).toEqual(noRule);
    expect(kept(6, { namedRemovals: [aRemoval()] })).toEqual({});
  });

  it("of another kind's rules nothing follows", () => {
    const outcome = anOutcome({ recycleBin: { ami: { rules: [aRule()] } } });
    expect(heldBy(planned([aFinding()], { policy, outcome }))).toEqual(noRule);
  });

  it('is told of also where it is not required', () => {
    const [kept] = planned([aFinding()], { outcome: seen(aRule()).outcome }).removals;
    expect(kept?.restorableDays).toBe(14);
    expect(planned([aFinding()]).removals[0]).not.toHaveProperty('restorableDays');
  });
});

describe('limits of a target', () => {
  const counted = (STALE: number, resources: number) => ({
    outcome: anOutcome({
      kinds: { [KIND]: someCounts({ resources, verdicts: { STALE, KEEP: 0, UNKNOWN: 0 } }) },
    }),
  });

  it('hold the surplus, the youngest', () => {
    const findings = [100, 300, 200].map((age) =>
      aFinding({ resourceId: `snap-${age}`, startedAt: daysBefore(age) }),
    );
    const plan = planned(findings, { limits: someLimits({ maxRemovalsPerTarget: 2 }) });
    expect(removedIds(plan)).toEqual(['snap-300', 'snap-200']);
    expect(plan.held).toMatchObject([
      { resourceId: 'snap-100', held: ['OVER_LIMIT'], limit: 'maxRemovalsPerTarget' },
    ]);
  });

  it('count only what nothing else holds', () => {
    const findings = [...aLineage([400]), aFinding({ resourceId: 'snap-x' })];
    const plan = planned(findings, { limits: someLimits({ maxRemovalsPerTarget: 1 }) });
    expect(removedIds(plan)).toEqual(['snap-x']);
  });

  it('hold the whole target where too large a share is stale', () => {
    const plan = planned([aFinding()], counted(17, 20));
    expect(plan.removals).toEqual([]);
    expect(plan.held).toMatchObject([{ held: ['OVER_LIMIT'], limit: 'maxStalePercent' }]);
  });

  it.each([
    ['exactly the share that is allowed', 16, 20],
    ['fewer than 20 resources', 19, 19],
  ])('do not alarm for %s', (_, stale, resources) => {
    expect(planned([aFinding()], counted(stale, resources)).held).toEqual([]);
  });
});

describe('limits of an account', () => {
  const from = {
    ...{
      executionId: 'e-2',
      mode: 'delete' as const,
      now: NOW,
      namedPlan: null,
      approval: 'none' as const,
      kinds: [KIND],
    },
    ...{ policy: removesAtOnce, policies: {}, outcomes: [] },
  };
  const removals = (region: string, ages: number[], accountId = ACCOUNT) => ({
    removals: ages.map((age) =>
      aRemoval({ accountId, region, resourceId: `snap-${age}`, startedAt: daysBefore(age) }),
    ),
    held: [],
  });

  it('hold its surplus, the youngest across its Regions, and no other account', () => {
    const plan = makePlan({
      ...from,
      limits: someLimits({ maxRemovalsPerAccount: 3 }),
      targets: [
        removals(REGION, [400, 100]),
        removals(OTHER_REGION, [300, 200]),
        removals(REGION, [50, 40, 30], OTHER_ACCOUNT),
      ],
    });
    expect(plan.removals.map(({ resourceId }) => resourceId)).toEqual([
      'snap-400',
      'snap-300',
      'snap-200',
      'snap-50',
      'snap-40',
      'snap-30',
    ]);
    expect(plan.held).toMatchObject([
      { resourceId: 'snap-100', held: ['OVER_LIMIT'], limit: 'maxRemovalsPerAccount' },
    ]);
  });

  it('holds of a kind what is over the limit of that kind in its account', () => {
    const removals = ['ami', KIND].flatMap((kind) =>
      [1, 2].map((n) =>
        aRemoval({ kind, resourceId: `${kind}-${n}`, startedAt: daysBefore(10 - n) }),
      ),
    );
    const kinds = { ami: { maxRemovalsPerAccount: 1 } };
    const limits = someLimits({ maxRemovalsPerAccount: 2, kinds });
    const plan = makePlan({
      ...from,
      limits,
      kinds: ['ami', KIND],
      targets: [{ removals, held: [] }],
    });
    expect(heldBy(plan)).toEqual({ 'ami-2': ['OVER_LIMIT'] });
  });

  it('come before the limit for all: what they hold does not count there', () => {
    const limits = someLimits({ maxRemovalsPerAccount: 1, maxRemovals: 1 });
    const plan = makePlan({ ...from, limits, targets: [removals(REGION, [400, 100])] });
    expect([plan.status, plan.removals.length]).toEqual(['READY', 1]);
  });

  const share = (STALE: number, resources: number, given: Partial<TargetOutcome> = {}) =>
    anOutcome({
      kinds: { [KIND]: someCounts({ resources, verdicts: { STALE, KEEP: 0, UNKNOWN: 0 } }) },
      ...given,
    });

  it('hold all of it where too large a share is stale over its Regions together', () => {
    const [here, there] = [share(9, 10), share(9, 10, { region: OTHER_REGION })];
    const held = planned([aFinding()], { outcome: here, accountOutcomes: [here, there] });
    expect(held.removals).toEqual([]);
    expect(held.held).toMatchObject([{ held: ['OVER_LIMIT'], limit: 'maxStalePercentPerAccount' }]);
  });

  it.each([
    ['fewer than 20 resources', [share(9, 9), share(9, 10)]],
    ['a share that is allowed', [share(9, 10), share(7, 10)]],
    [
      'a Region that was not seen completely',
      [share(7, 10), share(5, 10), share(60, 60, { status: 'THROTTLED' })],
    ],
  ])('do not alarm for %s', (_, accountOutcomes) => {
    expect(planned([aFinding()], { accountOutcomes }).held).toEqual([]);
  });
});

describe('the sanity floor', () => {
  it('holds a target that shows far fewer volumes than usual', () => {
    const usual = { volumes: { count: 40, at: daysBefore(7) } };
    const given = {
      outcome: anOutcome({ references: { volumes: 19 } }),
      history: { ...emptyHistory(), usual: { [KIND]: usual } },
    };
    expect(heldBy(planned([aFinding()], given))).toEqual({ 'snap-1': ['SANITY_FLOOR'] });
    const limits = someLimits({ minReferencePercent: 0 });
    expect(removedIds(planned([aFinding()], { ...given, limits }))).toEqual(['snap-1']);
  });
});

describe('a held removal', () => {
  it('names every reason that applies', () => {
    const plan = planned(aLineage([100]), {
      policy: aPolicy(),
      namedRemovals: [],
      outcome: anOutcome({
        kinds: {
          [KIND]: someCounts({ resources: 20, verdicts: { STALE: 20, KEEP: 0, UNKNOWN: 0 } }),
        },
      }),
    });
    expect(heldBy(plan)['snap-0']).toEqual([
      'NOT_IN_NAMED_PLAN',
      'IN_GRACE',
      'LAST_COPY',
      'NO_RECYCLE_BIN_RULE',
      'OVER_LIMIT',
    ]);
  });
});

describe('the plan of an execution', () => {
  const from = {
    executionId: 'e-2',
    mode: 'delete' as const,
    now: NOW,
    namedPlan: null,
    approval: 'none' as const,
    policy: removesAtOnce,
    policies: {},
    outcomes: [],
    limits: someLimits(),
    kinds: ['ami', KIND],
  };
  const here = planned([aFinding()]);

  it('is READY to be applied in delete mode, a PREVIEW in report mode, EMPTY without removals', () => {
    expect(makePlan({ ...from, targets: [here] }).status).toBe('READY');
    expect(makePlan({ ...from, mode: 'report', targets: [here] }).status).toBe('PREVIEW');
    expect(makePlan({ ...from, targets: [] }).status).toBe('EMPTY');
    expect(makePlan({ ...from, mode: 'report', targets: [] }).status).toBe('EMPTY');
  });

  it('is ordered by account, Region, the order of kinds, and age', () => {
    const plan = makePlan({
      ...from,
      targets: [
        { removals: [aRemoval({ accountId: OTHER_ACCOUNT })], held: [] },
        { removals: [aRemoval({ region: OTHER_REGION })], held: [] },
        {
          removals: [
            aRemoval({ resourceId: 'snap-old' }),
            aRemoval({ resourceId: 'snap-new' }),
            aRemoval({ resourceId: 'ami-1', kind: 'ami' }),
          ],
          held: [],
        },
      ],
    });
    expect(plan.removals.map((of) => [of.accountId.at(0), of.region, of.resourceId])).toEqual([
      ['1', REGION, 'ami-1'],
      ['1', REGION, 'snap-old'],
      ['1', REGION, 'snap-new'],
      ['1', OTHER_REGION, 'snap-1'],
      ['2', REGION, 'snap-1'],
    ]);
    expect([...removalsByTarget(plan)].map(([, removals]) => removals.length)).toEqual([3, 1, 1]);
  });

  it('is refused as a whole over maxRemovals: nothing is removed, everything is held', () => {
    const limits = someLimits({ maxRemovals: 1 });
    const removals = [aRemoval({ resourceId: 'snap-1' }), aRemoval({ resourceId: 'snap-2' })];
    const plan = makePlan({ ...from, limits, targets: [{ removals, held: [] }] });
    expect(plan).toMatchObject({
      status: 'REFUSED',
      refusal: { limit: 'maxRemovals', wanted: 2, allowed: 1 },
      removals: [],
      held: [
        { resourceId: 'snap-1', held: ['OVER_LIMIT'], limit: 'maxRemovals' },
        { resourceId: 'snap-2', held: ['OVER_LIMIT'], limit: 'maxRemovals' },
      ],
    });
    const preview = makePlan({
      ...from,
      mode: 'report',
      limits,
      targets: [{ removals, held: [] }],
    });
    expect(preview).toMatchObject({ status: 'PREVIEW', refusal: { wanted: 2 } });
    expect(preview.removals).toHaveLength(2);
  });

  it('names the three accounts that have most part in its refusal, over either limit', () => {
    const ids = ['111122223333', '222233334444', '333344445555', '444455556666'] as const;
    const shown = ids.map((accountId, i) => {
      const verdicts = { STALE: 5 - i, KEEP: 1, UNKNOWN: 0 };
      const kinds = { [KIND]: someCounts({ resources: 6 - i, verdicts }) };
      return anOutcome({ accountId, kinds });
    });
    const targets = ids.map((accountId, i) => ({
      removals: Array.from({ length: 1 + i }, (_, n) =>
        aRemoval({ accountId, resourceId: `snap-${n}` }),
      ),
      held: [],
    }));
    const overPercent = makePlan({
      ...from,
      limits: someLimits({ maxStalePercentOverall: 70 }),
      outcomes: [...shown, anOutcome({ region: OTHER_REGION, kinds: shown[0]?.kinds ?? {} })],
      targets,
    });
    expect(overPercent.refusal).toEqual({
      ...{ limit: 'maxStalePercentOverall', wanted: 79.2, allowed: 70 },
      largest: [
        { accountId: ids[0], count: 10, of: 12 },
        { accountId: ids[1], count: 4, of: 5 },
        { accountId: ids[2], count: 3, of: 4 },
      ],
    });
    const overNumber = makePlan({ ...from, limits: someLimits({ maxRemovals: 9 }), targets });
    expect(overNumber.refusal).toEqual({
      ...{ limit: 'maxRemovals', wanted: 10, allowed: 9 },
      largest: [
        { accountId: ids[3], count: 4, of: null },
        { accountId: ids[2], count: 3, of: null },
        { accountId: ids[1], count: 2, of: null },
      ],
    });
    expect(Plan.parse(overPercent)).toEqual(overPercent);
  });

  it('is not refused for an account that is held anyway, as 200 old empty snapshots make it', () => {
    const kindsOf = (STALE: number, resources: number) => ({
      [KIND]: someCounts({
        resources,
        verdicts: { STALE, KEEP: resources - STALE, UNKNOWN: 0 },
      }),
    });
    const waste = anOutcome({ accountId: OTHER_ACCOUNT, kinds: kindsOf(200, 201) });
    const calm = anOutcome({ kinds: kindsOf(1, 30) });
    const target = planned([aFinding({ accountId: OTHER_ACCOUNT })], { outcome: waste });
    const plan = makePlan({
      ...from,
      outcomes: [waste, calm],
      targets: [target, planned([aFinding()], { outcome: calm })],
    });
    expect(plan).toMatchObject({ status: 'READY', refusal: null });
    expect(plan.removals.map(({ accountId }) => accountId)).toEqual([ACCOUNT]);
    expect(plan.held).toMatchObject([{ accountId: OTHER_ACCOUNT, limit: 'maxStalePercent' }]);
  });

  it('tells by account which policy it was made with, and its digest covers them', () => {
    const policies = { [OTHER_ACCOUNT]: aPolicy({ graceDays: 90 }) };
    const plan = makePlan({ ...from, policies, targets: [here] });
    expect(plan.policies).toEqual(policies);
    expect(verifyPlan({ ...plan, policies: {} })).toBe(false);
  });

  it('is refused as a whole where too much of all that was seen is stale', () => {
    const counts = { resources: 24, verdicts: { STALE: 23, KEEP: 0, UNKNOWN: 1 } };
    const outcomes = [anOutcome({ kinds: { [KIND]: someCounts(counts) } })];
    const limits = someLimits({ maxStalePercentOverall: 95.8, maxRemovals: 0 });
    const plan = makePlan({ ...from, limits, outcomes, targets: [here] });
    // 23 of 24 are 95.83...: over 95.8, and said so.
    expect(plan).toMatchObject({
      status: 'REFUSED',
      refusal: { limit: 'maxStalePercentOverall', wanted: 95.9, allowed: 95.8 },
      removals: [],
      held: [{ resourceId: 'snap-1', held: ['OVER_LIMIT'], limit: 'maxStalePercentOverall' }],
    });
    expect(makePlan({ ...from, limits, outcomes, targets: [] })).toMatchObject({
      status: 'EMPTY',
      refusal: null,
    });
  });

  it('can be checked: a change of anything in it shows, another order of keys does not', () => {
    const plan = makePlan({ ...from, targets: [here] });
    expect(Plan.parse(plan)).toEqual(plan);
    expect(verifyPlan(plan)).toBe(true);
    const [removal] = plan.removals;
    expect(verifyPlan({ ...plan, removals: [{ ...aRemoval(), ...removal, sizeGiB: 9 }] })).toBe(
      false,
    );
    expect(verifyPlan({ ...plan, removals: [] })).toBe(false);
    const reordered = Object.fromEntries(Object.entries(plan).toReversed()) as Plan;
    expect(verifyPlan(reordered)).toBe(true);
  });
});

it('a plan of a version that called requireUndo by its older name is the one that was made', () => {
  const { requireUndo, allowRecreation: _r, allowIrreversible: _i, ...rest } = removesAtOnce;
  const old = { ...rest, requireRecycleBin: requireUndo };
  const { digest: _digest, ...made } = makePlan({
    ...{ executionId: 'e-1', mode: 'delete', now: NOW, namedPlan: null, approval: 'none' },
    ...{ policy: removesAtOnce, policies: {}, limits: someLimits(), kinds: [KIND], outcomes: [] },
    targets: [],
  });
  const written = { ...made, policy: old, policies: { [ACCOUNT]: { ...old, graceDays: 9 } } };
  const read = Plan.parse(JSON.parse(JSON.stringify({ ...written, digest: digestOf(written) })));
  expect(verifyPlan(read)).toBe(true);
  expect(policiesOf(read)).toEqual({
    policy: removesAtOnce,
    policies: { [ACCOUNT]: { ...removesAtOnce, graceDays: 9 } },
  });
});

describe('a plan that applies a named one', () => {
  const named = makePlan({
    executionId: 'e-1',
    mode: 'report',
    now: NOW,
    namedPlan: null,
    approval: 'none' as const,
    policy: removesAtOnce,
    policies: {},
    outcomes: [],
    limits: someLimits(),
    kinds: [KIND],
    targets: [
      {
        removals: [aRemoval({ resourceId: 'snap-1' }), aRemoval({ resourceId: 'snap-2' })],
        held: [],
      },
      { removals: [aRemoval({ resourceId: 'snap-9', accountId: OTHER_ACCOUNT })], held: [] },
    ],
  });
  const target = planned([aFinding(), aFinding({ resourceId: 'snap-new' })], {
    namedRemovals: removalsByTarget(named).get(`${aFinding().accountId}/${REGION}`),
  });
  const plan = makePlan({
    executionId: 'e-2',
    approval: 'none',
    mode: 'delete',
    now: NOW,
    namedPlan: named,
    policy: removesAtOnce,
    policies: {},
    outcomes: [],
    limits: someLimits(),
    kinds: [KIND],
    targets: [target],
  });

  it('removes what is in it and still stale, and nothing else', () => {
    expect(plan.basedOn).toBe('e-1');
    expect(plan.removals.map(({ resourceId }) => resourceId)).toEqual(['snap-1']);
  });

  it('accounts for the rest of both', () => {
    expect(plan.held.map(({ resourceId, held }) => [resourceId, held])).toEqual([
      ['snap-new', ['NOT_IN_NAMED_PLAN']],
      ['snap-2', ['NOT_STALE_NOW']],
      ['snap-9', ['NOT_STALE_NOW']],
    ]);
  });
});
