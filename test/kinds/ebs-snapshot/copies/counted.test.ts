import { FINAL_COPY_OF } from '../../../../core/tags/final-copy.ts';
import { MARKER } from '../../../../core/tags/marker.ts';
import { whyUncounted } from '../../../../kinds/ebs-snapshot/copies/counted.ts';
import { CompletedOfVolumes, groupsOf } from '../../../../kinds/ebs-snapshot/copies/groups.ts';
import { aPolicy, aSnapshot, aVolume, daysAgo } from '../../../support/organizations/snapshots.ts';

const OF_AMI = 'Created by CreateImage(i-0123456789abcdef0) for ami-0123456789abcdef0';
const POLICY = aPolicy();
const KEEPING = { ...POLICY, own: { keepLastLeftover: true } };
const VOLUME = 'vol-0123456789abcdef0';
const FINAL = { [FINAL_COPY_OF]: VOLUME };

it.each([
  [OF_AMI, true],
  [`${OF_AMI} from ${VOLUME}`, true],
  ['', false],
  ['before the upgrade', false],
  [`not "${OF_AMI}"`, false],
  [`${OF_AMI}, keep`, false],
  ['Created by CreateImage for ami-0a1b', false],
])('"%s" is of CreateImage: %s', (description, is) =>
  expect(whyUncounted({ description, tags: {} }) === 'LEFTOVER').toBe(is),
);

it('others rely on what is completed, and not on what is marked, an AMI left or a date ends', () => {
  const listed = [
    aSnapshot({ snapshotId: 'snap-new', startedAt: daysAgo(10) }),
    aSnapshot({ snapshotId: 'snap-old', startedAt: daysAgo(20) }),
    aSnapshot({ snapshotId: 'snap-ami', description: OF_AMI }),
    aSnapshot({ snapshotId: 'snap-final', tags: FINAL }),
    aSnapshot({ snapshotId: 'snap-marked', tags: { [MARKER.key]: 'true' } }),
    aSnapshot({ snapshotId: 'snap-pending', state: 'pending' }),
    aSnapshot({ snapshotId: 'snap-copy', volumeId: 'vol-ffffffff' }),
  ];
  const completed = new CompletedOfVolumes(listed);
  const seenBy = (id: string) =>
    listed.flatMap((one) => (one.snapshotId === id ? completed.for(one) : []));
  for (const id of ['snap-new', 'snap-old', 'snap-marked', 'snap-pending'])
    expect(seenBy(id)).toEqual(['snap-old', 'snap-new']);
  // What isn't counted is among them for itself alone.
  expect(seenBy('snap-ami')).toEqual(['snap-ami', 'snap-old', 'snap-new']);
  expect(seenBy('snap-final')).toEqual(['snap-final', 'snap-old', 'snap-new']);
  expect(seenBy('snap-copy')).toEqual([]);
});

it('an AMI’s snapshot stays that is newer than all that are counted, as long as these stay', () => {
  const newest = (completedOfVolume: string[]) =>
    groupsOf(aSnapshot({ snapshotId: 'snap-ami', description: OF_AMI, completedOfVolume }), POLICY)
      .copies;
  expect(newest(['snap-0', 'snap-ami'])).toMatchObject({
    ...{ others: ['snap-0'], isNewest: true, newer: [] },
  });
  expect(newest(['snap-ami', 'snap-0'])).toMatchObject({
    ...{ others: ['snap-0'], isNewest: false, newer: ['snap-0'] },
  });
});

it.each([
  ['an AMI left', { description: OF_AMI }, 'LEFTOVER'],
  ['a removal made', { tags: FINAL }, 'BY_DATE'],
  ['both', { description: OF_AMI, tags: FINAL }, 'BY_DATE'],
] as const)('what %s relies on the others, and isn’t counted itself', (_, own, uncounted) => {
  const snapshot = aSnapshot({
    ...own,
    snapshotId: 'snap-1',
    completedOfVolume: ['snap-1', 'snap-0'],
  });
  expect(groupsOf(snapshot, POLICY).copies).toEqual({
    ...{ id: VOLUME, others: ['snap-0'], isNewest: false, uncounted },
    ...(uncounted === 'LEFTOVER' && { newer: ['snap-0'] }),
  });
  expect(groupsOf({ ...snapshot, completedOfVolume: ['snap-0'] }, POLICY)).toEqual({});
  expect(groupsOf({ ...snapshot, volumeId: 'vol-ffffffff' }, POLICY)).toEqual({});
});

it('what an AMI left behind is no copy, and is treated as one of an AMI that is there where the policy says so', () => {
  const left = aSnapshot({
    ...{ snapshotId: 'snap-1', description: OF_AMI, completedOfVolume: ['snap-0', 'snap-1'] },
    originAmi: { amiId: 'ami-0a1b2c3d', by: 'CreateImage', isThere: false },
  });
  const there = { ...left, originAmi: { ...left.originAmi!, isThere: true } };
  const { newer: _none, ...copies } = groupsOf(left, KEEPING).copies!;
  expect(groupsOf(left, KEEPING)).toEqual(groupsOf(there, POLICY));
  expect(copies.uncounted).toBe('LEFTOVER');
  expect(groupsOf(left, POLICY).copies).toEqual({ ...copies, uncounted: 'LEFT_BEHIND' });
});

describe('a volume is leaving', () => {
  const leaves = (over: Parameters<typeof aSnapshot>[0]) =>
    groupsOf(aSnapshot(over), POLICY).copies?.isOriginLeaving === true;

  it('where it is marked for removal, or in the Recycle Bin', () => {
    expect(leaves({ volume: { ...aVolume(), isMarked: true } })).toBe(true);
    expect(leaves({ usedBy: { 'volumes-in-recycle-bin': [VOLUME] } })).toBe(true);
  });

  it('and otherwise it isn’t', () => {
    expect(leaves({ volume: aVolume() })).toBe(false);
    expect(leaves({ usedBy: { amis: ['ami-1'] } })).toBe(false);
  });
});
