import fc from 'fast-check';
import { emptyHistory } from '../../../../core/history/history.ts';
import { keyInTarget } from '../../../../core/model/ids.ts';
import type { Finding } from '../../../../core/model/verdict.ts';
import { hardestOf } from '../../../../core/plan/hold-lift.ts';
import { holdsBySet } from '../../../../core/plan/together/holds-by-set.ts';
import { makePlan } from '../../../../core/plan/make-plan.ts';
import { wholesFirst } from '../../../../core/plan/together/parts.ts';
import { planTarget } from '../../../../core/plan/target/plan-target.ts';
import type { TargetToPlan } from '../../../../core/plan/target/target-to-plan.ts';
import {
  aFinding,
  anOutcome,
  aPolicy,
  daysBefore,
  NOW,
  someCounts,
  someLimits,
} from '../../../support/summaries/builders.ts';

const IMAGE = 'image';
const STEPS = [
  { name: 'archive', undo: 'REVERSE' },
  { name: 'delete', undo: 'REVERSE' },
] as const;
type StepName = (typeof STEPS)[number]['name'];

interface Given {
  readonly id: string;
  readonly partOf?: readonly string[];
  readonly set?: string;
  readonly step?: StepName;
  readonly isStale?: boolean;
  /** Nothing holds it for a reason of its own. */
  readonly isFree?: boolean;
  /** In days; the higher, the older. */
  readonly age?: number;
}

function findingOf({ id, partOf = [], set, step = 'archive', isStale = true, age = 50 }: Given) {
  return aFinding({
    kind: IMAGE,
    resourceId: id,
    verdict: isStale ? 'STALE' : 'KEEP',
    startedAt: daysBefore(age),
    ageDays: age,
    evidence: {
      ...(partOf.length > 0 && { partOf: [...partOf] }),
      ...(set !== undefined && { set: { id: set, size: 1, members: [id] } }),
    },
    nextStep: { name: step, notBefore: null, byItself: true },
  });
}

function toPlan(images: readonly Given[], most = 100): TargetToPlan {
  const inGrace = images.filter(({ isFree = true }) => !isFree).map(findingOf);
  const seen = (days: number) => (finding: Finding) =>
    [keyInTarget(finding), { staleSince: daysBefore(days), lastSeen: daysBefore(0) }] as const;
  return {
    outcome: anOutcome({ kinds: { [IMAGE]: someCounts({ resources: 1_000 }) } }),
    accountOutcomes: [],
    staleFindings: images.map(findingOf),
    history: {
      ...emptyHistory(),
      entries: Object.fromEntries([
        ...images.map(findingOf).map(seen(30)),
        ...inGrace.map(seen(1)),
      ]),
    },
    policy: aPolicy({ graceDays: 14 }),
    limits: someLimits({ maxRemovalsPerTarget: most }),
    rules: new Map([[IMAGE, { watched: [], steps: STEPS }]]),
    remove: [IMAGE],
    now: NOW,
  };
}
const plan = (images: readonly Given[], most?: number) => planTarget(toPlan(images, most));
const idsOf = (of: readonly { resourceId: string }[]) => of.map(({ resourceId }) => resourceId);
const heldOf = ({ held }: ReturnType<typeof plan>) =>
  Object.fromEntries(held.map((one) => [one.resourceId, one.held]));

const INDEX = { id: 'index', age: 10 };
const CHILD = { id: 'child', partOf: ['index'], age: 50 };
const SIGNATURE = { id: 'signature', partOf: ['child'], age: 60 };

it('what something is a part of goes first, however young', () => {
  const { removals } = plan([SIGNATURE, CHILD, INDEX]);
  expect(idsOf(removals)).toEqual(['index', 'child', 'signature']);
  expect(removals.map(({ partOf }) => partOf)).toEqual([undefined, ['index'], ['child']]);
});

it('a part stays where what it is a part of stays, down to the last one', () =>
  expect(heldOf(plan([SIGNATURE, CHILD, { ...INDEX, isFree: false }]))).toEqual({
    index: ['IN_GRACE'],
    child: ['WHOLE_STAYS'],
    signature: ['WHOLE_STAYS'],
  }));

