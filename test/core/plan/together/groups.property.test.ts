import fc from 'fast-check';
import { emptyHistory } from '../../../../core/history/history.ts';
import { keyInTarget } from '../../../../core/model/ids.ts';
import type { Finding, VerdictName } from '../../../../core/model/verdict.ts';
import { evidenceOfGroups, type Groups } from '../../../../core/plan/together/groups.ts';
import { planTarget } from '../../../../core/plan/target/plan-target.ts';
import type { TargetToPlan } from '../../../../core/plan/target/target-to-plan.ts';
import { MARKER } from '../../../../core/tags/marker.ts';
import {
  aFinding,
  anOutcome,
  aPolicy,
  aRemoval,
  daysBefore,
  NOW,
  someCounts,
  someLimits,
} from '../../../support/summaries/builders.ts';

const COPY = 'copy';
const ORIGIN = 'origin';
const MARKED = { [MARKER.key]: MARKER.value };

/** How an original stands, besides its verdict. */
interface Original {
  readonly verdict: VerdictName;
  readonly isMarked: boolean;
  /** By the history of the target. */
  readonly record: 'NOTHING' | 'STEP' | 'GONE';
  readonly isInBin: boolean;
  readonly set: number | null;
}
const original: fc.Arbitrary<Original> = fc.record({
  verdict: fc.constantFrom('STALE', 'STALE', 'STALE', 'KEEP', 'UNKNOWN'),
  isMarked: fc.boolean(),
  record: fc.constantFrom('NOTHING', 'NOTHING', 'STEP', 'GONE'),
  isInBin: fc.boolean(),
  set: fc.constantFrom(null, null, 0, 1),
});

interface Copied {
  readonly age: number;
  readonly verdict: VerdictName;
  readonly isMarked: boolean;
}
const copied: fc.Arbitrary<Copied> = fc.record({
  age: fc.integer({ min: 1, max: 900 }),
  verdict: fc.constantFrom('STALE', 'STALE', 'STALE', 'KEEP'),
  isMarked: fc.constantFrom(false, false, false, true),
});

const originals = fc.array(
  fc.record({ original, copies: fc.array(copied, { minLength: 1, maxLength: 4 }) }),
  { minLength: 1, maxLength: 6 },
);
type Originals = typeof originals extends fc.Arbitrary<infer T> ? T : never;

/** Groups as a kind that lists all copies finds them, newest last. */
function copiesOf(index: number, copies: Originals[number]['copies'], isInBin: boolean) {
  const all = copies.map((of, i) => ({ ...of, id: `copy-${index}-${i}` }));
  const unmarked = all.filter(({ isMarked }) => !isMarked).toSorted((a, b) => b.age - a.age);
  return all.map((of) => {
    const groups: Groups = {
      copies: {
        id: `origin-${index}`,
        others: unmarked.flatMap(({ id }) => (id === of.id ? [] : [id])),
        isNewest: unmarked.at(-1)?.id === of.id,
        isOriginLeaving: isInBin,
      },
    };
    return { ...of, groups };
  });
}

function findingsOf(all: Originals): Finding[] {
  const found: Finding[] = [];
  for (const [index, { original: of, copies }] of all.entries()) {
    const mates = all.flatMap(({ original: { set } }, i) =>
      set === of.set ? [`origin-${i}`] : [],
    );
    if (of.record !== 'GONE')
      found.push(
        aFinding({
          kind: ORIGIN,
          resourceId: `origin-${index}`,
          verdict: of.verdict,
          tags: of.isMarked ? MARKED : {},
          ...(of.set !== null &&
            mates.length > 1 && {
              evidence: { set: { id: `set-${of.set}`, size: mates.length, members: mates } },
            }),
        }),
      );
    for (const { id, age, verdict, isMarked, groups } of copiesOf(index, copies, of.isInBin)) {
      const tags = isMarked ? MARKED : {};
      const evidence = evidenceOfGroups(groups, tags);
      const startedAt = daysBefore(age);
      found.push(
        aFinding({ kind: COPY, resourceId: id, verdict, tags, evidence, startedAt, ageDays: age }),
      );
    }
  }
  return found;
}

