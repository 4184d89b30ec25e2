import {
  CreateTagsCommand,
  DeleteSnapshotCommand,
  DescribeSnapshotsCommand,
  DescribeInstancesCommand,
  ListSnapshotsInRecycleBinCommand,
  paginateListSnapshotsInRecycleBin,
  RestoreSnapshotFromRecycleBinCommand,
} from '@aws-sdk/client-ec2';
import type { Credentials, Served } from '../../../support/organizations/served-organization.ts';
import { refusalOf, serve } from '../../../support/organizations/served-organization.ts';
import {
  numbered,
  SPOKE,
  tinyId,
  tinySnapshot,
} from '../../../support/organizations/tiny-organization.ts';

const marked = { 'orgsweep:marked': 'true' };
const snap = (number: number) => tinyId('snap', number);
const DAY_MS = 86_400_000;
/** By then a listing of the bin shows what was deleted, and what was restored is completed. */
const SETTLED_MS = 2000;

let served: Served;
let discovery: Credentials;
let deletion: Credentials;
let restore: Credentials;
beforeEach(async () => {
  const snapshots = [
    ...numbered(12, (number) =>
      tinySnapshot(number, { tags: { ...marked, Name: `n${number}` }, description: `d${number}` }),
    ),
    tinySnapshot(13, { tags: { 'orgsweep:marked': 'yes' } }),
  ];
  const retentionRules = [
    {
      identifier: 'rule0000001',
      status: 'available' as const,
      retentionDays: 14,
      resourceTags: [{ key: 'orgsweep:marked', value: 'true' }],
    },
  ];
  served = await serve({ estates: { [`${SPOKE}/eu-west-1`]: { snapshots, retentionRules } } });
  discovery = await served.assume('orgsweep-discovery');
  deletion = await served.assume('orgsweep-deletion');
  restore = await served.assume('orgsweep-restore');
});
afterEach(async () => served.close());

const remove = async (id: string) =>
  served.ec2(deletion).send(new DeleteSnapshotCommand({ SnapshotId: id }));
const bringBack = async (id: string, by = restore) =>
  served.ec2(by).send(new RestoreSnapshotFromRecycleBinCommand({ SnapshotId: id }));
const listBin = async (SnapshotIds?: string[]) => {
  const command = new ListSnapshotsInRecycleBinCommand({ ...(SnapshotIds && { SnapshotIds }) });
  return (await served.ec2(discovery).send(command)).Snapshots ?? [];
};
const describe1 = async (id: string) => {
  const Filters = [{ Name: 'snapshot-id', Values: [id] }];
  const command = new DescribeSnapshotsCommand({ OwnerIds: ['self'], Filters });
  return (await served.ec2(restore).send(command)).Snapshots?.[0];
};
const estate = () => served.organization.estate(SPOKE, 'eu-west-1');

test('what was deleted is described no longer, and listed in the bin until it leaves', async () => {
  const deletedAt = served.clock.now();
  await remove(snap(1));
  expect(await listBin()).toEqual([]);
  expect(await refusalOf(listBin([snap(1)]))).toMatchObject({ code: 'InvalidSnapshot.NotFound' });
  served.clock.advance(SETTLED_MS);
  expect(await describe1(snap(1))).toBeUndefined();
  const entry = {
    SnapshotId: snap(1),
    RecycleBinEnterTime: deletedAt,
    RecycleBinExitTime: new Date(deletedAt.getTime() + 14 * DAY_MS),
    Description: 'd1',
    VolumeId: tinyId('vol', 1),
  };
  expect(await listBin()).toEqual([entry]);
  expect(await listBin([snap(1)])).toEqual([entry]);
  served.clock.advance(14 * DAY_MS - SETTLED_MS);
  discovery = await served.assume('orgsweep-discovery');
  expect(await listBin()).toEqual([]);
  restore = await served.assume('orgsweep-restore');
  expect(await refusalOf(bringBack(snap(1)))).toMatchObject({ code: 'InvalidSnapshot.NotFound' });
});

test('what no rule keeps is gone at once', async () => {
  await served.ec2(deletion).send(
    new CreateTagsCommand({
      Resources: [snap(13)],
      Tags: [{ Key: 'orgsweep:marked', Value: 'true' }],
    }),
  );
  served.clock.advance(SETTLED_MS);
  estate().setRetentionRules([]);
  await remove(snap(13));
  served.clock.advance(SETTLED_MS);
  expect(await listBin()).toEqual([]);
  expect(estate().existsOrIsRestorable(snap(13))).toBe(false);
});

