import fc from 'fast-check';
import { emptyHistory } from '../../../core/history/history.ts';
import type { Limits } from '../../../core/input/input.ts';
import { makePlan } from '../../../core/plan/make-plan.ts';
import type { TargetOutcome } from '../../../core/outcome/outcome.ts';
import { oldestFirst } from '../../../core/model/order.ts';
import type { Plan } from '../../../core/plan/plan.ts';
import { planTarget } from '../../../core/plan/target/plan-target.ts';
import type { TargetToPlan } from '../../../core/plan/target/target-to-plan.ts';
import type { Finding } from '../../../core/model/verdict.ts';
import {
  aFinding,
  anOutcome,
  aPolicy,
  daysBefore,
  KIND,
  NOW,
  someCounts,
  someLimits,
  RULES,
} from '../../support/summaries/builders.ts';
import { resourceKey } from '../../../core/model/ids.ts';

const POLICY = aPolicy({ graceDays: 0, requireUndo: false });

interface Target {
  readonly outcome: TargetOutcome;
  readonly findings: readonly Finding[];
}

/** Targets of up to three accounts and three Regions, with some resources that are kept. */
const targets: fc.Arbitrary<Target[]> = fc
  .uniqueArray(
    fc.record({
      accountId: fc.constantFrom('111122223333', '222233334444', '333344445555'),
      region: fc.constantFrom('ap-east-1', 'eu-west-1', 'us-east-1'),
      ages: fc.array(fc.option(fc.integer({ min: 30, max: 90 })), { maxLength: 15 }),
      kept: fc.nat(15),
      complete: fc.boolean(),
    }),
    { maxLength: 9, selector: ({ accountId, region }) => `${accountId}/${region}` },
  )
  .map((given) =>
    given.map(({ accountId, region, ages, kept, complete }) => {
      const verdicts = { STALE: ages.length, KEEP: kept, UNKNOWN: 0 };
      const counts = someCounts({ resources: ages.length + kept, verdicts });
      const status = complete ? ('COMPLETE' as const) : ('THROTTLED' as const);
      return {
        outcome: anOutcome({ accountId, region, status, kinds: { [KIND]: counts } }),
        findings: ages.map((age, i) =>
          aFinding({
            ...{ accountId, region, resourceId: `snap-${region}-${i}` },
            startedAt: age === null ? null : daysBefore(age),
          }),
        ),
      };
    }),
  );

const limits: fc.Arbitrary<Limits> = fc
  .record({
    maxRemovalsPerTarget: fc.nat(12),
    maxRemovalsPerAccount: fc.nat(25),
    maxRemovals: fc.nat(60),
    maxStalePercent: fc.integer({ min: 50, max: 100 }),
    maxStalePercentPerAccount: fc.integer({ min: 50, max: 100 }),
    maxStalePercentOverall: fc.integer({ min: 50, max: 100 }),
  })
  .map(someLimits);

/** A target of another account beside those that are given. */
type Beside = Partial<TargetToPlan> & Pick<TargetToPlan, 'outcome' | 'staleFindings'>;

function planOf(
  given: readonly Target[],
  of: Limits,
  mode: 'delete' | 'report' = 'delete',
  beside?: Beside,
): Plan {
  const outcomes = given.map(({ outcome }) => outcome);
  const asked = {
    history: emptyHistory(),
    policy: POLICY,
    limits: of,
    rules: RULES,
    remove: [KIND],
    now: NOW,
  };
  return makePlan({
    ...{
      executionId: 'e',
      mode,
      now: NOW,
      namedPlan: null,
      approval: 'none' as const,
      kinds: [KIND],
      outcomes: beside ? [...outcomes, beside.outcome] : outcomes,
    },
    ...{ policy: POLICY, policies: {}, limits: of },
    targets: [
      ...given.map(({ outcome, findings }) =>
        planTarget({
          ...asked,
          outcome,
          accountOutcomes: outcomes.filter(({ accountId }) => accountId === outcome.accountId),
          staleFindings: findings,
        }),
      ),
      ...(beside ? [planTarget({ ...asked, accountOutcomes: [beside.outcome], ...beside })] : []),
    ],
  });
}

function allStale({ kinds }: TargetOutcome) {
  const resources = (kinds[KIND]?.resources ?? 0) + 20;
  return someCounts({ resources, verdicts: { STALE: resources, KEEP: 0, UNKNOWN: 0 } });
}

/** [stale, resources] of what was seen completely. */
function shareOf(given: readonly Target[]): [number, number] {
  const counts = given
    .filter(({ outcome }) => outcome.status === 'COMPLETE')
    .flatMap(({ outcome }) => Object.values(outcome.kinds));
  const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
  return [
    sum(counts.map(({ verdicts }) => verdicts.STALE)),
    sum(counts.map(({ resources }) => resources)),
  ];
}

function isHeldByItself(given: readonly Target[], { outcome }: Target, of: Limits): boolean {
  const account = given.filter((other) => other.outcome.accountId === outcome.accountId);
  const target = account.filter((other) => other.outcome.region === outcome.region);
  return (
    isOver(shareOf(target), of.maxStalePercent) ||
    isOver(shareOf(account), of.maxStalePercentPerAccount)
  );
}

const isOver = ([stale, resources]: [number, number], percent: number) =>
  resources >= 20 && (100 * stale) / resources > percent;
