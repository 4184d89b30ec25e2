import fc from 'fast-check';
import { DAY_MS } from '../../../core/model/age.ts';
import { EMPTY_STAGE, type Funnel, type Stage } from '../../../core/summary/funnel/funnel.ts';
import { countPlan } from '../../../core/summary/plan-counts.ts';
import { hardestOf, liftedBy } from '../../../core/plan/hold-lift.ts';
import { RemovalResult } from '../../../core/outcome/outcome.ts';
import {
  type HeldRemoval,
  LimitName,
  type Plan,
  type PlannedRemoval,
} from '../../../core/plan/plan.ts';
import { HoldReason } from '../../../core/model/hold-reason.ts';
import { makePlan } from '../../../core/plan/make-plan.ts';
import {
  aPolicy,
  aRemoval,
  aRemovalOutcome,
  KIND,
  NOW,
  someLimits,
} from '../../support/summaries/builders.ts';

const aHeld = (id: number | string, given: Partial<HeldRemoval> = {}): HeldRemoval => {
  const { kind, accountId, region } = aRemoval();
  return {
    ...{ kind, accountId, region, resourceId: `snap-held${id}`, held: ['LAST_COPY'] },
    ...{ sizeGiB: 100, monthlyCostUsdUpTo: 5, staleSince: NOW.toISOString() },
    ...given,
  };
};

const aPlan = (given: Partial<Plan> = {}): Plan => ({
  ...makePlan({
    ...{ executionId: 'weekly-1', mode: 'report', approval: 'none', now: NOW, namedPlan: null },
    ...{ policy: aPolicy(), policies: {}, limits: someLimits(), kinds: [KIND] },
    ...{ outcomes: [], targets: [] },
  }),
  ...given,
});

const ofPlan = (plan: Partial<Plan>, removals: Parameters<typeof countPlan>[1] = []) =>
  countPlan(aPlan(plan), removals).funnel.total();