test('a restored snapshot recovers for a while, and is then as it was', async () => {
  const before = await describe1(snap(1));
  await remove(snap(1));
  const answer = await bringBack(snap(1));
  expect(answer).toMatchObject({
    SnapshotId: snap(1),
    State: 'recovering',
    VolumeId: tinyId('vol', 1),
    VolumeSize: 8,
    StartTime: before?.StartTime,
    OwnerId: SPOKE,
  });
  expect(await describe1(snap(1))).toMatchObject({ State: 'recovering', Tags: before?.Tags });
  served.clock.advance(SETTLED_MS);
  expect(await describe1(snap(1))).toEqual(before);
  expect(await listBin()).toEqual([]);
  expect(estate().deletedSnapshotIds().size).toBe(0);
});

test('in the bin it cannot be deleted, nor what is not there be restored', async () => {
  await remove(snap(1));
  const notFound = { code: 'InvalidSnapshot.NotFound', status: 400 };
  expect(await refusalOf(remove(snap(1)))).toMatchObject(notFound);
  expect(await refusalOf(bringBack(snap(2)))).toMatchObject(notFound);
  expect(await refusalOf(bringBack(snap(999)))).toMatchObject(notFound);
  expect(await refusalOf(bringBack('snap-1'))).toMatchObject({ code: 'InvalidParameterValue' });
  expect(estate().existsOrIsRestorable(snap(1))).toBe(true);
});

test('the bin is listed in pages of 5 to 1,000, and what leaves in between shifts nothing', async () => {
  for (const id of numbered(12, snap)) await remove(id);
  served.clock.advance(SETTLED_MS);
  const client = served.ec2(discovery);
  const sizes: number[] = [];
  const seen: (string | undefined)[] = [];
  for await (const { Snapshots = [] } of paginateListSnapshotsInRecycleBin(
    { client, pageSize: 5 },
    {},
  )) {
    sizes.push(Snapshots.length);
    seen.push(...Snapshots.map(({ SnapshotId }) => SnapshotId));
    if (sizes.length === 1) estate().restoreSnapshot(snap(2));
  }
  expect(sizes).toEqual([5, 5, 2]);
  expect(seen).toEqual(numbered(12, snap));
  const listing = async (MaxResults: number) =>
    client.send(new ListSnapshotsInRecycleBinCommand({ MaxResults }));
  expect(await refusalOf(listing(4))).toMatchObject({ code: 'InvalidParameterValue' });
  expect(await refusalOf(listing(1001))).toMatchObject({ code: 'InvalidParameterValue' });
});

test('the restore role lists, restores, and protects, and does nothing else', async () => {
  await remove(snap(1));
  const by = served.ec2(restore);
  const tag = async (...keys: string[]) => {
    const Tags = keys.map((Key) => ({ Key, Value: 'x' }));
    return by.send(new CreateTagsCommand({ Resources: [snap(2)], Tags }));
  };
  await by.send(new ListSnapshotsInRecycleBinCommand({}));
  await tag('orgsweep:protect');
  const denied = { code: 'UnauthorizedOperation', status: 403 };
  expect(await refusalOf(tag('Name'))).toMatchObject(denied);
  expect(await refusalOf(tag('orgsweep:protect', 'orgsweep:marked'))).toMatchObject(denied);
  const deleting = by.send(new DeleteSnapshotCommand({ SnapshotId: snap(2) }));
  expect(await refusalOf(deleting)).toMatchObject(denied);
  expect(await refusalOf(by.send(new DescribeInstancesCommand({})))).toMatchObject(denied);
  expect(await refusalOf(bringBack(snap(1), discovery))).toMatchObject(denied);
  expect(await refusalOf(bringBack(snap(1), deletion))).toMatchObject(denied);
  await bringBack(snap(1));
});

test('what another user restores at once after our deletion is described once', async () => {
  await remove(snap(1));
  estate().restoreSnapshot(snap(1));
  const command = new DescribeSnapshotsCommand({ OwnerIds: ['self'], MaxResults: 1000 });
  const { Snapshots = [] } = await served.ec2(discovery).send(command);
  expect(Snapshots.filter(({ SnapshotId }) => SnapshotId === snap(1))).toHaveLength(1);
  expect(await listBin()).toEqual([]);
});