/** So many that no percentage is over its limit. */
const MANY = someCounts({ resources: 1_000 });
const STEP = { name: 'delete', undo: 'REVERSE' } as const;
const target = fc
  .record({
    originals,
    isCopyFirst: fc.boolean(),
    allowLastCopy: fc.boolean(),
    graceDays: fc.constantFrom(0, 0, 14),
    seenFor: fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 40, maxLength: 40 }),
    most: fc.integer({ min: 0, max: 8 }),
    mostOfOrigins: fc.integer({ min: 0, max: 8 }),
    remove: fc.constantFrom([COPY, ORIGIN], [COPY, ORIGIN], [COPY], [ORIGIN]),
    isNamed: fc.constantFrom(false, false, false, true),
  })
  .map((of) => {
    const findings = findingsOf(of.originals);
    const done = { step: 'delete', at: daysBefore(1), executionId: 'earlier' };
    const entries = findings.map((finding, i) => {
      const days = of.seenFor[i] ?? 0;
      return [keyInTarget(finding), { staleSince: daysBefore(days), lastSeen: daysBefore(0) }];
    });
    for (const [i, { original: by }] of of.originals.entries()) {
      const seen = { staleSince: daysBefore(20), lastSeen: daysBefore(1) };
      const key = keyInTarget({ kind: ORIGIN, resourceId: `origin-${i}` });
      if (by.record === 'GONE') entries.push([key, { ...seen, goneAt: daysBefore(1) } as never]);
      if (by.record === 'STEP') entries.push([key, { ...seen, steps: [done] } as never]);
    }
    const rules = [
      [COPY, { watched: [], steps: [STEP], origin: ORIGIN }],
      [ORIGIN, { watched: [], steps: [STEP] }],
    ] as const;
    const inOrder = of.isCopyFirst ? [COPY, ORIGIN] : [ORIGIN, COPY];
    const toPlan: TargetToPlan = {
      outcome: anOutcome({
        kinds: Object.fromEntries(inOrder.map((kind) => [kind, MANY])),
      }),
      accountOutcomes: [],
      staleFindings: findings,
      history: { ...emptyHistory(), entries: Object.fromEntries(entries) },
      policy: aPolicy({ allowLastCopy: of.allowLastCopy, graceDays: of.graceDays }),
      limits: someLimits({
        maxRemovalsPerTarget: of.most,
        kinds: { [ORIGIN]: { maxRemovalsPerTarget: of.mostOfOrigins } },
      }),
      rules: new Map(of.isCopyFirst ? rules : rules.toReversed()),
      remove: of.remove,
      ...(of.isNamed && {
        namedRemovals: findings.map(({ kind, resourceId }) => aRemoval({ kind, resourceId })),
      }),
      now: NOW,
    };
    return { ...of, toPlan };
  });

const idsOf = (of: readonly { kind: string; resourceId: string }[], kind: string) =>
  new Set(of.flatMap((one) => (one.kind === kind ? [one.resourceId] : [])));

/** Of an original, the copies that nobody else may be about to remove, and those of them that go. */
function copiesLeft(index: number, copies: Originals[number]['copies'], gone: ReadonlySet<string>) {
  const there = copies.flatMap(({ isMarked }, i) => (isMarked ? [] : [`copy-${index}-${i}`]));
  return there.filter((id) => !gone.has(id)).length;
}

it('no plan has an original that goes, or is on its way out, and any copy of it', () => {
  const counts = { planned: 0, held: 0 };
  fc.assert(
    fc.property(target, ({ originals: all, toPlan, allowLastCopy }) => {
      const { removals, held } = planTarget(toPlan);
      const [copies, going] = [idsOf(removals, COPY), idsOf(removals, ORIGIN)];
      counts.planned += copies.size;
      for (const [index, { original: of, copies: given }] of all.entries()) {
        const id = `origin-${index}`;
        const isListed = of.record !== 'GONE';
        const isLeaving =
          going.has(id) || (isListed && of.isMarked) || of.record !== 'NOTHING' || of.isInBin;
        const goesAny = given.some((_, i) => copies.has(`copy-${index}-${i}`));
        // Which of them what goes relies on, only its own kind knows: all of them stay.
        if (isLeaving) expect([id, goesAny]).toEqual([id, false]);
        else if (goesAny && !allowLastCopy)
          expect(copiesLeft(index, given, copies)).toBeGreaterThan(0);
      }
      for (const one of held)
        if (one.held.includes('LAST_COPY_OF_REMOVED_VOLUME')) counts.held += 1;
    }),
    { numRuns: 1_500 },
  );
  expect(Math.min(...Object.values(counts))).toBeGreaterThan(50);
});

it('an original is never held for the sake of its copies', () => {
  fc.assert(
    fc.property(target, ({ toPlan }) => {
      const of = (findings: Iterable<Finding>) =>
        planTarget({ ...toPlan, staleFindings: findings });
      const alone = [...toPlan.staleFindings].filter(({ kind }) => kind === ORIGIN);
      expect(idsOf(of(toPlan.staleFindings).removals, ORIGIN)).toEqual(
        idsOf(of(alone).removals, ORIGIN),
      );
    }),
    { numRuns: 300 },
  );
});