describe('the funnel', () => {
  it('takes each of what is stale for what is hardest to lift', () => {
    const { inGrace, waiting, needsDecision } = ofPlan({
      held: [
        aHeld(1, { held: ['IN_GRACE'] }),
        aHeld(2, { held: ['IN_GRACE', 'LAST_COPY', 'NO_RECYCLE_BIN_RULE'] }),
        aHeld(3, { held: ['IN_GRACE', 'NO_RECYCLE_BIN_RULE'] }),
        aHeld(4, { held: ['SHARING_NOT_CHECKED'] }),
        aHeld(5, { held: ['IN_GRACE', 'OTHERS_USE_UNKNOWN'] }),
      ],
    });
    expect([inGrace.resources, waiting.resources, needsDecision.resources]).toEqual([2, 1, 2]);
    expect(Object.keys(waiting.byReason)).toEqual(['SHARING_NOT_CHECKED']);
    expect(needsDecision.byReason).toMatchObject({
      LAST_COPY: { resources: 1 },
      NO_RECYCLE_BIN_RULE: { resources: 1 },
    });
  });

  it('leaves what is over a limit on numbers to later executions, and what is over a share to a person', () => {
    const over = (limit: LimitName) => aHeld(limit, { held: ['OVER_LIMIT'], limit });
    const { waiting, needsDecision } = ofPlan({ held: LimitName.options.map(over) });
    expect(waiting.resources).toBe(2);
    expect(needsDecision.resources).toBe(LimitName.options.length - 2);
    expect(liftedBy('OVER_LIMIT', 'maxRemovalsPerAccount')).toBe('LATER_EXECUTIONS');
    expect(liftedBy('OVER_LIMIT')).toBe('PERSON');
  });

  it('says when the first grace ends and when the last, by the policy of each account', () => {
    const other = '999922223333';
    const { inGrace, obtainable } = ofPlan({
      policy: aPolicy({ graceDays: 14 }),
      policies: { [other]: aPolicy({ graceDays: 3 }) },
      held: [
        aHeld(1, { held: ['IN_GRACE'] }),
        aHeld(2, { held: ['IN_GRACE'], accountId: other }),
        aHeld(3, { held: ['IN_GRACE', 'LAST_COPY'], staleSince: '2020-01-01T00:00:00.000Z' }),
        aHeld(4, { held: ['IN_GRACE'], staleSince: null }),
      ],
    });
    const inDays = (days: number) => new Date(NOW.getTime() + days * DAY_MS).toISOString();
    expect(inGrace).toMatchObject({ resources: 3, firstUntil: inDays(3), lastUntil: inDays(14) });
    expect(obtainable.from).toBe(inDays(3));
  });

  it('can be had from now on where the plan removes anything, and never where all needs a decision', () => {
    const held = [aHeld(1, { held: ['IN_GRACE'] })];
    const plan = aPlan({ removals: [aRemoval()], held });
    expect(ofPlan(plan).obtainable).toMatchObject({ resources: 2, from: plan.createdAt });
    expect(ofPlan({ held: [aHeld(1)] }).obtainable).toMatchObject({ resources: 0, from: null });
  });

  it('can be had from the end of the grace where nothing else goes by the next run', () => {
    const ends = new Date(NOW.getTime() + aPolicy().graceDays * DAY_MS).toISOString();
    const inGrace = aHeld(1, { held: ['IN_GRACE'], monthlyCostUsdUpTo: 7 });
    const copy = aHeld(2, { held: ['LAST_COPY_OF_REMOVED_VOLUME'] });
    const ofCopies = ofPlan({ held: [inGrace, copy] });
    expect(ofCopies.waiting.resources).toBe(1);
    expect(ofCopies.obtainable).toMatchObject({
      ...{ resources: 1, monthlyCostUsdUpTo: 7, from: ends },
    });
    expect(ofPlan({ held: [copy] }).obtainable).toMatchObject({ resources: 0, from: null });
    const between = aHeld(3, { held: ['STEP_NOT_DUE'] });
    expect(ofPlan({ held: [inGrace, between] }).obtainable).toMatchObject({
      ...{ resources: 2, from: null },
    });
    const asked = aHeld(4, { held: ['NOT_CHECKED'] });
    expect(ofPlan({ held: [inGrace, asked] }).obtainable.from).toBe(NOW.toISOString());
  });

  it('lets nothing be had of a plan that would be refused as a whole', () => {
    const refusal = { limit: 'maxRemovals' as const, wanted: 2, allowed: 1 };
    const { removable, obtainable, needsDecision } = ofPlan({ removals: [aRemoval()], refusal });
    expect([removable.resources, obtainable.resources]).toEqual([0, 0]);
    expect(needsDecision.byReason.OVER_LIMIT?.resources).toBe(1);
  });

  it.each(RemovalResult.options)(
    'after a removal that ended as %s, says what is left',
    (outcome) => {
      const removal = aRemoval();
      const { removed, obtainable, removable } = ofPlan({ removals: [removal] }, [
        aRemovalOutcome({ ...removal, outcome }),
      ]);
      const isLeft = ['DENIED', 'FAILED', 'NOT_ATTEMPTED', 'STEP_DONE'].includes(outcome);
      expect(removable.resources).toBe(1);
      expect(removed.resources).toBe(outcome === 'REMOVED' ? 1 : 0);
      expect(obtainable.resources).toBe(isLeft ? 1 : 0);
      const isDue = isLeft && outcome !== 'STEP_DONE';
      expect(obtainable.from).toBe(isDue ? NOW.toISOString() : null);
    },
  );

  it('counts what shares data once in each stage, as its largest', () => {
    const shared = { sharesWith: 'vol-1' };
    const removals = [
      aRemoval({ resourceId: 'snap-1', sizeGiB: 10, monthlyCostUsdUpTo: 1, ...shared }),
      aRemoval({ resourceId: 'snap-2', sizeGiB: 12, monthlyCostUsdUpTo: 2, ...shared }),
    ];
    const held = [
      aHeld(1, { sizeGiB: 12, monthlyCostUsdUpTo: 2, ...shared }),
      aHeld(2, { held: ['IN_GRACE'], sizeGiB: 11, monthlyCostUsdUpTo: 1.5, ...shared }),
    ];
    const { removable, obtainable, needsDecision } = ofPlan({ removals, held });
    expect(removable).toEqual(aStage(2, 12, 2));
    expect(needsDecision).toMatchObject(aStage(1, 12, 2));
    expect(obtainable).toMatchObject(aStage(3, 12, 2));
  });

  it('takes what a plan of an earlier version holds for what has no price', () => {
    const { monthlyCostUsdUpTo: _none, ...old } = aHeld(1);
    expect(ofPlan({ held: [old] }).needsDecision).toMatchObject({
      ...{ monthlyCostUsdUpTo: 0, unpricedGiB: 100, unpricedUnsized: 0 },
    });
  });

  const ofSet = (id: number, given: Partial<HeldRemoval>) =>
    aHeld(id, { set: { id: 'set-1', size: 2 }, ...given });
  const GRACE_OVER = '2020-01-01T00:00:00.000Z';

  it('lets a set that waits for the grace of a member wait, until that is over', () => {
    const notWhole = { resourceId: 'snap-held2', reasons: ['IN_GRACE'] };
    const { inGrace, needsDecision, obtainable } = ofPlan({
      policy: aPolicy({ graceDays: 14 }),
      held: [
        ofSet(1, { held: ['SET_NOT_WHOLE'], notWhole, staleSince: GRACE_OVER }),
        ofSet(2, { held: ['IN_GRACE'] }),
        ofSet(3, { held: ['IN_GRACE'], staleSince: '2026-01-01T00:00:00.000Z' }),
      ],
    });
    const ends = new Date(NOW.getTime() + 14 * DAY_MS).toISOString();
    expect(needsDecision.resources).toBe(0);
    expect(inGrace).toMatchObject({ resources: 3, firstUntil: ends, lastUntil: ends });
    expect(obtainable.from).toBe(ends);
  });

  it('has a person decide on a set of which any member needs it, or is not stale at all', () => {
    const inGrace = { resourceId: 'snap-held2', reasons: ['IN_GRACE'] };
    const inUse = { resourceId: 'snap-used', reasons: ['IN_USE'] };
    const one = (notWhole: HeldRemoval['notWhole']) =>
      ofSet(1, { held: ['SET_NOT_WHOLE'], ...(notWhole && { notWhole }) });
    const waits = ofSet(2, { held: ['IN_GRACE', 'SET_NOT_WHOLE'], notWhole: inGrace });
    const last = ofSet(3, { held: ['IN_GRACE', 'LAST_COPY'] });
    expect(ofPlan({ held: [one(inGrace), waits, last] }).needsDecision.resources).toBe(3);
    expect(ofPlan({ held: [one(inUse)] }).needsDecision.resources).toBe(1);
    expect(ofPlan({ held: [one(undefined)] }).needsDecision.resources).toBe(1);
  });

  it('promises nothing for now, and no day, by a wrong clock', () => {
    const { removable, inGrace, obtainable } = ofPlan({
      clock: { awsAt: null, ownAt: NOW.toISOString() },
      removals: [aRemoval()],
      held: [aHeld(1, { held: ['IN_GRACE'] })],
    });
    expect([removable.resources, inGrace.resources]).toEqual([0, 2]);
    expect([inGrace.firstUntil, inGrace.lastUntil, obtainable.from]).toEqual([null, null, null]);
  });

  it('leaves out what a named plan has and nobody finds stale', () => {
    const { inGrace, waiting, needsDecision } = ofPlan({
      held: [aHeld(1, { held: ['NOT_STALE_NOW'], staleSince: null })],
    });
    expect(total([inGrace, waiting, needsDecision])).toBe(0);
  });
});

