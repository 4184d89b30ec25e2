import { toAwsFailure } from '../../../aws/answers/aws-error.ts';
import { readAnswered } from '../../../core/outcome/answered.ts';
import { causeOf } from '../../../report/gaps/gap-cause.ts';
import { discover } from '../../../kinds/ebs-snapshot/aws.ts';
import type { EbsSnapshot } from '../../../kinds/ebs-snapshot/facts.ts';
import { ec2Error } from '../../support/aws/fake-aws.ts';
import { aPolicy } from '../../support/organizations/snapshots.ts';
import {
  imageXml,
  instanceXml,
  lookAt,
  page,
  snapshotXml,
  volumeXml,
} from '../../support/aws/fake-ec2.ts';

type Answers = Parameters<typeof lookAt>[0];

const ONE = { DescribeSnapshots: () => page('snapshotSet', [snapshotXml('snap-1')]) };

async function discovered(answers: Answers, over: Parameters<typeof lookAt>[1] = {}) {
  const { look, sent, operations } = lookAt(answers, over);
  const { resources, incomplete } = await discover(look);
  return { facts: [...resources], resources, incomplete, sent, operations };
}

describe('discovering snapshots', () => {
  it('lists snapshots first, then every reference, in the largest pages AWS gives', async () => {
    const { sent, operations } = await discovered({
      ...ONE,
      DescribeVolumes: () => page('volumeSet', [volumeXml('vol-1')]),
    });
    expect(operations()[0]).toBe('DescribeSnapshots');
    expect(operations().slice(1).sort()).toEqual([
      'DescribeFastSnapshotRestores',
      'DescribeImages',
      'DescribeInstances',
      'DescribeLaunchConfigurations',
      'DescribeLaunchTemplates',
      'DescribeLockedSnapshots',
      'DescribeSnapshotTierStatus',
      'DescribeSnapshots',
      'DescribeVolumes',
      'ListClusters',
      'ListImagesInRecycleBin',
      'ListImagesInRecycleBin',
      'ListVolumes',
      'ListVolumesInRecycleBin',
    ]);
    const paramsOf = (name: string) => sent.find(({ operation }) => operation === name)?.params;
    expect(paramsOf('DescribeSnapshots')).toMatchObject({ 'Owner.1': 'self', MaxResults: '1000' });
    expect(paramsOf('DescribeVolumes')).toMatchObject({
      IncludeManagedResources: 'true',
      MaxResults: '500',
    });
    expect(paramsOf('DescribeInstances')).toMatchObject({
      IncludeManagedResources: 'true',
      MaxResults: '1000',
    });
    expect(paramsOf('DescribeImages')).toMatchObject({
      'Owner.1': 'self',
      'Owner.2': 'aws-backup-vault',
      IncludeDisabled: 'true',
      MaxResults: '1000',
    });
  });

  it('finishes the snapshots before it looks at the first reference', async () => {
    const pages: Record<string, string> = {
      '': page('snapshotSet', [snapshotXml('snap-1')], 'a'),
      a: page('snapshotSet', [], 'b'),
      b: page('snapshotSet', [snapshotXml('snap-2')]),
    };
    const { facts, operations } = await discovered({
      DescribeSnapshots: ({ params }) => pages[params['NextToken'] ?? ''] ?? '',
    });
    expect(facts.map(({ snapshotId }) => snapshotId)).toEqual(['snap-1', 'snap-2']);
    expect(operations().slice(0, 3)).toEqual(Array(3).fill('DescribeSnapshots'));
    expect(operations().slice(3)).toContain('DescribeVolumes');
  });

  it('asks only for AMIs where there is no snapshot: others may have to know of them', async () => {
    const { facts, operations } = await discovered({});
    expect(facts).toEqual([]);
    expect(operations()).toEqual([
      'DescribeSnapshots',
      'ListImagesInRecycleBin',
      'DescribeImages',
      'ListImagesInRecycleBin',
    ]);
  });

  it("drops other owners' snapshots", async () => {
    const items = [snapshotXml('snap-1'), snapshotXml('snap-2', { ownerId: '444455556666' })];
    const { facts } = await discovered({ DescribeSnapshots: () => page('snapshotSet', items) });
    expect(facts.map(({ snapshotId }) => snapshotId)).toEqual(['snap-1']);
  });

  it("takes a snapshot without an owner for a broken listing, not for somebody else's", async () => {
    const items = [snapshotXml('snap-1'), '<item><snapshotId>snap-2</snapshotId></item>'];
    const listing = discovered({ DescribeSnapshots: () => page('snapshotSet', items) });
    await expect(listing).rejects.toThrow(/without its owner/);
  });

  it('counts a snapshot that two pages repeat once', async () => {
    const items = [snapshotXml('snap-1'), snapshotXml('snap-1')];
    const { facts } = await discovered({ DescribeSnapshots: () => page('snapshotSet', items) });
    expect(facts).toHaveLength(1);
    expect(facts[0]?.completedOfVolume).toEqual(['snap-1']);
  });

  it('makes facts of all that it saw, and can give them a second time', async () => {
    const { facts, resources } = await discovered({
      DescribeSnapshots: () =>
        page('snapshotSet', [
          snapshotXml('snap-1', {
            fullSnapshotSizeInBytes: '1024',
            encrypted: 'true',
            description: 'nightly',
            transferType: 'standard',
            tagSet: '<item><key>Name</key><value>db</value></item>',
          }),
        ]),
      DescribeVolumes: () => page('volumeSet', [volumeXml('vol-1', ['i-1', 'i-2'])]),
      DescribeInstances: () => page('reservationSet', [instanceXml('i-1', 'stopped')]),
      DescribeImages: () => page('imagesSet', [imageXml('ami-1', ['snap-1', 'snap-9'])]),
    });
    const attachment = { associatedResource: null, owningService: null, state: 'attached' };
    expect(facts).toEqual([
      {
        snapshotId: 'snap-1',
        accountId: '111122223333',
        ownerId: '111122223333',
        volumeId: 'vol-1',
        state: 'completed',
        startedAt: '2024-01-01T00:00:00.000Z',
        sizeGiB: 8,
        fullSizeBytes: 1024,
        storageTier: 'standard',
        archivedAt: null,
        encrypted: true,
        description: 'nightly',
        transferType: 'standard',
        outpostArn: null,
        zone: null,
        restoredUntil: null,
        progress: null,
        stateMessage: null,
        kmsKeyId: null,
        attributes: null,
        tags: { Name: 'db' },
        volume: {
          volumeId: 'vol-1',
          state: 'in-use',
          attachments: [
            { ...attachment, instanceId: 'i-1', instanceState: 'stopped' },
            { ...attachment, instanceId: 'i-2', instanceState: null },
          ],
        },
        usedBy: { amis: ['ami-1'] },
        completedOfVolume: ['snap-1'],
        set: null,
        incompleteReferences: [],
        notLookedAt: [],
      },
    ] satisfies EbsSnapshot[]);
    expect([...resources]).toEqual(facts);
  });

  it('sees an attachment without an instance, to something AWS manages', async () => {
    const attachment =
      '<item><associatedResource>arn:task</associatedResource><instanceOwningService>ecs.amazonaws.com</instanceOwningService></item>';
    const volume = `<item><volumeId>vol-1</volumeId><status>in-use</status><attachmentSet>${attachment}</attachmentSet></item>`;
    const { facts } = await discovered({
      ...ONE,
      DescribeVolumes: () => page('volumeSet', [volume]),
    });
    expect(facts[0]?.volume?.attachments).toEqual([
      {
        instanceId: null,
        associatedResource: 'arn:task',
        owningService: 'ecs.amazonaws.com',
        state: 'unknown',
        instanceState: null,
      },
    ]);
  });

  it('knows all completed snapshots of a volume, oldest first; copies have none in common', async () => {
    const { facts } = await discovered({
      DescribeSnapshots: () =>
        page('snapshotSet', [
          snapshotXml('snap-new', { startTime: '2025-06-01T00:00:00.000Z' }),
          snapshotXml('snap-old', { startTime: '2023-06-01T00:00:00.000Z' }),
          snapshotXml('snap-pending', { status: 'pending' }),
          snapshotXml('snap-other', { volumeId: 'vol-2' }),
          snapshotXml('snap-copy-1', { volumeId: 'vol-ffffffff' }),
          snapshotXml('snap-copy-2', { volumeId: 'vol-ffffffff' }),
        ]),
    });
    const completed = facts.map(({ completedOfVolume }) => completedOfVolume);
    const ofVolume = ['snap-old', 'snap-new'];
    expect(completed).toEqual([ofVolume, ofVolume, ofVolume, ['snap-other'], [], []]);
    expect(completed[0]).toBe(completed[1]);
  });

  it('does not look at what the policy switched off, says so, and may not switch off the rest', async () => {
    const { facts, operations } = await discovered(ONE, {
      policy: aPolicy({ skipReferences: ['amis', 'volumes'] }),
    });
    expect(operations()).not.toContain('DescribeImages');
    expect(operations()).toContain('DescribeVolumes');
    expect(facts[0]?.notLookedAt).toEqual(['amis']);
  });
});

