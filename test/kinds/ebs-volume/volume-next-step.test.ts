import { DAY_MS } from '../../../core/model/age.ts';
import type { EbsVolume, VolumeCopy } from '../../../kinds/ebs-volume/facts.ts';
import { nextStep } from '../../../kinds/ebs-volume/next-step.ts';
import { aPolicy, daysAgo, NOW } from '../../support/organizations/snapshots.ts';
import { anEbsVolume, aVolumesCopy, dayAgo } from '../../support/organizations/volumes.ts';

type Own = Readonly<Record<string, unknown>>;

const stepOf = (given: Partial<EbsVolume>, own: Own = {}, seen?: { unattached: string }) =>
  nextStep(anEbsVolume(given), {
    policy: { ...aPolicy(), kinds: { 'ebs-volume': own } },
    now: NOW,
    ...(seen && {
      seen: { unattached: { since: seen.unattached, lastSeen: daysAgo(0), looks: 9 } },
    }),
  });
/** A volume that was attached last 100 days ago, and the one snapshot of it. */
const withCopy = (copy: Partial<VolumeCopy>, own?: Own) =>
  stepOf({ copies: [aVolumesCopy(copy)] }, own);
const OURS = { finalCopyOf: anEbsVolume().volumeId, keepUntil: dayAgo(-90) };

const COPY = { name: 'copy', notBefore: null };
const DELETE = { name: 'delete', notBefore: null };
/** By the copy that orgsweep made. */
const BY_OURS = { ...DELETE, goesBy: ['snap-1'] };
const BY_ITSELF = { ...DELETE, byItself: true };
const NO_COPY = { ...BY_ITSELF, hold: 'NO_COPY' };

it('a volume without a copy is copied first, and deleted once there is one', () => {
  expect(stepOf({ copies: [] })).toEqual(COPY);
  expect(withCopy(OURS)).toEqual(BY_OURS);
});

it('it goes by those of ours that count, and by no older one', () => {
  const older = aVolumesCopy({ ...OURS, snapshotId: 'snap-0', startedAt: daysAgo(200) });
  const copies = [older, aVolumesCopy(OURS), aVolumesCopy({ ...OURS, snapshotId: 'snap-2' })];
  expect(stepOf({ copies })).toEqual({ ...DELETE, goesBy: ['snap-1', 'snap-2'] });
});

it('what nobody asked about, or AWS did not answer, is never taken for deletable', () => {
  expect(stepOf({ copies: null })).toEqual(COPY);
  expect(stepOf({ copies: null }, { finalCopy: 'never', allowNoCopy: true })).toEqual(COPY);
  expect(stepOf({ copies: null, type: 'sc1' })).toEqual(COPY);
});

it("somebody else's snapshot of it as it is now is copy enough, whoever made it", () => {
  expect(withCopy({})).toEqual(BY_ITSELF);
});

it.each<[string, Partial<VolumeCopy>]>([
  ['that is still being made', { state: 'pending' }],
  ['that failed', { state: 'error' }],
  ['in a state that nobody knows', { state: 'resting' }],
  ['from before it was attached last', { startedAt: daysAgo(101) }],
  // The day of the last datapoint counts as a day of use.
  ['of the day on which it was attached last', { startedAt: `${dayAgo(100)}T23:59:59.999Z` }],
  ['without a time', { startedAt: null }],
  ['that is about to be deleted', { isMarked: true }],
  ['that belongs to an AMI', { isOfAmi: true }],
  ['that a backup product deletes when it likes', { isManaged: true }],
  ['that is the final copy of another volume', { ...OURS, finalCopyOf: 'vol-2' }],
  ['of ours that ends in less than 30 days', { ...OURS, keepUntil: dayAgo(-29) }],
  ['of ours whose last day nobody can read', { ...OURS, keepUntil: null }],
  ['of ours that failed', { ...OURS, state: 'error' }],
  [
    'of ours that is about to be deleted, and pending',
    { ...OURS, state: 'pending', isMarked: true },
  ],
])('a snapshot %s is no copy', (_what, copy) => {
  expect(withCopy(copy)).toEqual(COPY);
  expect(withCopy(copy, { finalCopy: 'never' })).toEqual(NO_COPY);
});

it('one copy that counts is enough, whatever stands beside it', () => {
  const copies = [aVolumesCopy({ startedAt: daysAgo(200) }), aVolumesCopy(), aVolumesCopy(OURS)];
  expect(stepOf({ copies })).toEqual(BY_OURS);
  expect(stepOf({ copies: copies.slice(0, 2) })).toEqual(BY_ITSELF);
});