it('a part is held for as long as what keeps its whole: its own hold, or its verdict', () => {
  const liftOf = (images: readonly Given[], id = 'signature') => {
    const one = plan(images).held.find(({ resourceId }) => resourceId === id)!;
    expect(holdsBySet([one])(one)).toMatchObject(hardestOf(one));
    return [one.notWhole, hardestOf(one)];
  };
  const waits = { reason: 'IN_GRACE', liftedBy: 'LATER_EXECUTIONS' };
  expect(liftOf([SIGNATURE, CHILD, { ...INDEX, isFree: false }])).toEqual([
    { resourceId: 'index', reasons: ['IN_GRACE'] },
    waits,
  ]);
  const forGood = { reason: 'WHOLE_STAYS', liftedBy: 'PERSON' };
  const kept = { ...INDEX, isStale: false };
  const { reasons } = findingOf(kept);
  expect(liftOf([SIGNATURE, CHILD, kept])).toEqual([{ resourceId: 'index', reasons }, forGood]);
  expect(liftOf([SIGNATURE, CHILD])).toEqual([undefined, forGood]);
  // It takes one step, and then the part may take its own.
  expect(liftOf([{ ...CHILD, step: 'delete' }, INDEX], 'child')[1]).toEqual({
    ...{ reason: 'STEP_NOT_DUE', liftedBy: 'LATER_EXECUTIONS' },
  });
});

it('a whole that is held for good, as one of the newest of its family, holds its parts for good', () => {
  const newest = { family: { id: 'web', keep: 1, newer: 0 } };
  const findings = [CHILD, INDEX].map((of) => {
    const finding = findingOf(of);
    return of.id === 'index' ? { ...finding, evidence: newest } : finding;
  });
  const { held } = planTarget({ ...toPlan([CHILD, INDEX]), staleFindings: findings });
  expect(held.map(hardestOf)).toEqual([
    { reason: 'NEWEST_OF_FAMILY', liftedBy: 'PERSON' },
    { reason: 'NEWEST_OF_FAMILY', liftedBy: 'PERSON' },
  ]);
});

it('where a kind has sets and parts, nothing of either goes, whatever a limit leaves room for', () => {
  const all = [{ ...INDEX, set: 's' }, CHILD, { id: 'alone' }, { ...SIGNATURE, set: 't' }];
  const target = plan(all);
  expect(idsOf(target.removals)).toEqual(['alone']);
  expect(heldOf(target)).toEqual({
    index: ['SET_NOT_WHOLE'],
    child: ['WHOLE_STAYS'],
    signature: ['SET_NOT_WHOLE', 'WHOLE_STAYS'],
  });
  expect(new Set(target.held.map((one) => hardestOf(one).liftedBy))).toEqual(new Set(['PERSON']));
});

it('a part stays where what it is a part of is in use, or not there', () => {
  expect(heldOf(plan([CHILD, { ...INDEX, isStale: false }]))).toEqual({ child: ['WHOLE_STAYS'] });
  expect(heldOf(plan([CHILD]))).toEqual({ child: ['WHOLE_STAYS'] });
});

it('a part of two stays while one of them stays', () => {
  const shared = { ...CHILD, partOf: ['index', 'other'] };
  expect(heldOf(plan([shared, INDEX, { id: 'other', isStale: false }]))).toEqual({
    child: ['WHOLE_STAYS'],
  });
  expect(idsOf(plan([shared, INDEX, { id: 'other' }]).removals)).toEqual([
    ...['index', 'other', 'child'],
  ]);
});

it('what it is a part of goes whatever becomes of the part', () =>
  expect(idsOf(plan([{ ...CHILD, isFree: false }, INDEX]).removals)).toEqual(['index']));

it('a part follows what is a step further already', () => {
  const { removals } = plan([CHILD, { ...INDEX, step: 'delete', isFree: false }]);
  expect(removals).toMatchObject([{ resourceId: 'child', step: 'archive' }]);
  expect(removals[0]).not.toHaveProperty('partOf');
});

