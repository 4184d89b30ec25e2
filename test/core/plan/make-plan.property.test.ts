import fc from 'fast-check';
import { verifyPlan } from '../../../core/plan/digest.ts';
import { emptyHistory } from '../../../core/history/history.ts';
import { makePlan } from '../../../core/plan/make-plan.ts';
import { planTarget } from '../../../core/plan/target/plan-target.ts';
import type { TargetToPlan } from '../../../core/plan/target/target-to-plan.ts';
import { UndoWay } from '../../../core/outcome/undo.ts';
import { Plan } from '../../../core/plan/plan.ts';
import { staleFindings, verdict } from '../../support/summaries/arbitraries.ts';
import {
  anOutcome,
  aPolicy,
  aRemoval,
  aRule,
  BIN_STEP,
  daysBefore,
  KIND,
  NOW,
  someLimits,
  RULES,
} from '../../support/summaries/builders.ts';
import { keyInTarget } from '../../../core/model/ids.ts';

/** Mostly as snapshots are removed. */
const step = fc.oneof(
  { weight: 3, arbitrary: fc.constant(BIN_STEP) },
  {
    weight: 3,
    arbitrary: fc.record({ name: fc.constant('go'), undo: fc.constantFrom(...UndoWay.options) }),
  },
);

/** Any policy, limits, history, named plan and way back. */
const target: fc.Arbitrary<TargetToPlan> = fc
  .record({
    findings: staleFindings,
    graceDays: fc.integer({ min: 0, max: 20 }),
    seenFor: fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 40 }),
    maxRemovalsPerTarget: fc.integer({ min: 0, max: 12 }),
    requireUndo: fc.boolean(),
    step,
    allowed: fc.subarray([`${KIND}:go`, 'other:go']),
    also: fc.subarray([`${KIND}:go`, `${KIND}:delete`]),
    retentionDays: fc.option(fc.integer({ min: 1, max: 365 })),
    named: fc.option(fc.subarray(Array.from({ length: 12 }, (_, i) => `snap-${i}-0`))),
    complete: fc.boolean(),
    ownGraceDays: fc.option(fc.integer({ min: 0, max: 30 }), { nil: undefined }),
    ownMost: fc.option(fc.integer({ min: 0, max: 12 }), { nil: undefined }),
    other: fc.array(verdict),
  })
  .map((of) => {
    const extra = of.other.map((given, i) => ({
      ...of.findings[0],
      resourceId: `other-${i}`,
      verdict: given,
    }));
    return {
      outcome: anOutcome({
        status: of.complete ? 'COMPLETE' : 'FAILED',
        ...(of.retentionDays !== null && {
          recycleBin: { [KIND]: { rules: [aRule({ retentionDays: of.retentionDays })] } },
        }),
      }),
      accountOutcomes: [],
      staleFindings: of.findings.length === 0 ? [] : [...of.findings, ...(extra as never[])],
      history: {
        ...emptyHistory(),
        entries: Object.fromEntries(
          of.findings.flatMap((finding, i) => {
            const days = of.seenFor[i];
            if (days === undefined) return [];
            return [
              [keyInTarget(finding), { staleSince: daysBefore(days), lastSeen: daysBefore(0) }],
            ];
          }),
        ),
      },
      policy: aPolicy({
        ...{ graceDays: of.graceDays, requireUndo: of.requireUndo },
        ...{ allowRecreation: of.allowed, allowIrreversible: of.also },
        ...(of.ownGraceDays !== undefined && {
          kinds: { [KIND]: { graceDays: of.ownGraceDays } },
        }),
      }),
      limits: someLimits({
        maxRemovalsPerTarget: of.maxRemovalsPerTarget,
        ...(of.ownMost !== undefined && {
          kinds: { [KIND]: { maxRemovalsPerTarget: of.ownMost } },
        }),
      }),
      rules: new Map([[KIND, { ...RULES.get(KIND)!, steps: [of.step] }]]),
      remove: [KIND],
      namedRemovals: of.named?.map((resourceId) => aRemoval({ resourceId })),
      now: NOW,
    };
  });

