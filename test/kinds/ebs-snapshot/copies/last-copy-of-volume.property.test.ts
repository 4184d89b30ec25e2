import fc from 'fast-check';
import { emptyHistory } from '../../../../core/history/history.ts';
import type { MadeById } from '../../../../core/history/made.ts';
import { keyInTarget } from '../../../../core/model/ids.ts';
import type { Finding } from '../../../../core/model/verdict.ts';
import { evidenceOfGroups } from '../../../../core/plan/together/groups.ts';
import { planTarget } from '../../../../core/plan/target/plan-target.ts';
import { FINAL_COPY_OF } from '../../../../core/tags/final-copy.ts';
import { MARKER } from '../../../../core/tags/marker.ts';
import { assess } from '../../../../kinds/ebs-snapshot/assess.ts';
import { CompletedOfVolumes, groupsOf } from '../../../../kinds/ebs-snapshot/copies/groups.ts';
import type { EbsSnapshot, Volume } from '../../../../kinds/ebs-snapshot/facts.ts';
import { ebsVolume } from '../../../../kinds/ebs-volume/index.ts';
import { rulesByKind } from '../../../../kinds/among.ts';
import { KINDS } from '../../../../kinds/registry.ts';
import { aPolicy, aSnapshot, daysAgo, NOW } from '../../../support/organizations/snapshots.ts';
import {
  aFinding,
  anOutcome,
  daysBefore,
  someCounts,
  someLimits,
} from '../../../support/summaries/builders.ts';

const SNAPSHOT = 'ebs-snapshot';
const VOLUME = 'ebs-volume';
const MARKED = { [MARKER.key]: MARKER.value };
const OF_AMI = 'Created by CreateImage(i-0123456789abcdef0) for ami-0123456789abcdef0';

/** What may have become of a volume, as AWS shows it and as orgsweep's record tells. */
const volume = fc.record({
  there: fc.constantFrom('UNUSED', 'UNUSED', 'KEPT', 'GONE', 'GONE', 'BIN'),
  isMarked: fc.boolean(),
  record: fc.constantFrom('NOTHING', 'NOTHING', 'STEP', 'GONE_30_DAYS_AGO'),
  step: fc.constantFrom('copy', 'delete'),
});
const snapshot = fc.record({
  days: fc.integer({ min: 100, max: 900 }),
  as: fc.constantFrom('PLAIN', 'PLAIN', 'PLAIN', 'LEFTOVER', 'FINAL', 'FINAL'),
  isMarked: fc.constantFrom(false, false, false, true),
  isKept: fc.constantFrom(false, false, false, true),
});
const account = fc.array(
  fc.record({ volume, snapshots: fc.array(snapshot, { minLength: 1, maxLength: 5 }) }),
  { minLength: 1, maxLength: 5 },
);
type Account = typeof account extends fc.Arbitrary<infer T> ? T : never;

const volumeId = (index: number) => `vol-0${index}`;
const snapshotId = (index: number, of: number) => `snap-0${index}${of}`;

function snapshotsOf(index: number, { volume: of, snapshots }: Account[number]): EbsSnapshot[] {
  const id = volumeId(index);
  const isThere = of.there === 'UNUSED' || of.there === 'KEPT';
  const seen: Volume = { volumeId: id, state: 'available', attachments: [] };
  const listed = snapshots.map(({ days, as, isMarked, isKept }, i) =>
    aSnapshot({
      ...{ snapshotId: snapshotId(index, i), volumeId: id, startedAt: daysAgo(days) },
      volume: isThere ? { ...seen, ...(of.isMarked && { isMarked: true as const }) } : null,
      description: as === 'LEFTOVER' ? OF_AMI : '',
      usedBy: {
        ...(of.there === 'BIN' && { 'volumes-in-recycle-bin': [id] }),
        ...(isKept && { amis: ['ami-1'] }),
      },
      tags: {
        ...(isMarked && MARKED),
        ...(as === 'FINAL' && {
          [FINAL_COPY_OF]: id,
          'orgsweep:keep-until': daysAgo(days - 90).slice(0, 10),
        }),
      },
    }),
  );
  const completed = new CompletedOfVolumes(listed);
  return listed.map((one) => ({ ...one, completedOfVolume: completed.for(one) }));
}

const MADE: MadeById = new Map(
  [0, 1, 2, 3, 4].flatMap((index) =>
    [0, 1, 2, 3, 4].map((of) => [
      snapshotId(index, of),
      {
        ...{ of: `${VOLUME}:${volumeId(index)}`, step: 'copy', at: daysAgo(900), executionId: 'e' },
        removed: { at: daysAgo(890), executionId: 'later' },
      },
    ]),
  ),
);

