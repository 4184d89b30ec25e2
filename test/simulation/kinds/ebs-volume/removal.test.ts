import {
  CreateSnapshotCommand,
  CreateTagsCommand,
  CreateVolumeCommand,
  DeleteVolumeCommand,
  DescribeSnapshotsCommand,
  DescribeVolumesCommand,
  ListVolumesInRecycleBinCommand,
  RestoreVolumeFromRecycleBinCommand,
} from '@aws-sdk/client-ec2';
import { AnySimChange } from '../../../../simulation/kinds/registry.ts';
import { VOLUME_SURROUNDINGS } from '../../../../simulation/kinds/ebs-volume/state.ts';
import type { DatedChange } from '../../../../simulation/model/change.ts';
import type { SimVolume } from '../../../../simulation/model/organization.ts';
import type { SimRetentionRule } from '../../../../simulation/model/recycle-bin.ts';
import { NOW } from '../../../support/manual-clock.ts';
import { serve, type Served } from '../../../support/organizations/served-organization.ts';
import { SPOKE, tinyId, tinyVolume } from '../../../support/organizations/tiny-organization.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const VolumeId = tinyId('vol', 1);
const MARKED = { 'orgsweep:marked': 'true' };
const marker = [{ Key: 'orgsweep:marked', Value: 'true' }];
const ofVolumes: SimRetentionRule = {
  identifier: 'abcdefghijk',
  status: 'available',
  resourceType: 'EBS_VOLUME',
  retentionDays: 7,
  resourceTags: [{ key: 'orgsweep:marked', value: 'true' }],
};

let served: Served;
let noted: DatedChange[] = [];

async function open(volumes: readonly SimVolume[], before: readonly DatedChange[] = []) {
  noted = [];
  const journal = {
    before,
    note: (change: DatedChange) => void noted.push(change),
    settle: async () => Promise.resolve(),
  };
  const contents = { volumes, retentionRules: [ofVolumes] };
  served = await serve({ estates: { [`${SPOKE}/eu-west-1`]: contents } }, { journal });
}

afterEach(async () => served.close());

const estate = () => served.organization.estate(SPOKE, 'eu-west-1');
const as = async (role: 'discovery' | 'deletion' | 'restore') =>
  served.ec2(await served.assume(`orgsweep-${role}`));
const remove = async (id = VolumeId) =>
  (await as('deletion')).send(new DeleteVolumeCommand({ VolumeId: id }));
const listed = async () => {
  const { Volumes = [] } = await (await as('discovery')).send(new DescribeVolumesCommand({}));
  return Volumes.map(({ VolumeId: id, State }) => [id, State]);
};
const binned = async () => {
  const asked = new ListVolumesInRecycleBinCommand({});
  const { Volumes = [] } = await (await as('discovery')).send(asked);
  return Volumes;
};
const toBeRefusedBy = async (work: Promise<unknown>, name: string) =>
  expect(work).rejects.toMatchObject({ name });

it('deletes a marked volume into the bin: deleting for a while, then restorable for 7 days', async () => {
  await open([tinyVolume(1, { tags: { Name: 'old' }, type: 'io2', iops: 5_000 })]);
  await toBeRefusedBy(remove(), 'UnauthorizedOperation');
  const tag = new CreateTagsCommand({ Resources: [VolumeId], Tags: marker });
  await (await as('deletion')).send(tag);
  served.clock.advance(1_000);
  await remove();
  expect(await listed()).toEqual([[VolumeId, 'deleting']]);
  await toBeRefusedBy(remove(), 'InvalidVolume.NotFound');
  served.clock.advance(2 * MINUTE_MS);
  expect(await listed()).toEqual([]);
  const [entry] = await binned();
  expect(entry).toMatchObject({ VolumeId, VolumeType: 'io2', Iops: 5_000 });
  const kept = entry!.RecycleBinExitTime!.getTime() - entry!.RecycleBinEnterTime!.getTime();
  expect(kept).toBe(7 * DAY_MS);
  const restore = new RestoreVolumeFromRecycleBinCommand({ VolumeId });
  await (await as('restore')).send(restore);
  expect(await listed()).toEqual([[VolumeId, 'creating']]);
  served.clock.advance(2_000);
  expect(await listed()).toEqual([[VolumeId, 'available']]);
  expect(estate().volume(VolumeId)!.tags).toEqual({ Name: 'old', ...MARKED });
  expect(await binned()).toEqual([]);
  const [deletion] = VOLUME_SURROUNDINGS.of(estate()).deletions;
  expect(deletion).toMatchObject({ neededBy: [], by: { role: 'deletion' } });
});

it('leaves the bin after 7 days, and nothing brings it back', async () => {
  await open([tinyVolume(1, { tags: MARKED })]);
  await remove();
  served.clock.advance(7 * DAY_MS);
  expect(await binned()).toEqual([]);
  const restore = new RestoreVolumeFromRecycleBinCommand({ VolumeId });
  await toBeRefusedBy((await as('restore')).send(restore), 'InvalidVolume.NotFound');
});

it('keeps in no bin what failed, and what no rule of volumes keeps', async () => {
  await open([tinyVolume(1, { tags: MARKED, state: 'error' }), tinyVolume(2, { tags: MARKED })]);
  await remove();
  estate().setRetentionRules([{ ...ofVolumes, resourceType: 'EBS_SNAPSHOT' }]);
  await remove(tinyId('vol', 2));
  served.clock.advance(5 * MINUTE_MS);
  expect([await binned(), await listed()]).toEqual([[], []]);
});

