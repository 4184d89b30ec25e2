import {
  DescribeFastSnapshotRestoresCommand,
  DescribeLockedSnapshotsCommand,
  DescribeSnapshotAttributeCommand,
  DescribeSnapshotsCommand,
  ListImagesInRecycleBinCommand,
  ListVolumesInRecycleBinCommand,
  paginateDescribeFastSnapshotRestores,
  paginateListImagesInRecycleBin,
} from '@aws-sdk/client-ec2';
import type { Served } from '../../../support/organizations/served-organization.ts';
import { refusalOf, serve } from '../../../support/organizations/served-organization.ts';
import {
  SPOKE,
  numbered,
  tinyId,
  tinySnapshot,
} from '../../../support/organizations/tiny-organization.ts';

const ENTERED = new Date('2026-11-20T10:00:00Z');
const LEAVES = new Date('2026-11-25T10:00:00Z');
const FRIEND = '600700800901';
const bin = { enterTime: ENTERED, exitTime: LEAVES };
const snap = (number: number) => tinyId('snap', number);
const zone = 'eu-west-1a';

let served: Served;
let session: Parameters<Served['ec2']>[0];
const ec2 = () => served.ec2(session);
const estate = () => served.organization.estate(SPOKE, 'eu-west-1');

beforeEach(async () => {
  served = await serve({
    estates: {
      [`${SPOKE}/eu-west-1`]: {
        snapshots: [
          tinySnapshot(1, { lockState: 'governance' }),
          tinySnapshot(2, { lockState: 'expired' }),
          tinySnapshot(3, { public: true, sharedWith: [FRIEND], productCodes: ['abc123'] }),
          tinySnapshot(4, { outpostArn: 'arn:aws:outposts:eu-west-1:2:outpost/op-1' }),
          tinySnapshot(5, { encrypted: true, dataEncryptionKeyId: 'key-1' }),
          ...numbered(1200, (number) => tinySnapshot(number + 5, { lockState: 'compliance' })),
        ],
        fastRestores: numbered(450, (number) => ({
          snapshotId: snap(number),
          availabilityZone: zone,
          state: number === 1 ? ('disabled' as const) : ('enabled' as const),
        })),
        binnedVolumes: numbered(600, (number) => ({
          volumeId: tinyId('vol', number),
          sizeGiB: 8,
          createTime: new Date('2024-01-01T00:00:00Z'),
          ...bin,
        })),
        binnedImages: numbered(3, (number) => ({
          imageId: tinyId('ami', number),
          name: `old ${number}`,
          description: 'of <last> year',
          ...bin,
        })),
      },
    },
    publicSnapshots: [tinySnapshot(9999, { ownerId: FRIEND, public: true })],
  });
  session = await served.assume('orgsweep-discovery');
});
afterEach(async () => served.close());

async function lockedPages(input: { Filters?: { Name: string; Values: string[] }[] } = {}) {
  const pages: (string | undefined)[][] = [];
  let NextToken: string | undefined;
  do {
    const command = new DescribeLockedSnapshotsCommand({
      MaxResults: 1000,
      ...input,
      ...(NextToken && { NextToken }),
    });
    const page = await ec2().send(command);
    pages.push((page.Snapshots ?? []).map(({ SnapshotId }) => SnapshotId));
    NextToken = page.NextToken;
  } while (NextToken);
  return pages;
}

test('locked snapshots: expired locks included, in pages of 1,000', async () => {
  const pages = await lockedPages();
  expect(pages.map(({ length }) => length)).toEqual([1000, 202]);
  const { Snapshots } = await ec2().send(
    new DescribeLockedSnapshotsCommand({ SnapshotIds: [snap(1), snap(2), snap(3)] }),
  );
  expect(Snapshots).toMatchObject([
    { SnapshotId: snap(1), OwnerId: SPOKE, LockState: 'governance', LockDuration: 36_500 },
    { SnapshotId: snap(2), LockState: 'expired', LockExpiresOn: new Date('2025-01-03T03:04:05Z') },
  ]);
});

