import { FINAL_COPY_OF } from '../../../../core/tags/final-copy.ts';
import { ebsSnapshot } from '../../../../kinds/ebs-snapshot/index.ts';
import { groupsNow, recheck } from '../../../../kinds/ebs-snapshot/aws.ts';
import { groupsOf } from '../../../../kinds/ebs-snapshot/copies/groups.ts';
import { element, filtersOf, lookAt, page, snapshotXml } from '../../../support/aws/fake-ec2.ts';
import { ec2Error } from '../../../support/aws/fake-aws.ts';
import { aPolicy, aSnapshot } from '../../../support/organizations/snapshots.ts';

const VOLUME = 'vol-1';
const snapshot = aSnapshot({ snapshotId: 'snap-1', volumeId: VOLUME });
const allow = { policy: aPolicy({ allowLastCopy: true }) };
const tagged = (key: string, value = '') =>
  `<item>${element('volumeId', VOLUME)}${element('status', 'available')}<tagSet>${element('item', { key, value })}</tagSet></item>`;
const MARKED = page('volumeSet', [tagged('orgsweep:marked', 'true')]);
const PLAIN = page('volumeSet', [tagged('Name', 'data')]);
const IN_BIN = page('volumeSet', [element('item', { volumeId: VOLUME })]);

async function seen(
  answers: Parameters<typeof lookAt>[0],
  over: Parameters<typeof lookAt>[1] = allow,
  of = snapshot,
) {
  const { look, operations, sent } = lookAt(
    { DescribeSnapshots: () => page('snapshotSet', [snapshotXml('snap-1')]), ...answers },
    over,
  );
  const groups = await groupsNow(look, [of]);
  return { copies: groups.get(of.snapshotId)?.copies, operations: operations(), sent };
}

describe('after marking', () => {
  it('a volume is leaving that is marked by then, or in the Recycle Bin', async () => {
    const marked = await seen({ DescribeVolumes: () => MARKED });
    expect(marked.copies?.isOriginLeaving).toBe(true);
    const binned = await seen({ ListVolumesInRecycleBin: () => IN_BIN });
    expect(binned.copies?.isOriginLeaving).toBe(true);
    const plain = await seen({ DescribeVolumes: () => PLAIN });
    expect(plain.copies?.isOriginLeaving).toBeUndefined();
  });

  it('volumes are asked for by filter, and the bin after them', async () => {
    const { sent, operations } = await seen({});
    expect(operations).toEqual(['DescribeVolumes', 'ListVolumesInRecycleBin', 'DescribeSnapshots']);
    expect(sent[0] && filtersOf(sent[0])).toEqual({ 'volume-id': [VOLUME] });
  });

  it('a volume is leaving whatever the policy says of last copies, or skips', async () => {
    const skipReferences = ['volumes-in-recycle-bin'] as const;
    for (const policy of [aPolicy(), aPolicy({ skipReferences: [...skipReferences] })]) {
      const marked = await seen({ DescribeVolumes: () => MARKED }, { policy });
      expect(marked.copies?.isOriginLeaving).toBe(true);
      const binned = await seen({ ListVolumesInRecycleBin: () => IN_BIN }, { policy });
      expect(binned.copies?.isOriginLeaving).toBe(true);
    }
  });

  it('it is too where a final copy is among them, which needs no other beside it', async () => {
    const final = { ...snapshot, tags: { [FINAL_COPY_OF]: VOLUME } };
    const { copies } = await seen({ ListVolumesInRecycleBin: () => IN_BIN }, {}, final);
    expect(copies).toMatchObject({ isOriginLeaving: true, uncounted: 'BY_DATE' });
  });

  it.each(['DescribeVolumes', 'ListVolumesInRecycleBin'])(
    '%s that fails is an error',
    async (one) => {
      await expect(seen({ [one]: () => ec2Error('UnauthorizedOperation') })).rejects.toThrow();
    },
  );
});

it('after marking what an AMI left behind is treated as the policy says of this kind', async () => {
  const left = aSnapshot({
    ...{ snapshotId: 'snap-1', volumeId: VOLUME },
    description: 'Created by CreateImage(i-0123) for ami-0a1b2c3d',
    originAmi: { amiId: 'ami-0a1b2c3d', by: 'CreateImage', isThere: false },
  });
  const uncounted = async (over: Parameters<typeof aPolicy>[0] = {}) => {
    const policy = aPolicy(over);
    const groups = await ebsSnapshot.groups!.now!(lookAt({}, { policy }).look, [left]);
    return groups.get('snap-1')?.copies?.uncounted;
  };
  expect(await uncounted()).toBe('LEFT_BEHIND');
  expect(await uncounted({ kinds: { 'ebs-snapshot': { keepLastLeftover: true } } })).toBe(
    'LEFTOVER',
  );
});

it('a second look shows a marked volume, whatever the policy', async () => {
  const { look } = lookAt({
    DescribeSnapshots: () => page('snapshotSet', [snapshotXml('snap-1')]),
    DescribeVolumes: () => MARKED,
  });
  const { resources } = await recheck(look, ['snap-1']);
  const [facts] = [...resources];
  expect(facts?.volume).toMatchObject({ volumeId: VOLUME, isMarked: true });
  expect(facts && groupsOf(facts, aPolicy()).copies?.isOriginLeaving).toBe(true);
});