describe('a reference listing that did not come to its end', () => {
  const denied = () => ec2Error('UnauthorizedOperation', 'no', 403);

  it.each([
    ['volumes', 'DescribeVolumes'],
    ['instances', 'DescribeInstances'],
    ['amis', 'DescribeImages'],
    ['volumes-in-recycle-bin', 'ListVolumesInRecycleBin'],
    ['amis-in-recycle-bin', 'ListImagesInRecycleBin'],
    ['snapshot-locks', 'DescribeLockedSnapshots'],
    ['fast-restores', 'DescribeFastSnapshotRestores'],
    ['launch-templates', 'DescribeLaunchTemplates'],
  ])('%s: is named, with its AWS error', async (source, operation) => {
    const { facts, incomplete } = await discovered({ ...ONE, [operation]: denied });
    expect(facts[0]?.incompleteReferences).toEqual([source]);
    expect(incomplete).toEqual([
      {
        code: 'UnauthorizedOperation',
        message: 'no',
        requestId: 'req-1',
        operation: `ec2:${operation}`,
        source,
      },
    ]);
  });

  it.each([
    [
      'is throttled out',
      () => ec2Error('RequestLimitExceeded', 'slow', 503),
      'RequestLimitExceeded',
    ],
    ['breaks off in the middle', () => ({ body: '<R><volumeSet><item><volumeId>vol-1' }), 'Error'],
    ['is HTML with status 200', () => ({ body: '<html><body>hi</body></html>' }), 'Error'],
    ['is empty', () => ({ body: '' }), 'Error'],
    ['comes without its list', () => ({ body: '<DescribeVolumesResponse/>' }), 'BrokenListing'],
    ['is HTML with status 500', () => ({ status: 500, body: '<html/>' }), 'Http500'],
    [
      'loses its connection',
      () => Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }),
      'ECONNRESET',
    ],
    ['goes in circles', () => page('volumeSet', [], 'again'), 'BrokenListing'],
    ['has an item without an id', () => page('volumeSet', ['<item/>']), 'BrokenListing'],
  ])('%s', async (_, DescribeVolumes, code) => {
    const { facts, incomplete } = await discovered({ ...ONE, DescribeVolumes });
    expect(incomplete).toEqual([expect.objectContaining({ code, source: 'volumes' })]);
    expect(facts[0]).toMatchObject({ volume: null, incompleteReferences: ['volumes'] });
  });

  it('leaves nothing of its first page behind', async () => {
    const { facts } = await discovered({
      ...ONE,
      DescribeVolumes: ({ params }) =>
        params['NextToken'] ? denied() : page('volumeSet', [volumeXml('vol-1', ['i-1'])], 'b'),
    });
    expect(facts[0]).toMatchObject({ volume: null, incompleteReferences: ['volumes'] });
  });
});