it('refuses what is attached, not ready, managed or protected', async () => {
  const attachments = [
    { instanceId: tinyId('i', 1), device: '/dev/sdf', state: 'detaching' as const },
  ];
  const tags = MARKED;
  await open([
    tinyVolume(1, { tags, state: 'in-use', attachments }),
    tinyVolume(2, { tags, state: 'creating' }),
    tinyVolume(3, { tags, managedBy: 'eks.amazonaws.com' }),
    tinyVolume(4, { tags: { ...MARKED, 'orgsweep:protect': '' } }),
    tinyVolume(5, { tags: { ...MARKED, KubernetesCluster: 'blue' } }),
  ]);
  const removing = async (number: number) => remove(tinyId('vol', number));
  await toBeRefusedBy(removing(1), 'VolumeInUse');
  await toBeRefusedBy(removing(2), 'IncorrectState');
  await toBeRefusedBy(removing(3), 'OperationNotPermitted');
  await toBeRefusedBy(removing(4), 'UnauthorizedOperation');
  await toBeRefusedBy(removing(5), 'UnauthorizedOperation');
  await toBeRefusedBy(removing(6), 'InvalidVolume.NotFound');
  expect(VOLUME_SURROUNDINGS.of(estate()).deletions).toEqual([]);
});

it('knows what needed a volume that was deleted, also what nobody could see then', async () => {
  const rhythm = { instanceId: tinyId('i', 1), hours: [9, 18] as const };
  await open([tinyVolume(1, { tags: MARKED, rhythm })]);
  served.clock.advance(new Date('2026-11-21T23:00:00Z').getTime() - NOW.getTime());
  await remove();
  const [deletion] = VOLUME_SURROUNDINGS.of(estate()).deletions;
  expect(deletion!.neededBy).toEqual(['attached within 32 days']);
});

it('makes a snapshot that is pending for a while, and a volume from it under a new id', async () => {
  await open([tinyVolume(1, { tags: MARKED, sizeGiB: 100 })]);
  const Tags = [{ Key: 'orgsweep:final-copy-of', Value: VolumeId }];
  const create = new CreateSnapshotCommand({
    VolumeId,
    TagSpecifications: [{ ResourceType: 'snapshot', Tags }],
  });
  const { SnapshotId = '', State } = await (await as('deletion')).send(create);
  expect(State).toBe('pending');
  const states = async () => {
    const asked = new DescribeSnapshotsCommand({ SnapshotIds: [SnapshotId] });
    const { Snapshots = [] } = await (await as('discovery')).send(asked);
    return Snapshots.map((one) => [one.State, one.VolumeId, one.Tags]);
  };
  expect(await states()).toEqual([['pending', VolumeId, Tags]]);
  const from = { SnapshotId, AvailabilityZone: 'eu-west-1b', VolumeType: 'gp3' } as const;
  const make = async () =>
    (await as('restore')).send(new CreateVolumeCommand({ ...from, ClientToken: 't' }));
  await toBeRefusedBy(make(), 'IncorrectState');
  served.clock.advance(20 * MINUTE_MS);
  expect(await states()).toEqual([['completed', VolumeId, Tags]]);
  const made = await make();
  expect(made).toMatchObject({ State: 'creating', Size: 100, SnapshotId });
  expect(made.VolumeId).not.toBe(VolumeId);
  expect((await make()).VolumeId).toBe(made.VolumeId);
  served.clock.advance(10_000);
  expect(await listed()).toEqual([
    [VolumeId, 'available'],
    [made.VolumeId, 'available'],
  ]);
});

it.each([
  ['iops', { VolumeType: 'gp2', Iops: 300 }],
  ['throughput', { VolumeType: 'io2', Iops: 1_000, Throughput: 125 }],
] as const)('makes no volume with %s that its type does not take', async (_, given) => {
  await open([]);
  const make = new CreateVolumeCommand({ Size: 100, AvailabilityZone: 'eu-west-1a', ...given });
  await toBeRefusedBy((await as('restore')).send(make), 'InvalidParameterCombination');
});

it('makes no snapshot of what is not marked, and one at a time of a cold volume', async () => {
  await open([tinyVolume(1), tinyVolume(2, { tags: MARKED, type: 'sc1' })]);
  const copy = async (number: number) =>
    (await as('deletion')).send(new CreateSnapshotCommand({ VolumeId: tinyId('vol', number) }));
  await toBeRefusedBy(copy(1), 'UnauthorizedOperation');
  await copy(2);
  await toBeRefusedBy(copy(2), 'ConcurrentSnapshotLimitExceeded');
});

it('is the same when it is reopened from its journal', async () => {
  const volumes = [tinyVolume(1, { tags: MARKED }), tinyVolume(2, { tags: MARKED })];
  await open(volumes);
  await (await as('deletion')).send(new CreateSnapshotCommand({ VolumeId }));
  await remove();
  await remove(tinyId('vol', 2));
  served.clock.advance(5 * MINUTE_MS);
  await (await as('restore')).send(new RestoreVolumeFromRecycleBinCommand({ VolumeId }));
  const lines = noted.map((change) => JSON.stringify(change));
  const seen = () => [
    estate().volumes(0, 10).items,
    estate().volumesInRecycleBin(0, 10).items,
    estate().snapshots(0, 10).items,
    VOLUME_SURROUNDINGS.of(estate()).deletions,
  ];
  const before = structuredClone(seen());
  await served.close();
  await open(
    volumes,
    lines.map((line) => {
      const { at, change } = JSON.parse(line) as { at: string; change: unknown };
      return { at: new Date(at), change: AnySimChange.parse(change) };
    }),
  );
  served.clock.advance(5 * MINUTE_MS);
  expect(seen()).toEqual(before);
});