function findingsOf(all: Account): Finding[] {
  return all.flatMap((one, index) => {
    const { there, isMarked, step } = one.volume;
    const own = aFinding({
      ...{ kind: VOLUME, resourceId: volumeId(index), tags: isMarked ? MARKED : {} },
      verdict: there === 'KEPT' ? 'KEEP' : 'STALE',
      nextStep: { name: step, notBefore: null, byItself: true },
      evidence: {},
    });
    const snapshots = snapshotsOf(index, one).map((facts) => {
      const { verdict } = assess(facts, aPolicy(), NOW, {}, MADE);
      const groups = groupsOf(facts, aPolicy());
      return aFinding({
        ...{ kind: SNAPSHOT, resourceId: facts.snapshotId, tags: facts.tags, verdict },
        startedAt: facts.startedAt,
        evidence: evidenceOfGroups(groups, facts.tags),
      });
    });
    return there === 'GONE' || there === 'BIN' ? snapshots : [own, ...snapshots];
  });
}

/** As the registry has them, but that a volume can be removed whatever its kind says of that by now. */
function rules() {
  const steps = ['copy', 'delete'].map((name) => ({ name, undo: 'REVERSE' }) as const);
  const own = rulesByKind(KINDS);
  return new Map([...own, [VOLUME, { watched: ebsVolume.watched, steps }]]);
}

function historyOf(all: Account) {
  const entries = all.flatMap(({ volume: { record, there } }, index) => {
    if (record === 'NOTHING' || there === 'KEPT') return [];
    const key = keyInTarget({ kind: VOLUME, resourceId: volumeId(index) });
    const entry = { staleSince: daysBefore(60, NOW), lastSeen: daysBefore(31, NOW) };
    const at = daysBefore(30, NOW);
    const done = { step: 'copy', at, executionId: 'earlier' };
    return [[key, { ...entry, ...(record === 'STEP' ? { steps: [done] } : { goneAt: at }) }]];
  });
  return { ...emptyHistory(), entries: Object.fromEntries(entries) };
}

it('a plan never has a volume and any copy of it', () => {
  const counts = { volumes: 0, snapshots: 0, finals: 0, held: 0 };
  const MANY = someCounts({ resources: 1_000 });
  fc.assert(
    fc.property(
      account,
      fc.boolean(),
      fc.constantFrom([SNAPSHOT, VOLUME], [SNAPSHOT]),
      (all, allowLastCopy, remove) => {
        const { removals, held } = planTarget({
          outcome: anOutcome({ kinds: { [SNAPSHOT]: MANY, [VOLUME]: MANY } }),
          accountOutcomes: [],
          staleFindings: findingsOf(all).filter(({ verdict }) => verdict === 'STALE'),
          history: historyOf(all),
          policy: aPolicy({
            ...{ allowLastCopy, graceDays: 0, requireUndo: false },
            allowRecreation: [],
          }),
          limits: someLimits({ maxRemovalsPerTarget: 1_000, maxRemovalsPerAccount: 1_000 }),
          rules: rules(),
          remove,
          now: NOW,
        });
        const planned = new Set(removals.map(({ resourceId }) => resourceId));
        for (const [index, { volume: of, snapshots }] of all.entries()) {
          const isLeaving =
            planned.has(volumeId(index)) ||
            of.there === 'BIN' ||
            (of.there !== 'KEPT' && of.record !== 'NOTHING') ||
            (of.there !== 'GONE' && of.isMarked);
          const going = snapshots.filter((_, i) => planned.has(snapshotId(index, i)));
          const finals = going.filter(({ as }) => as === 'FINAL');
          const left = snapshots.filter(
            ({ as, isMarked }, i) =>
              as === 'PLAIN' && !isMarked && !planned.has(snapshotId(index, i)),
          );
          // A final copy goes by its date, and never while its volume may come back.
          if (isLeaving) expect(finals).toEqual([]);
          const others = going.length - finals.length;
          // Which of the others the volume relies on, only its own kind knows.
          if (isLeaving) expect(others).toBe(0);
          else if (others > 0 && !allowLastCopy) expect(left.length).toBeGreaterThan(0);
          if (planned.has(volumeId(index))) counts.volumes += 1;
          counts.snapshots += others;
          counts.finals += finals.length;
        }
        for (const one of held)
          if (one.held.includes('LAST_COPY_OF_REMOVED_VOLUME')) counts.held += 1;
      },
    ),
    { numRuns: 2_000 },
  );
  expect(Math.min(...Object.values(counts))).toBeGreaterThan(100);
});