it('the copy that orgsweep makes is waited for, though another would do', () => {
  const notBefore = new Date(NOW.getTime() + DAY_MS).toISOString();
  const pending = aVolumesCopy({ ...OURS, state: 'pending' });
  expect(stepOf({ copies: [pending] })).toEqual({ ...BY_OURS, notBefore });
  expect(stepOf({ copies: [pending, aVolumesCopy()] })).toEqual({ ...BY_OURS, notBefore });
});

it('without a datapoint a copy has to be younger than what CloudWatch was asked for', () => {
  const silent = { metrics: { from: dayAgo(450), lastDay: null } };
  const copiedAgo = (days: number) => [aVolumesCopy({ startedAt: daysAgo(days) })];
  expect(stepOf({ ...silent, createdAt: daysAgo(900), copies: copiedAgo(451) })).toEqual(COPY);
  expect(stepOf({ ...silent, createdAt: daysAgo(900), copies: copiedAgo(448) })).toEqual(BY_ITSELF);
});

it('by its looks alone, a copy of ours counts from the first one that saw it unattached', () => {
  const facts = {
    metrics: 'no-control' as const,
    copies: [aVolumesCopy({ ...OURS, startedAt: daysAgo(40) })],
  };
  expect(stepOf(facts, {}, { unattached: daysAgo(41) })).toEqual(BY_OURS);
  expect(stepOf(facts, {}, { unattached: daysAgo(39) })).toEqual(COPY);
  expect(stepOf(facts)).toEqual(COPY);
});

// Nothing proves that nobody had it since: each look is of a moment.
it.each<[string, EbsVolume['metrics']]>([
  ['its looks alone', 'no-control'],
  [
    'a datapoint that no control stands beside',
    { from: dayAgo(450), lastDay: dayAgo(100), isUncontrolled: true },
  ],
])("by %s, nobody else's snapshot is a copy of it", (_what, by) => {
  const facts = { metrics: by, copies: [aVolumesCopy({ startedAt: daysAgo(40) })] };
  expect(stepOf(facts, {}, { unattached: daysAgo(90) })).toEqual(COPY);
  expect(stepOf(facts, { finalCopy: 'never' }, { unattached: daysAgo(90) })).toEqual(NO_COPY);
});

it('a datapoint from between the looks ends what they say: a copy of ours has to be younger', () => {
  const copies = [aVolumesCopy({ ...OURS, startedAt: daysAgo(40) })];
  const metrics = { from: dayAgo(450), isUncontrolled: true as const };
  const seen = { unattached: daysAgo(90) };
  expect(stepOf({ copies, metrics: { ...metrics, lastDay: dayAgo(39) } }, {}, seen)).toEqual(COPY);
  expect(stepOf({ copies, metrics: { ...metrics, lastDay: dayAgo(50) } }, {}, seen)).toEqual(
    BY_OURS,
  );
});

it('where nothing tells since when it is unattached, no snapshot is a copy of it', () => {
  expect(stepOf({ metrics: null, copies: [aVolumesCopy(), aVolumesCopy(OURS)] })).toEqual(COPY);
});

it.each(['sc1', 'st1'])(
  'a copy of %s costs more than it does: held, unless the policy says so',
  (type) => {
    expect(stepOf({ type })).toEqual(NO_COPY);
    expect(stepOf({ type }, { allowNoCopy: true })).toEqual(BY_ITSELF);
    expect(stepOf({ type }, { finalCopy: 'ifNoCopy' })).toEqual(COPY);
    expect(stepOf({ type, copies: [aVolumesCopy()] })).toEqual(BY_ITSELF);
  },
);

it('the policy may want a copy of our own always, or never', () => {
  expect(withCopy({}, { finalCopy: 'always' })).toEqual(COPY);
  expect(withCopy(OURS, { finalCopy: 'always' })).toEqual(BY_OURS);
  expect(withCopy({}, { finalCopy: 'never' })).toEqual(BY_ITSELF);
  expect(stepOf({}, { finalCopy: 'never' })).toEqual(NO_COPY);
  expect(stepOf({}, { finalCopy: 'never', allowNoCopy: true })).toEqual(BY_ITSELF);
  // Where a copy is made, it doesn't matter that none is needed.
  expect(stepOf({}, { allowNoCopy: true })).toEqual(COPY);
});

it('one that failed is held, whatever the policy and whatever snapshot there is', () => {
  const failed = { state: 'error', metrics: 'not-needed' as const, copies: [aVolumesCopy(OURS)] };
  for (const own of [{}, { allowNoCopy: true }, { finalCopy: 'never', allowNoCopy: true }])
    expect(stepOf(failed, own)).toEqual(NO_COPY);
});