describe('for any plan', () => {
  const aSized = {
    sizeGiB: fc.integer({ min: 0, max: 4096 }),
    monthlyCostUsdUpTo: fc.option(fc.integer({ min: 0, max: 100 })),
    sharesWith: fc.constantFrom(undefined, 'vol-1', 'vol-2'),
  };
  const helds = fc.array(
    fc.record({
      ...aSized,
      held: fc.uniqueArray(fc.constantFrom(...HoldReason.options), { minLength: 1 }),
      limit: fc.constantFrom(undefined, ...LimitName.options),
      staleSince: fc.constantFrom(null, NOW.toISOString()),
    }),
  );
  const removals = fc.array(
    fc.record({
      ...aSized,
      goesOn: fc.constantFrom(undefined, true as const),
      outcome: fc.constantFrom(undefined, ...RemovalResult.options),
    }),
  );
  const funnels = fc.record({ helds, removals, isRefused: fc.boolean() }).map((of) => {
    const planned = of.removals.map(({ outcome, sharesWith, goesOn, ...sized }, i) => ({
      // A step that isn't the last removes nothing.
      outcome: goesOn && outcome === 'REMOVED' ? 'STEP_DONE' : outcome,
      removal: aRemoval({
        ...{ resourceId: `snap-${i}`, ...sized },
        ...(sharesWith && { sharesWith }),
        ...(goesOn && { goesOn }),
      }),
    }));
    const held = of.helds.map(({ limit, sharesWith, ...one }, i) =>
      aHeld(i, { ...one, ...(limit && { limit }), ...(sharesWith && { sharesWith }) }),
    );
    const refusal = of.isRefused ? { limit: 'maxRemovals' as const, wanted: 2, allowed: 1 } : null;
    const plan = { held, removals: planned.map(({ removal }) => removal), refusal };
    const outcomes = planned.flatMap(({ outcome, removal }) =>
      outcome === undefined ? [] : [aRemovalOutcome({ ...removal, outcome })],
    );
    return { plan, funnel: ofPlan(plan, outcomes) };
  });

  it('has everything stale in exactly one stage', () => {
    fc.assert(
      fc.property(funnels, ({ plan, funnel }) => {
        const { inGrace, waiting, needsDecision, inSteps = EMPTY_STAGE, removable } = funnel;
        const stale = plan.held.filter(({ held }) => !held.includes('NOT_STALE_NOW'));
        expect(total([inGrace, waiting, needsDecision, inSteps, removable])).toBe(
          plan.removals.length + stale.length,
        );
        for (const { byReason, resources } of [waiting, needsDecision])
          expect(total(Object.values(byReason))).toBe(resources);
      }),
    );
  });

  it('lets nothing be had that a person has to decide about', () => {
    fc.assert(
      fc.property(funnels, ({ plan, funnel }) => {
        const decided = plan.held.filter((held) => hardestOf(held).liftedBy === 'PERSON');
        expect(funnel.obtainable.resources).toBeLessThanOrEqual(
          plan.removals.length + plan.held.length - decided.length,
        );
        expect(funnel.obtainable.resources).toBeLessThanOrEqual(
          total([funnel.inGrace, funnel.waiting, funnel.inSteps ?? EMPTY_STAGE, funnel.removable]),
        );
      }),
    );
  });

  it('is worth no more together than its parts, and no less than the largest of them', () => {
    fc.assert(
      fc.property(funnels, ({ funnel }) => {
        const { inGrace, waiting, inSteps = EMPTY_STAGE, removable, obtainable, removed } = funnel;
        const parts = [inGrace, waiting, inSteps, removable];
        const all = parts.map(({ monthlyCostUsdUpTo }) => monthlyCostUsdUpTo);
        expect(obtainable.monthlyCostUsdUpTo).toBeLessThanOrEqual(all.reduce((a, b) => a + b, 0));
        expect(obtainable.monthlyCostUsdUpTo).toBeGreaterThanOrEqual(
          Math.max(inGrace.monthlyCostUsdUpTo, ...toBeHad(waiting)),
        );
        expect(removed.monthlyCostUsdUpTo).toBeLessThanOrEqual(removable.monthlyCostUsdUpTo);
      }),
    );
  });
});

