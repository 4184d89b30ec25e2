import {
  DeleteSnapshotCommand,
  DescribeImagesCommand,
  DescribeInstancesCommand,
  DescribeSnapshotsCommand,
  DescribeVolumesCommand,
} from '@aws-sdk/client-ec2';
import type { SimAct } from '../../simulation/acts.ts';
import { applyAct } from '../../simulation/acts.ts';
import type { Credentials, Served } from '../support/organizations/served-organization.ts';
import { refusalOf, serve } from '../support/organizations/served-organization.ts';
import {
  SPOKE,
  tinyId,
  tinyImage,
  tinyInstance,
  tinySnapshot,
  tinyVolume,
} from '../support/organizations/tiny-organization.ts';

const snap = (number: number) => tinyId('snap', number);
const vol = (number: number) => tinyId('vol', number);
const tags = { 'orgsweep:marked': 'true' };
const attachment = { instanceId: tinyId('i', 2), device: '/dev/sdf', state: 'attached' as const };

let served: Served;
let discovery: Credentials;
beforeEach(async () => {
  const contents = {
    snapshots: [
      tinySnapshot(1, { tags }),
      tinySnapshot(2),
      tinySnapshot(3),
      tinySnapshot(4, { tags: { 'aws:backup:source-resource': 'x' } }),
      tinySnapshot(5, { state: 'pending' }),
    ],
    volumes: [tinyVolume(1), tinyVolume(2, { state: 'in-use', attachments: [attachment] })],
    instances: [tinyInstance(2, { volumeIds: [vol(2)] }), tinyInstance(3, { state: 'terminated' })],
    images: [tinyImage(1, { snapshotIds: [snap(3)] })],
    retentionRules: [{ identifier: 'rule0000001', status: 'available' as const, retentionDays: 1 }],
  };
  served = await serve({ estates: { [`${SPOKE}/eu-west-1`]: contents } });
  discovery = await served.assume('orgsweep-discovery');
});
afterEach(async () => served.close());

const estate = () => served.organization.estate(SPOKE, 'eu-west-1');
const act = (one: SimAct) => applyAct(estate(), one);
const ec2 = () => served.ec2(discovery);
const volumes = async () =>
  (await ec2().send(new DescribeVolumesCommand({ IncludeManagedResources: true }))).Volumes ?? [];
const snapshots = async () =>
  (await ec2().send(new DescribeSnapshotsCommand({ OwnerIds: ['self'] }))).Snapshots ?? [];
const images = async () =>
  (await ec2().send(new DescribeImagesCommand({ Owners: ['self'], IncludeDisabled: true })))
    .Images ?? [];
const instances = async () =>
  ((await ec2().send(new DescribeInstancesCommand({}))).Reservations ?? []).flatMap(
    ({ Instances = [] }) => Instances,
  );
const volume = async (number: number) =>
  (await volumes()).find(({ VolumeId }) => VolumeId === vol(number));
const snapshot = async (id: string) =>
  (await snapshots()).find(({ SnapshotId }) => SnapshotId === id);

test('attaching a volume launches the instance that is not there yet', async () => {
  expect(act({ kind: 'attach-volume', volumeId: vol(1), instanceId: tinyId('i', 9) })).toBe(true);
  expect(await volume(1)).toMatchObject({
    State: 'in-use',
    Attachments: [{ InstanceId: tinyId('i', 9), State: 'attached' }],
  });
  expect((await instances()).find(({ InstanceId }) => InstanceId === tinyId('i', 9))).toMatchObject(
    {
      State: { Name: 'running' },
    },
  );
});

test('detaching a volume leaves it available', async () => {
  expect(act({ kind: 'detach-volume', volumeId: vol(2) })).toBe(true);
  expect(await volume(2)).toMatchObject({ State: 'available', Attachments: [] });
  expect(estate().instance(tinyId('i', 2))?.volumeIds).toEqual([]);
});

test('terminating an instance leaves its volumes, and deleting one takes it away', async () => {
  expect(act({ kind: 'delete-volume', volumeId: vol(2) })).toBe(false);
  expect(act({ kind: 'terminate-instance', instanceId: tinyId('i', 2) })).toBe(true);
  expect(await volume(2)).toMatchObject({ State: 'available', Attachments: [] });
  expect(act({ kind: 'delete-volume', volumeId: vol(2) })).toBe(true);
  expect((await volumes()).map(({ VolumeId }) => VolumeId)).toEqual([vol(1)]);
  const named = ec2().send(new DescribeVolumesCommand({ VolumeIds: [vol(2)] }));
  expect(await refusalOf(named)).toMatchObject({ code: 'InvalidVolume.NotFound' });
});