test('locked snapshots: filter lock-state, and MaxResults from 5', async () => {
  const Filters = [{ Name: 'lock-state', Values: ['governance', 'expired'] }];
  expect((await lockedPages({ Filters })).flat()).toEqual([snap(1), snap(2)]);
  const small = ec2().send(new DescribeLockedSnapshotsCommand({ MaxResults: 4 }));
  expect(await refusalOf(small)).toMatchObject({ code: 'InvalidParameterValue' });
});

test('a lock that another user puts on or takes off shows at once', async () => {
  estate().lockSnapshot(snap(4), 'compliance-cooloff');
  estate().lockSnapshot(snap(1), undefined);
  const ids = (await lockedPages()).flat();
  expect(ids.at(-1)).toBe(snap(4));
  expect(ids).not.toContain(snap(1));
  estate().deleteSnapshot(snap(2));
  expect((await lockedPages()).flat()).not.toContain(snap(2));
  expect(() => estate().lockSnapshot(snap(8888), 'governance')).toThrow(snap(8888));
});

test('fast restores: one item a snapshot and zone, in pages of 200', async () => {
  const sizes: number[] = [];
  const pages = paginateDescribeFastSnapshotRestores({ client: ec2(), pageSize: 200 }, {});
  for await (const { FastSnapshotRestores = [] } of pages) sizes.push(FastSnapshotRestores.length);
  expect(sizes).toEqual([200, 200, 50]);
  const zero = await ec2().send(new DescribeFastSnapshotRestoresCommand({ MaxResults: 0 }));
  expect(zero.FastSnapshotRestores).toHaveLength(200);
  const large = ec2().send(new DescribeFastSnapshotRestoresCommand({ MaxResults: 201 }));
  expect(await refusalOf(large)).toMatchObject({ code: 'InvalidParameterValue' });
});

test('fast restores: filters snapshot-id and state; gone with the snapshot', async () => {
  const restores = async (Name: string, ...Values: string[]) => {
    const command = new DescribeFastSnapshotRestoresCommand({
      Filters: [{ Name, Values }],
    });
    return (await ec2().send(command)).FastSnapshotRestores;
  };
  estate().putFastRestore({
    snapshotId: snap(1),
    availabilityZone: 'eu-west-1b',
    state: 'enabling',
  });
  expect(await restores('snapshot-id', snap(1))).toMatchObject([
    { SnapshotId: snap(1), AvailabilityZone: zone, State: 'disabled', OwnerId: SPOKE },
    { SnapshotId: snap(1), AvailabilityZone: 'eu-west-1b', State: 'enabling' },
  ]);
  expect(await restores('state', 'disabled')).toHaveLength(1);
  estate().deleteSnapshot(snap(1));
  expect(await restores('snapshot-id', snap(1))).toEqual([]);
});

test('volumes in the Recycle Bin: in pages of 500, or by id', async () => {
  const first = await ec2().send(new ListVolumesInRecycleBinCommand({ MaxResults: 500 }));
  expect(first.Volumes).toHaveLength(500);
  const { NextToken = '' } = first;
  const rest = await ec2().send(new ListVolumesInRecycleBinCommand({ MaxResults: 500, NextToken }));
  expect(rest.Volumes).toHaveLength(100);
  expect(rest.NextToken).toBeUndefined();
  const VolumeIds = [tinyId('vol', 7)];
  const { Volumes } = await ec2().send(new ListVolumesInRecycleBinCommand({ VolumeIds }));
  expect(Volumes).toMatchObject([
    { VolumeId: VolumeIds[0], RecycleBinEnterTime: ENTERED, RecycleBinExitTime: LEAVES },
  ]);
  for (const MaxResults of [4, 501]) {
    const refused = ec2().send(new ListVolumesInRecycleBinCommand({ MaxResults }));
    expect(await refusalOf(refused)).toMatchObject({ code: 'InvalidParameterValue' });
  }
});