describe('snapshots that cannot be listed to the end are an error, with its name', () => {
  it.each([
    ['UnauthorizedOperation', 'AccessDenied'],
    ['RequestLimitExceeded', 'Throttled'],
    ['OptInRequired', 'RegionDisabled'],
    ['ExpiredToken', 'AwsAnswered'],
  ])('%s', async (code, name) => {
    const answers = { DescribeSnapshots: () => ec2Error(code) };
    await expect(discovered(answers)).rejects.toMatchObject({ name });
  });

  it('one without a name of ours tells the code of AWS, and so what to do about it', async () => {
    const error: unknown = await discovered({
      DescribeSnapshots: () => ec2Error('ExpiredToken', 'The security token is expired'),
    }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      name: 'AwsAnswered',
      message: expect.stringMatching(/^ec2:DescribeSnapshots answered ExpiredToken/),
    });
    const told = readAnswered((error as Error).message) ?? null;
    expect([causeOf(toAwsFailure(error)), causeOf(told)]).toEqual(
      Array(2).fill('CREDENTIALS_EXPIRED'),
    );
  });

  it('a page without its list, or a token that comes again', async () => {
    const bare = { DescribeSnapshots: () => ({ body: '<DescribeSnapshotsResponse/>' }) };
    await expect(discovered(bare)).rejects.toThrow(
      'ec2:DescribeSnapshots: a page came without its list',
    );
    const circle = { DescribeSnapshots: () => page('snapshotSet', [], 'again') };
    await expect(discovered(circle)).rejects.toThrow(/a second time/);
  });
});
