import { makeSpokeClients } from '../../../aws/sessions/aws-clients.ts';
import { findMarked, recheck, remove } from '../../../kinds/ebs-snapshot/aws.ts';
import { markByTag } from '../../../kinds/ec2/tagging.ts';
import { ebsSnapshot } from '../../../kinds/ebs-snapshot/index.ts';
import { actionsOf } from '../../../kinds/grant.ts';
import { filterOn } from '../../../kinds/listings/filter.ts';
import { ec2Answer, ec2Error, fakeAws } from '../../support/aws/fake-aws.ts';
import type { FakeAnswer } from '../../support/aws/fake-aws.ts';
import {
  filtersOf,
  imageXml,
  instanceXml,
  lookAt,
  page,
  snapshotXml,
  volumeXml,
} from '../../support/aws/fake-ec2.ts';

const ids = (count: number) => Array.from({ length: count }, (_, index) => `snap-${index}`);

describe('checking a batch again', () => {
  it('asks by filter, snapshots first, for all that may refer to it', async () => {
    const { look, sent } = lookAt({
      DescribeSnapshots: (request) =>
        'snapshot-id' in filtersOf(request)
          ? page('snapshotSet', [snapshotXml('snap-1')])
          : page('snapshotSet', [snapshotXml('snap-0'), snapshotXml('snap-1')]),
      DescribeVolumes: () => page('volumeSet', [volumeXml('vol-1', ['i-1'])]),
      DescribeInstances: () => page('reservationSet', [instanceXml('i-1', 'terminated')]),
      DescribeImages: () => page('imagesSet', [imageXml('ami-1', ['snap-1'])]),
    });
    const { resources, incomplete } = await recheck(look, ['snap-1', 'snap-gone']);
    const asked = sent.map((request) => [request.operation, filtersOf(request)]);
    expect(asked.slice(0, 2)).toEqual([
      ['DescribeSnapshots', { 'snapshot-id': ['snap-1', 'snap-gone'] }],
      ['DescribeSnapshots', { 'volume-id': ['vol-1'] }],
    ]);
    expect(asked.slice(2)).toEqual(
      expect.arrayContaining([
        ['DescribeVolumes', { 'volume-id': ['vol-1'] }],
        ['DescribeInstances', { 'instance-id': ['i-1'] }],
        ['DescribeImages', { 'block-device-mapping.snapshot-id': ['snap-1'] }],
        ['DescribeSnapshots', { 'snapshot-id': ['snap-1'] }],
        ['DescribeLockedSnapshots', {}],
        ['DescribeFastSnapshotRestores', {}],
        ['ListVolumesInRecycleBin', {}],
        ['ListImagesInRecycleBin', {}],
      ]),
    );
    expect(incomplete).toEqual([]);
    expect([...resources]).toEqual([
      expect.objectContaining({
        snapshotId: 'snap-1',
        completedOfVolume: ['snap-0', 'snap-1'],
        usedBy: { amis: ['ami-1'] },
        volume: expect.objectContaining({
          attachments: [expect.objectContaining({ instanceState: 'terminated' })],
        }),
      }),
    ]);
  });

  it('sends page sizes and what AWS hides by default, and never an id list', async () => {
    const { look, sent } = lookAt({
      DescribeSnapshots: () => page('snapshotSet', [snapshotXml('snap-1')]),
      DescribeVolumes: () => page('volumeSet', [volumeXml('vol-1', ['i-1'])]),
    });
    await recheck(look, ['snap-1']);
    for (const { operation, params } of sent) {
      if (operation === 'DescribeSnapshotAttribute') continue;
      expect(
        Object.keys(params).filter((key) => /^(Snapshot|Volume|Instance|Image)Id/.test(key)),
      ).toEqual([]);
      // AWS doesn't say what it accepts there: its own size is taken.
      if (operation !== 'DescribeSnapshotTierStatus')
        expect(Number(params['MaxResults'])).toBeGreaterThanOrEqual(200);
      if (/^Describe(Volumes|Instances|LaunchTemplate)/.test(operation)) {
        expect(params['IncludeManagedResources']).toBe('true');
      }
      if (operation === 'DescribeImages') expect(params['IncludeDisabled']).toBe('true');
      if (operation === 'DescribeSnapshots') expect(params['Owner.1']).toBe('self');
    }
  });

  it('asks nothing for an empty batch, and refuses one of more than 200', async () => {
    const { look, sent } = lookAt({});
    expect([...(await recheck(look, [])).resources]).toEqual([]);
    expect([...(await findMarked(look, []))]).toEqual([]);
    expect(sent).toEqual([]);
    await expect(recheck(look, ids(201))).rejects.toThrow(/1 to 200/);
    await expect(findMarked(look, ids(201))).rejects.toThrow(/1 to 200/);
    expect(sent).toEqual([]);
  });

  it('has no filter for nothing, which EC2 would take for everything', () =>
    expect(() => filterOn('volume-id', [])).toThrow(/1 to 200/));

  it('asks for no volume where a copy names none', async () => {
    const { look, operations } = lookAt({
      DescribeSnapshots: () =>
        page('snapshotSet', [snapshotXml('snap-1', { volumeId: 'vol-ffffffff' })]),
    });
    await recheck(look, ['snap-1']);
    expect(operations()).not.toContain('DescribeVolumes');
    expect(operations()).not.toContain('DescribeInstances');
  });

  it('asks for many instances 200 at a time', async () => {
    const instanceIds = Array.from({ length: 201 }, (_, index) => `i-${index}`);
    const { look, sent } = lookAt({
      DescribeSnapshots: () => page('snapshotSet', [snapshotXml('snap-1')]),
      DescribeVolumes: () => page('volumeSet', [volumeXml('vol-1', instanceIds)]),
    });
    await recheck(look, ['snap-1']);
    const chunks = sent
      .filter(({ operation }) => operation === 'DescribeInstances')
      .map((request) => filtersOf(request)['instance-id']?.length);
    expect(chunks).toEqual([200, 1]);
  });

  // Whether EC2 shows what its Recycle Bin holds, AWS doesn't say; the state has a name.
  it('takes what is in the Recycle Bin for gone', async () => {
    const { look } = lookAt({
      DescribeSnapshots: () =>
        page('snapshotSet', [snapshotXml('snap-1', { status: 'recoverable' })]),
    });
    expect([...(await recheck(look, ['snap-1'])).resources]).toEqual([]);
    expect([...(await findMarked(look, ['snap-1']))]).toEqual([]);
  });

  it('with a reference that failed says so; with siblings that failed is an error', async () => {
    const denied = () => ec2Error('UnauthorizedOperation');
    const one = () => page('snapshotSet', [snapshotXml('snap-1')]);
    const images = lookAt({ DescribeSnapshots: one, DescribeImages: denied });
    const { resources, incomplete } = await recheck(images.look, ['snap-1']);
    expect(incomplete).toMatchObject([{ source: 'amis' }]);
    expect([...resources]).toMatchObject([{ incompleteReferences: ['amis'] }]);

    const siblings = lookAt({
      DescribeSnapshots: (request) => ('volume-id' in filtersOf(request) ? denied() : one()),
    });
    await expect(recheck(siblings.look, ['snap-1'])).rejects.toMatchObject({
      name: 'AccessDenied',
    });
  });
});