test('AMIs in the Recycle Bin: without the snapshots that they are made of', async () => {
  const ids: (string | undefined)[] = [];
  for await (const page of paginateListImagesInRecycleBin({ client: ec2(), pageSize: 1 }, {})) {
    ids.push(...(page.Images ?? []).map(({ ImageId }) => ImageId));
  }
  expect(ids).toEqual([tinyId('ami', 1), tinyId('ami', 2), tinyId('ami', 3)]);
  const ImageIds = [tinyId('ami', 2)];
  const { Images } = await ec2().send(new ListImagesInRecycleBinCommand({ ImageIds }));
  expect(Images).toEqual([
    {
      ImageId: ImageIds[0],
      Name: 'old 2',
      Description: 'of <last> year',
      RecycleBinEnterTime: ENTERED,
      RecycleBinExitTime: LEAVES,
    },
  ]);
});

test('own public snapshots are found by RestorableByUserIds all', async () => {
  const ids = async (RestorableByUserIds: string[]) => {
    const command = new DescribeSnapshotsCommand({ OwnerIds: ['self'], RestorableByUserIds });
    return (await ec2().send(command)).Snapshots?.map(({ SnapshotId }) => SnapshotId);
  };
  expect(await ids(['all'])).toEqual([snap(3)]);
  expect(await ids([FRIEND])).toEqual([snap(3)]);
  estate().shareSnapshot(snap(4), { public: true });
  estate().shareSnapshot(snap(3), { public: false });
  expect(await ids(['all'])).toEqual([snap(4)]);
  expect(await ids([FRIEND])).toEqual([snap(3)]);
});

test('createVolumePermission names accounts and the group all', async () => {
  const permissions = async (SnapshotId: string) => {
    const input = { SnapshotId, Attribute: 'createVolumePermission' as const };
    return (await ec2().send(new DescribeSnapshotAttributeCommand(input))).CreateVolumePermissions;
  };
  expect(await permissions(snap(3))).toEqual([{ Group: 'all' }, { UserId: FRIEND }]);
  expect(await permissions(snap(4))).toEqual([]);
  estate().shareSnapshot(snap(4), { accountIds: [FRIEND] });
  expect(await permissions(snap(4))).toEqual([{ UserId: FRIEND }]);
  expect(await refusalOf(permissions(snap(9999)))).toMatchObject({
    code: 'InvalidSnapshot.NotFound',
  });
});

test('productCodes', async () => {
  const codes = async (SnapshotId: string) => {
    const input = { SnapshotId, Attribute: 'productCodes' as const };
    return (await ec2().send(new DescribeSnapshotAttributeCommand(input))).ProductCodes;
  };
  expect(await codes(snap(3))).toEqual([
    { ProductCodeId: 'abc123', ProductCodeType: 'marketplace' },
  ]);
  estate().setProductCodes(snap(3), []);
  expect(await codes(snap(3))).toEqual([]);
});

test('Outpost and data key stand in the description of a snapshot', async () => {
  const { Snapshots } = await ec2().send(
    new DescribeSnapshotsCommand({ SnapshotIds: [snap(4), snap(5)] }),
  );
  expect(Snapshots?.map((one) => [one.OutpostArn, one.DataEncryptionKeyId])).toEqual([
    ['arn:aws:outposts:eu-west-1:2:outpost/op-1', undefined],
    [undefined, 'key-1'],
  ]);
});

test('attributes have a bucket of their own: 100 at once, then 20 a second', async () => {
  const input = { SnapshotId: snap(1), Attribute: 'productCodes' as const };
  const ask = async () => ec2().send(new DescribeSnapshotAttributeCommand(input));
  for (let call = 0; call < 100; call++) await ask();
  expect(await refusalOf(ask())).toMatchObject({ code: 'RequestLimitExceeded' });
  await expect(ec2().send(new DescribeLockedSnapshotsCommand({}))).resolves.toBeDefined();
});