it('an original that goes with none of its kind, as too many are unused, holds no copy', () => {
  const findings = findingsOf([
    {
      original: { verdict: 'STALE', isMarked: false, record: 'NOTHING', isInBin: false, set: null },
      copies: [{ age: 90, verdict: 'STALE', isMarked: false }],
    },
  ]);
  const { verdicts } = someCounts();
  const planned = (maxStalePercent: number) => {
    const { removals } = planTarget({
      outcome: anOutcome({
        kinds: {
          [COPY]: MANY,
          [ORIGIN]: someCounts({ resources: 100, verdicts: { ...verdicts, STALE: 50 } }),
        },
      }),
      accountOutcomes: [],
      staleFindings: findings,
      history: emptyHistory(),
      policy: aPolicy({ allowLastCopy: true, graceDays: 0 }),
      limits: someLimits({ maxStalePercent }),
      rules: new Map([
        [COPY, { watched: [], steps: [STEP], origin: ORIGIN }],
        [ORIGIN, { watched: [], steps: [STEP] }],
      ]),
      remove: [COPY, ORIGIN],
      now: NOW,
    });
    return removals.map(({ resourceId }) => resourceId);
  };
  expect(planned(60)).toEqual(['origin-0']);
  expect(planned(40)).toEqual(['copy-0-0']);
});

it('without an original that goes, the policy alone says whether last copies go', () => {
  fc.assert(
    fc.property(target, ({ toPlan, allowLastCopy, originals: all }) => {
      fc.pre(all.every(({ original: { isInBin } }) => !isInBin));
      const staleFindings = [...toPlan.staleFindings].filter(({ kind }) => kind === COPY);
      const history = {
        ...toPlan.history,
        entries: Object.fromEntries(
          Object.entries(toPlan.history.entries).filter(([key]) => key.startsWith(COPY)),
        ),
      };
      const { held } = planTarget({ ...toPlan, staleFindings, history });
      const reasons = new Set(held.flatMap((one) => one.held));
      expect(reasons.has('LAST_COPY_OF_REMOVED_VOLUME')).toBe(false);
      if (allowLastCopy) expect(reasons.has('LAST_COPY')).toBe(false);
    }),
    { numRuns: 300 },
  );
});

it('of a family the newest stay, in use or not, and of the others those may go that are unused', () => {
  const counts = { planned: 0, held: 0 };
  fc.assert(
    fc.property(
      fc.array(
        fc.record({ isStale: fc.boolean(), isMarked: fc.constantFrom(false, false, true) }),
        {
          minLength: 1,
          maxLength: 12,
        },
      ),
      fc.integer({ min: 0, max: 5 }),
      fc.boolean(),
      (members, keep, allowLastCopy) => {
        const family = members.map((of, i) => ({
          ...of,
          id: `image-${String(i).padStart(2, '0')}`,
        }));
        const findings = family.map(({ id, isStale, isMarked }, i) => {
          const tags = isMarked ? MARKED : {};
          const newer = family.slice(i + 1).flatMap((one) => (one.isMarked ? [] : [one.id]));
          return aFinding({
            kind: COPY,
            resourceId: id,
            verdict: isStale ? 'STALE' : 'KEEP',
            tags,
            startedAt: daysBefore(100 - i),
            evidence: evidenceOfGroups({ family: { id: 'web', keep, newer } }, tags),
          });
        });
        const { removals, held } = planTarget({
          outcome: anOutcome({ kinds: { [COPY]: MANY } }),
          accountOutcomes: [],
          staleFindings: findings,
          history: emptyHistory(),
          policy: aPolicy({ allowLastCopy, graceDays: 0 }),
          limits: someLimits({ maxRemovalsPerTarget: 100 }),
          rules: new Map([[COPY, { watched: [], steps: [STEP] }]]),
          remove: [COPY],
          now: NOW,
        });
        const gone = idsOf(removals, COPY);
        const unmarked = family.filter(({ isMarked }) => !isMarked);
        const newest = unmarked.slice(Math.max(0, unmarked.length - keep));
        for (const { id } of newest) expect(gone.has(id)).toBe(false);
        const older = family.filter(({ id, isStale }) => isStale && !isNewest(id, family, keep));
        expect([...gone]).toEqual(older.map(({ id }) => id));
        counts.planned += gone.size;
        counts.held += held.filter((one) => one.held.includes('NEWEST_OF_FAMILY')).length;
      },
    ),
    { numRuns: 500 },
  );
  expect(Math.min(...Object.values(counts))).toBeGreaterThan(50);
});

function isNewest(
  id: string,
  family: readonly { id: string; isMarked: boolean }[],
  keep: number,
): boolean {
  return family.filter((one) => one.id > id && !one.isMarked).length < keep;
}