describe('what goes into its Recycle Bin, or comes back, while a batch is looked at', () => {
  const VOLUME = {
    listing: 'DescribeVolumes',
    bin: 'ListVolumesInRecycleBin',
    shown: page('volumeSet', [volumeXml('vol-1', ['i-1'])]),
    gone: page('volumeSet', []),
    binned: page('volumeSet', ['<item><volumeId>vol-1</volumeId></item>']),
    notBinned: page('volumeSet', []),
  };
  const AMI = {
    listing: 'DescribeImages',
    bin: 'ListImagesInRecycleBin',
    shown: page('imagesSet', [imageXml('ami-0a1b', ['snap-1'])]),
    gone: page('imagesSet', []),
    binned: page('imageSet', ['<item><imageId>ami-0a1b</imageId></item>']),
    notBinned: page('imageSet', []),
  };

  it.each([
    ['a volume that is deleted', VOLUME, 'bin'],
    ['a volume that is restored', VOLUME, 'listing'],
    ['an AMI that is deregistered', AMI, 'bin'],
    ['an AMI that is restored', AMI, 'listing'],
  ] as const)('%s is seen in one or the other', async (_, what, movesAfter) => {
    const asked = new Set<string>();
    const answer = (name: 'listing' | 'bin') => () => {
      const isInBin = asked.has(what[movesAfter]) === (movesAfter === 'bin');
      asked.add(what[name]);
      if (name === 'bin') return isInBin ? what.binned : what.notBinned;
      return isInBin ? what.gone : what.shown;
    };
    const { look } = lookAt({
      DescribeSnapshots: () =>
        page('snapshotSet', [snapshotXml('snap-1', { description: 'CreateImage for ami-0a1b' })]),
      [what.listing]: answer('listing'),
      [what.bin]: answer('bin'),
    });
    const [facts] = [...(await recheck(look, ['snap-1'])).resources];
    expect(ebsSnapshot.assess(facts, look.policy, look.now).verdict).toBe('KEEP');
  });
});

describe('removing', () => {
  function removing(answer?: FakeAnswer) {
    const aws = fakeAws(({ operation }) => answer ?? ec2Answer(operation, '<return>true</return>'));
    const allows = actionsOf(ebsSnapshot.iam.remove);
    const target = { accountId: '111122223333', region: 'eu-west-1', allows };
    return { clients: makeSpokeClients({ ...target, ...aws.options }), sent: aws.sent };
  }

  it('marks a batch in one call, with the constant marker', async () => {
    const { clients, sent } = removing();
    await markByTag(clients, ['snap-1', 'snap-2']);
    await markByTag(clients, []);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.params).toMatchObject({
      'ResourceId.1': 'snap-1',
      'ResourceId.2': 'snap-2',
      'Tag.1.Key': 'orgsweep:marked',
      'Tag.1.Value': 'true',
    });
  });

  it('finds by filter which carry the marker', async () => {
    const { look, sent } = lookAt({
      DescribeSnapshots: () => page('snapshotSet', [snapshotXml('snap-2')]),
    });
    expect([...(await findMarked(look, ['snap-1', 'snap-2']))]).toEqual(['snap-2']);
    expect(filtersOf(sent[0]!)).toEqual({
      'snapshot-id': ['snap-1', 'snap-2'],
      'tag:orgsweep:marked': ['true'],
    });
  });

  it("deletes one snapshot, and lets EC2's refusal through as it is", async () => {
    const { clients, sent } = removing();
    await remove(clients, 'snap-1');
    expect(sent[0]).toMatchObject({
      operation: 'DeleteSnapshot',
      params: { SnapshotId: 'snap-1' },
    });
    const refused = removing(ec2Error('InvalidSnapshot.InUse', 'in use by ami-1'));
    await expect(remove(refused.clients, 'snap-1')).rejects.toMatchObject({
      name: 'InvalidSnapshot.InUse',
    });
  });
});