/** What each of them comes to, but for what waits for something else to be gone. */
function toBeHad({ byReason }: Funnel['waiting']): number[] {
  const { LAST_COPY_OF_REMOVED_VOLUME: _waits, ...others } = byReason;
  return Object.values(others).map(({ monthlyCostUsdUpTo }) => monthlyCostUsdUpTo);
}

describe('the funnels of several kinds', () => {
  const volume = (id: string, given: Partial<PlannedRemoval> = {}): PlannedRemoval => ({
    ...aRemoval(),
    ...{ kind: 'ebs-volume', resourceId: `vol-${id}`, sizeGiB: 8, monthlyCostUsdUpTo: 1300 },
    ...given,
  });
  const copied = volume('copied', { step: 'copy', goesOn: true });
  const deleted = volume('deleted', { step: 'delete' });
  const heldVolume = aHeld('v', { kind: 'ebs-volume', held: ['IN_GRACE'] });
  const plan = aPlan({
    removals: [aRemoval(), copied, deleted],
    held: [aHeld(1), heldVolume],
  });

  it('are one for each, and add up to that of all', () => {
    const { funnel } = countPlan(plan);
    const { 'ebs-volume': volumes, [KIND]: snapshots, ...others } = funnel.byKind();
    expect(others).toEqual({});
    expect([volumes?.stale.resources, snapshots?.stale.resources]).toEqual([3, 2]);
    expect(volumes?.inGrace.resources).toBe(1);
    expect(snapshots?.needsDecision.byReason.LAST_COPY?.resources).toBe(1);
    const all = funnel.total();
    for (const stage of ['stale', 'inGrace', 'removable', 'needsDecision', 'obtainable'] as const)
      for (const what of ['resources', 'monthlyCostUsdUpTo'] as const)
        expect((volumes?.[stage][what] ?? 0) + (snapshots?.[stage][what] ?? 0)).toBe(
          all[stage][what],
        );
  });

  it('take what is only copied for nothing that can be saved now, and for something to be had', () => {
    const { inSteps, removable, obtainable } = countPlan({ ...plan, held: [] }).funnel.total();
    expect(inSteps).toEqual(aStage(1, 8, 1300));
    expect(removable.resources).toBe(2);
    expect(obtainable.resources).toBe(3);
    const onlyCopies = countPlan({ ...plan, removals: [copied], held: [] }).funnel.total();
    expect([onlyCopies.removable.resources, onlyCopies.obtainable]).toEqual([
      0,
      { ...aStage(1, 8, 1300), from: null },
    ]);
  });

  it('tell of a kind of which nothing was found, too', () => {
    const found = new Map([['ebs-volume', aStage(0, 0, 0)]]);
    expect(countPlan(aPlan()).funnel.byKind(found)['ebs-volume']?.stale.resources).toBe(0);
  });
});

function aStage(resources: number, sizeGiB: number, monthlyCostUsdUpTo: number): Stage {
  return { resources, sizeGiB, monthlyCostUsdUpTo, unpricedGiB: 0, unpricedUnsized: 0 };
}

function total(stages: readonly Pick<Funnel['stale'], 'resources'>[]): number {
  return stages.reduce((sum, { resources }) => sum + resources, 0);
}