it('a part never goes a step further than what it is a part of', () =>
  expect(heldOf(plan([{ ...CHILD, step: 'delete' }, INDEX]))).toEqual({ child: ['WHOLE_STAYS'] }));

it('what is a part of itself stays', () => {
  const { removals, held } = plan([{ ...INDEX, partOf: ['child'] }, CHILD]);
  expect(removals).toEqual([]);
  expect(held).toHaveLength(2);
});

it('a limit cuts off parts, and never what they are parts of', () => {
  const { removals, held } = plan([SIGNATURE, CHILD, INDEX], 2);
  expect(idsOf(removals)).toEqual(['index', 'child']);
  expect(held).toMatchObject([{ resourceId: 'signature', held: ['OVER_LIMIT'] }]);
});

it('a chain of parts may be as long as somebody makes it', () => {
  const chain = Array.from({ length: 20_000 }, (_, i) => ({
    id: `image-${i}`,
    partOf: i === 0 ? [] : [`image-${i - 1}`],
    age: i % 500,
  }));
  expect(plan(chain.toReversed(), 3).removals.map(({ resourceId }) => resourceId)).toEqual([
    ...['image-0', 'image-1', 'image-2'],
  ]);
});

it('what has no parts stays in its order', () => {
  const items = ['c', 'a', 'b'];
  expect(wholesFirst(items, (item) => [item])).toBe(items);
});

const images = fc
  .array(
    fc.record({
      wholes: fc.array(fc.nat(11), { maxLength: 3 }),
      step: fc.constantFrom<StepName[]>('archive', 'archive', 'delete'),
      isStale: fc.constantFrom(true, true, true, false),
      isFree: fc.constantFrom(true, true, true, true, false),
      age: fc.integer({ min: 1, max: 500 }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((all) =>
    all.map(({ wholes, ...of }, index) => {
      // Mostly of those before it, so that they aren't all in circles.
      const partOf = wholes.filter((whole) => whole < index || whole > 10);
      return { id: `image-${index}`, ...of, partOf: [...new Set(partOf)].map((i) => `image-${i}`) };
    }),
  );

it('every planned part comes after all that it is a part of, or those are further, whatever the limits', () => {
  const counts = { parts: 0, held: 0, over: 0 };
  fc.assert(
    fc.property(images, fc.nat(12), fc.nat(12), (all, most, mostOfAccount) => {
      const given = new Map<string, Given>(all.map((one) => [one.id, one]));
      const target = plan(all, most);
      const { removals, held } = makePlan({
        ...{ executionId: 'x', mode: 'delete', approval: 'none', now: NOW, namedPlan: null },
        ...{ policy: aPolicy(), policies: {}, kinds: [IMAGE], outcomes: [], targets: [target] },
        limits: someLimits({ maxRemovalsPerAccount: mostOfAccount, maxRemovals: 1_000 }),
      } as never);
      const before = new Set<string>();
      for (const { resourceId, partOf = [] } of removals) {
        const { partOf: wholes = [], step = 'archive' } = given.get(resourceId)!;
        const same = wholes.filter((id) => given.get(id)?.step === step);
        for (const id of wholes) {
          const whole = given.get(id);
          expect(whole?.isStale).toBe(true);
          if (whole?.step === step) expect(before.has(id)).toBe(true);
          else expect([step, whole?.step]).toEqual(['archive', 'delete']);
        }
        expect(partOf).toEqual(same);
        before.add(resourceId);
        counts.parts += wholes.length;
      }
      expect(removals.length).toBeLessThanOrEqual(Math.min(most, mostOfAccount));
      for (const one of held) {
        if (one.held.includes('WHOLE_STAYS')) counts.held += 1;
        if (one.held.includes('OVER_LIMIT')) counts.over += 1;
      }
    }),
    { numRuns: 1_000 },
  );
  expect(Math.min(...Object.values(counts))).toBeGreaterThan(50);
});