describe('whatever the policy, the limits and the history', () => {
  it('nothing is removed without a way back where one is required', () => {
    fc.assert(
      fc.property(target, (of) => {
        const rules = Object.values(of.outcome.recycleBin ?? {});
        for (const { restorableDays } of planTarget(of).removals) {
          const [first] = of.rules.get(KIND)!.steps;
          const isBinned = first?.undo === 'RECYCLE_BIN';
          expect(restorableDays !== undefined).toBe(isBinned && rules.length > 0);
          if (of.policy.requireUndo && isBinned) expect(restorableDays).toBeGreaterThan(0);
        }
      }),
    );
  });

  it('nothing is removed without a way back for sure but by a step that the policy names', () => {
    const counts = { kept: 0, taken: 0 };
    fc.assert(
      fc.property(target, (of) => {
        const { name, ...first } = of.rules.get(KIND)!.steps[0]!;
        // Nothing was made before the first step.
        const undo = first.undo === 'MADE' ? 'NONE' : first.undo;
        const { removals, held } = planTarget(of);
        if (['RECYCLE_BIN', 'REVERSE'].includes(undo)) {
          expect(held.flatMap((one) => one.step ?? [])).toEqual([]);
          return;
        }
        const list = undo === 'RECREATION' ? 'allowRecreation' : 'allowIrreversible';
        if (of.policy[list].includes(`${KIND}:${name}`)) {
          counts.taken += removals.length;
          return;
        }
        expect(removals).toEqual([]);
        const reason =
          undo === 'RECREATION' ? 'RECREATION_NOT_ALLOWED' : 'IRREVERSIBLE_NOT_ALLOWED';
        for (const one of held) expect([one.held.includes(reason), one.step]).toEqual([true, name]);
        counts.kept += held.length;
      }),
      { numRuns: 2_000 },
    );
    expect(Math.min(...Object.values(counts))).toBeGreaterThan(5);
  });

  it('no lineage loses its last copy', () => {
    fc.assert(
      fc.property(target, (of) => {
        const removed = new Map<string, number>();
        for (const { lineage } of planTarget(of).removals)
          if (lineage) removed.set(lineage.id, (removed.get(lineage.id) ?? 0) + 1);
        for (const { evidence } of of.staleFindings)
          if (evidence.lineage)
            expect(removed.get(evidence.lineage.id) ?? 0).toBeLessThan(evidence.lineage.size);
      }),
      { numRuns: 500 },
    );
  });

  it('every stale resource is either removed or held with a reason, and nothing else is', () => {
    fc.assert(
      fc.property(target, (of) => {
        const { removals, held } = planTarget(of);
        const stale = [...of.staleFindings].filter((finding) => finding.verdict === 'STALE');
        expect([...removals, ...held].map(keyInTarget).toSorted()).toEqual(
          stale.map(keyInTarget).toSorted(),
        );
        expect(removals.length).toBeLessThanOrEqual(of.limits.maxRemovalsPerTarget);
        const own = of.limits.kinds?.[KIND]?.maxRemovalsPerTarget ?? Infinity;
        expect(removals.length).toBeLessThanOrEqual(own);
        expect(held.every((one) => one.held.length > 0)).toBe(true);
      }),
    );
  });

  it('nothing is removed from an incomplete target, in grace, or outside the named plan', () => {
    fc.assert(
      fc.property(target, (of) => {
        const { removals } = planTarget(of);
        if (of.outcome.status !== 'COMPLETE') expect(removals).toEqual([]);
        for (const removal of removals) {
          for (const days of [of.policy.graceDays, of.policy.kinds?.[KIND]?.graceDays ?? 0])
            expect(Date.parse(removal.staleSince)).toBeLessThanOrEqual(
              Date.parse(daysBefore(days)),
            );
          const named = of.namedRemovals?.map(({ resourceId }) => resourceId);
          if (named) expect(named).toContain(removal.resourceId);
        }
      }),
    );
  });

  it('a named plan is the most that is removed, and all that it lists is accounted for', () => {
    fc.assert(
      fc.property(target, (of) => {
        const from = {
          ...{ executionId: 'e', mode: 'delete' as const, now: NOW, kinds: [KIND] },
          approval: 'none' as const,
          ...{ policy: of.policy, policies: {}, outcomes: [], limits: of.limits },
        };
        const namedTarget = { removals: [...(of.namedRemovals ?? [])], held: [] };
        const namedPlan = makePlan({ ...from, namedPlan: null, targets: [namedTarget] });
        const namedRemovals = namedPlan.removals;
        const targets = [planTarget({ ...of, namedRemovals })];
        const { removals, held } = makePlan({ ...from, namedPlan, targets });
        const named = new Set(namedRemovals.map(keyInTarget));
        for (const removal of removals) expect(named).toContain(keyInTarget(removal));
        const accounted = new Set([...removals, ...held].map(keyInTarget));
        for (const key of named) expect(accounted).toContain(key);
      }),
    );
  });

  it('the plan is valid JSON of its schema, and the same for any order of the findings', () => {
    fc.assert(
      fc.property(target, (of) => {
        const planOf = (given: TargetToPlan) =>
          makePlan({
            ...{
              executionId: 'e',
              mode: 'delete',
              now: NOW,
              namedPlan: null,
              approval: 'none' as const,
              kinds: [KIND],
            },
            ...{
              policy: of.policy,
              policies: {},
              outcomes: [],
              limits: of.limits,
              targets: [planTarget(given)],
            },
          });
        const plan = planOf(of);
        const read = Plan.parse(JSON.parse(JSON.stringify(plan)));
        expect(read).toEqual(plan);
        expect(verifyPlan(read)).toBe(true);
        const reversed = { ...of, staleFindings: [...of.staleFindings].toReversed() };
        expect(planOf(reversed).digest).toBe(plan.digest);
      }),
    );
  });
});