const countBy = <T>(items: readonly T[], keyOf: (item: T) => string) =>
  items.reduce(
    (counts, item) => counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1),
    new Map<string, number>(),
  );

describe('whatever was found, and whatever the limits', () => {
  const check = (property: (given: Target[], of: Limits) => void) =>
    fc.assert(fc.property(targets, limits, property), { numRuns: 300 });

  it('no plan removes more than they allow: in a target, in an account, at all', () => {
    check((given, of) => {
      const { removals } = planOf(given, of);
      const perTarget = countBy(removals, ({ accountId, region }) => `${accountId}/${region}`);
      const perAccount = countBy(removals, ({ accountId }) => accountId);
      expect(Math.max(0, ...perTarget.values())).toBeLessThanOrEqual(of.maxRemovalsPerTarget);
      expect(Math.max(0, ...perAccount.values())).toBeLessThanOrEqual(of.maxRemovalsPerAccount);
      expect(removals.length).toBeLessThanOrEqual(of.maxRemovals);
    });
  });

  it('no plan removes anything where too large a share is stale', () => {
    check((given, of) => {
      const { removals } = planOf(given, of);
      const counted = given.filter((target) => !isHeldByItself(given, target, of));
      if (isOver(shareOf(counted), of.maxStalePercentOverall)) expect(removals).toEqual([]);
      for (const removal of removals) {
        const account = given.filter(({ outcome }) => outcome.accountId === removal.accountId);
        const target = account.filter(({ outcome }) => outcome.region === removal.region);
        expect(isOver(shareOf(account), of.maxStalePercentPerAccount)).toBe(false);
        expect(isOver(shareOf(target), of.maxStalePercent)).toBe(false);
      }
    });
  });

  it('every stale resource is removed or held, none both, and what a limit holds names it', () => {
    check((given, of) => {
      const { removals, held, refusal } = planOf(given, of);
      const accounted = [...removals, ...held].map(resourceKey);
      const stale = given.flatMap(({ findings }) => findings).map(resourceKey);
      expect(accounted.toSorted()).toEqual(stale.toSorted());
      for (const one of held) expect(one.held.includes('OVER_LIMIT')).toBe(one.limit !== undefined);
      if (refusal !== null) expect(held.some(({ limit }) => limit === refusal.limit)).toBe(true);
    });
  });

  it('what a limit on numbers holds is younger than what goes, or as old', () => {
    check((given, of) => {
      const { removals, held } = planOf(given, of);
      const start = new Map(
        given.flatMap(({ findings }) => findings).map((finding) => [resourceKey(finding), finding]),
      );
      for (const one of held) {
        const sameAccount = removals.filter(({ accountId }) => accountId === one.accountId);
        const older =
          one.limit === 'maxRemovalsPerAccount'
            ? sameAccount
            : one.limit === 'maxRemovalsPerTarget'
              ? sameAccount.filter(({ region }) => region === one.region)
              : [];
        const surplus = start.get(resourceKey(one));
        for (const removal of older)
          if (surplus) expect(oldestFirst(removal, surplus)).toBeLessThanOrEqual(0);
      }
    });
  });

  it('an account that is held anyway changes nothing for the others, however much it shows', () => {
    const NOISY = '999900001111';
    const counts = fc
      .record({ stale: fc.integer({ min: 1, max: 3_000 }), kept: fc.nat(200) })
      .map(({ stale, kept }) =>
        someCounts({ resources: stale + kept, verdicts: { STALE: stale, KEEP: kept, UNKNOWN: 0 } }),
      );
    const ways: Record<string, (outcome: TargetOutcome) => Partial<TargetToPlan>> = {
      'its policy': () => ({ policy: { ...POLICY, neverRemove: true } }),
      'the sanity floor': (outcome) => ({ outcome: { ...outcome, references: { volumes: 0 } } }),
      'what was not seen': (outcome) => ({ outcome: { ...outcome, status: 'THROTTLED' } }),
      'its own percentage': (outcome) => ({
        outcome: { ...outcome, kinds: { [KIND]: allStale(outcome) } },
      }),
      'the plan that is applied': () => ({ namedRemovals: [] }),
    };
    const noisy = fc.record({ counts, way: fc.constantFrom(...Object.keys(ways)) });
    fc.assert(
      fc.property(targets, limits, noisy, (given, of, { counts: shown, way }) => {
        const outcome = anOutcome({ accountId: NOISY, kinds: { [KIND]: shown } });
        const held = ways[way]?.(outcome) ?? {};
        const alone = planOf(given, { ...of, maxStalePercent: 90 });
        const beside = planOf(given, { ...of, maxStalePercent: 90 }, 'delete', {
          outcome,
          staleFindings: Array.from({ length: 30 }, (_, i) =>
            aFinding({ accountId: NOISY, resourceId: `snap-noisy-${i}` }),
          ),
          ...held,
        });
        expect(beside.removals).toEqual(alone.removals);
        expect(beside.refusal).toEqual(alone.refusal);
      }),
      { numRuns: 300 },
    );
  });

  it('a preview says the same as the plan to come', () => {
    check((given, of) => {
      const [plan, preview] = [planOf(given, of), planOf(given, of, 'report')];
      expect(preview.refusal).toEqual(plan.refusal);
      if (plan.refusal === null) expect(preview.removals).toEqual(plan.removals);
    });
  });
});
