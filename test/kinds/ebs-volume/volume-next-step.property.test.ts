import fc from 'fast-check';
import { DAY_MS } from '../../../core/model/age.ts';
import { NextStep, type Observations } from '../../../core/model/verdict.ts';
import { EbsVolume, type VolumeCopy } from '../../../kinds/ebs-volume/facts.ts';
import { nextStep } from '../../../kinds/ebs-volume/next-step.ts';
import { aPolicy, daysAgo, NOW } from '../../support/organizations/snapshots.ts';
import { anEbsVolume, aVolumesCopy, dayAgo } from '../../support/organizations/volumes.ts';

const VOLUME = 'vol-1';
const seldom = <T>(usual: T, ...others: readonly T[]) =>
  fc.oneof({ weight: 8, arbitrary: fc.constant(usual) }, fc.constantFrom(...others));
const days = (max: number) => fc.integer({ min: 0, max });

const copy: fc.Arbitrary<VolumeCopy> = fc
  .record({
    state: seldom('completed', 'pending', 'error', 'recovering'),
    startedAt: fc.oneof({ weight: 9, arbitrary: days(600).map(daysAgo) }, fc.constant(null)),
    isMarked: seldom(false, true),
    isOfAmi: seldom(false, true),
    isManaged: seldom(false, true),
    finalCopyOf: fc.constantFrom(null, null, VOLUME, VOLUME, 'vol-2'),
    keepUntil: fc.constantFrom(dayAgo(-90), dayAgo(-31), dayAgo(-20), dayAgo(5), null),
  })
  .map(aVolumesCopy);
const volume = fc
  .record({
    type: fc.constantFrom('gp3', 'gp3', 'io2', 'st1', 'sc1'),
    state: seldom('available', 'error'),
    metrics: fc.oneof(
      {
        weight: 4,
        arbitrary: days(449).map((ago) => ({ from: dayAgo(450), lastDay: dayAgo(ago) })),
      },
      days(449).map((ago) => ({
        ...{ from: dayAgo(450), lastDay: dayAgo(ago), isUncontrolled: true as const },
      })),
      fc.constant({ from: dayAgo(450), lastDay: null }),
      fc.constantFrom('no-control' as const, null),
    ),
    copies: fc.oneof(
      { weight: 9, arbitrary: fc.array(copy, { maxLength: 4 }) },
      fc.constant<null>(null),
    ),
  })
  .map((given) => EbsVolume.parse(anEbsVolume({ volumeId: VOLUME, ...given })));
const seen: fc.Arbitrary<Observations> = fc.oneof(
  fc.constant({}),
  days(400).map((ago) => ({ unattached: { since: daysAgo(ago), lastSeen: daysAgo(0), looks: 3 } })),
);
const own = fc.record(
  {
    finalCopy: fc.constantFrom('ifNoCopy', 'always', 'never'),
    allowNoCopy: fc.boolean(),
  },
  { requiredKeys: [] },
);

function stepOf(facts: EbsVolume, of: object, before: Observations): NextStep {
  const policy = { ...aPolicy(), kinds: { 'ebs-volume': { ...of } } };
  return NextStep.parse(nextStep(facts, { policy, now: NOW, seen: before }));
}

/** Said anew, and not as the kind says it: the last moment at which anything may have had it. */
function lastAttached({ metrics }: EbsVolume, { unattached }: Observations): number {
  if (metrics === 'no-control') return Date.parse(unattached?.since ?? '9999-01-01');
  if (typeof metrics !== 'object' || metrics === null) return Infinity;
  const { from, lastDay, isUncontrolled } = metrics;
  const byMetrics = lastDay === null ? Date.parse(from) : Date.parse(lastDay) + DAY_MS;
  if (isUncontrolled !== true) return byMetrics;
  return Math.max(byMetrics, Date.parse(unattached?.since ?? '9999-01-01'));
}

function isByLooks({ metrics }: EbsVolume): boolean {
  return metrics === 'no-control' || (typeof metrics === 'object' && !!metrics?.isUncontrolled);
}

function counts(of: VolumeCopy, after: number): boolean {
  const isFit = !of.isMarked && !of.isOfAmi && !of.isManaged && of.state === 'completed';
  const isLater = of.startedAt !== null && Date.parse(of.startedAt) > after;
  if (of.finalCopyOf === null) return isFit && isLater;
  const stays = of.keepUntil !== null && Date.parse(of.keepUntil) >= NOW.getTime() + 30 * DAY_MS;
  return isFit && isLater && stays && of.finalCopyOf === VOLUME;
}

it('without a copy that counts nothing may be deleted at once, unless the policy says so', () => {
  let deletedByCopy = 0;
  let deletedByPolicy = 0;
  fc.assert(
    fc.property(volume, own, seen, (facts, of, before) => {
      const step = stepOf(facts, of, before);
      if (step.name !== 'delete' || step.hold !== undefined || step.notBefore !== null) return;
      const after = lastAttached(facts, before);
      const others = (one: VolumeCopy) => isByLooks(facts) && one.finalCopyOf === null;
      if (facts.copies?.some((one) => counts(one, after) && !others(one)) === true) {
        deletedByCopy += 1;
        return;
      }
      deletedByPolicy += 1;
      expect(of.allowNoCopy).toBe(true);
      expect(of.finalCopy ?? (/sc1|st1/.test(facts.type) ? 'never' : '')).toBe('never');
      expect(facts.copies).not.toBeNull();
      expect(facts.state).not.toBe('error');
    }),
    { numRuns: 2_000 },
  );
  expect([deletedByCopy, deletedByPolicy].every((times) => times > 50)).toBe(true);
});

it('what follows our own step has a final copy of this very volume', () => {
  fc.assert(
    fc.property(volume, own, seen, (facts, of, before) => {
      const step = stepOf(facts, of, before);
      if (step.name !== 'delete' || step.byItself === true) return;
      const ours = facts.copies?.filter(({ finalCopyOf }) => finalCopyOf === VOLUME) ?? [];
      const after = lastAttached(facts, before);
      const isMade = ours.some((one) => counts(one, after));
      expect(isMade || ours.some(({ state }) => state === 'pending')).toBe(true);
      if (!isMade) expect(Date.parse(step.notBefore ?? '')).toBeGreaterThan(NOW.getTime());
    }),
  );
});

it('a snapshot that does not count changes nothing, whatever else there is', () => {
  fc.assert(
    fc.property(volume, own, seen, copy, (facts, of, before, more) => {
      fc.pre(facts.copies !== null && more.state !== 'pending');
      fc.pre(!counts(more, lastAttached(facts, before)));
      const copies = [...(facts.copies ?? []), more];
      expect(stepOf({ ...facts, copies }, of, before)).toEqual(stepOf(facts, of, before));
    }),
  );
});