test('an AMI comes and goes, and keeps its snapshot from being deleted', async () => {
  const imageId = tinyId('ami', 9);
  expect(act({ kind: 'register-image', imageId, snapshotIds: [snap(1)], state: 'disabled' })).toBe(
    true,
  );
  expect((await images()).map(({ ImageId }) => ImageId)).toEqual([tinyId('ami', 1), imageId]);
  expect(act({ kind: 'delete-snapshot', snapshotId: snap(1) })).toBe(false);
  const deletion = served.ec2(await served.assume('orgsweep-deletion'));
  const remove = async () => deletion.send(new DeleteSnapshotCommand({ SnapshotId: snap(1) }));
  expect(await refusalOf(remove())).toMatchObject({ code: 'InvalidSnapshot.InUse' });
  expect(act({ kind: 'deregister-image', imageId })).toBe(true);
  expect(await images()).toHaveLength(1);
  await remove();
});

test('a snapshot is made, tagged, untagged, deleted and restored', async () => {
  expect(act({ kind: 'create-snapshot', snapshotId: snap(9), volumeId: vol(1) })).toBe(true);
  expect(await snapshot(snap(9))).toMatchObject({
    VolumeId: vol(1),
    State: 'completed',
    StartTime: served.clock.now(),
    OwnerId: SPOKE,
  });
  expect(
    estate()
      .snapshotsOfVolume(vol(1))
      .map(({ snapshotId }) => snapshotId),
  ).toEqual([snap(1), snap(9)]);
  act({ kind: 'tag-snapshot', snapshotId: snap(9), tags: { a: '1', b: '2' } });
  act({ kind: 'untag-snapshot', snapshotId: snap(9), keys: ['a', 'none'] });
  expect((await snapshot(snap(9)))?.Tags).toEqual([{ Key: 'b', Value: '2' }]);
  expect(act({ kind: 'delete-snapshot', snapshotId: snap(9) })).toBe(true);
  expect(await snapshot(snap(9))).toBeUndefined();
  expect(act({ kind: 'restore-snapshot', snapshotId: snap(9) })).toBe(true);
  expect(await snapshot(snap(9))).toMatchObject({ State: 'completed', Tags: [{ Key: 'b' }] });
  expect(act({ kind: 'delete-snapshot', snapshotId: snap(9) })).toBe(true);
  expect(act({ kind: 'create-snapshot', snapshotId: snap(9), volumeId: vol(1) })).toBe(false);
});

test.each<SimAct>([
  { kind: 'attach-volume', volumeId: vol(3), instanceId: tinyId('i', 2) },
  { kind: 'attach-volume', volumeId: vol(2), instanceId: tinyId('i', 2) },
  { kind: 'attach-volume', volumeId: vol(1), instanceId: tinyId('i', 3) },
  { kind: 'detach-volume', volumeId: vol(1) },
  { kind: 'delete-volume', volumeId: vol(3) },
  { kind: 'terminate-instance', instanceId: tinyId('i', 3) },
  { kind: 'register-image', imageId: tinyId('ami', 1), snapshotIds: [snap(1)] },
  { kind: 'register-image', imageId: tinyId('ami', 2), snapshotIds: [snap(1), snap(5)] },
  { kind: 'register-image', imageId: tinyId('ami', 2), snapshotIds: [] },
  { kind: 'deregister-image', imageId: tinyId('ami', 2) },
  { kind: 'create-snapshot', snapshotId: snap(9), volumeId: vol(3) },
  { kind: 'create-snapshot', snapshotId: snap(1), volumeId: vol(1) },
  { kind: 'delete-snapshot', snapshotId: snap(3) },
  { kind: 'delete-snapshot', snapshotId: snap(4) },
  { kind: 'delete-snapshot', snapshotId: snap(9) },
  { kind: 'tag-snapshot', snapshotId: snap(9), tags },
  { kind: 'untag-snapshot', snapshotId: snap(9), keys: [] },
  { kind: 'restore-snapshot', snapshotId: snap(1) },
  { kind: 'lock-snapshot', snapshotId: snap(5) },
  { kind: 'lock-snapshot', snapshotId: snap(9) },
  { kind: 'share-snapshot', snapshotId: snap(9), accountIds: [SPOKE] },
])('what AWS would refuse changes nothing: %j', async (one) => {
  const everything = async () =>
    Promise.all([volumes(), snapshots(), images(), instances(), estate().deletions()]);
  const before = await everything();
  expect(act(one)).toBe(false);
  expect(await everything()).toEqual(before);
});

test('a hook acts between any two calls, and the next one sees it', async () => {
  served.simulation.onBeforeCall = ({ operation }) => {
    if (operation !== 'DescribeImages') return;
    act({ kind: 'register-image', imageId: tinyId('ami', 9), snapshotIds: [snap(2)] });
  };
  await snapshots();
  expect((await images()).map(({ ImageId }) => ImageId)).toContain(tinyId('ami', 9));
});
