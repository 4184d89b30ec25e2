import type { DescribeRegionsCommandInput } from '@aws-sdk/client-ec2';
import {
  DescribeImagesCommand,
  DescribeInstancesCommand,
  DescribeRegionsCommand,
  DescribeVpcsCommand,
  DescribeSnapshotsCommand,
  DescribeVolumesCommand,
  paginateDescribeImages,
  paginateDescribeInstances,
  paginateDescribeVolumes,
} from '@aws-sdk/client-ec2';
import type { Served } from '../../../support/organizations/served-organization.ts';
import { refusalOf, serve } from '../../../support/organizations/served-organization.ts';
import {
  HUB,
  MANAGEMENT,
  SPOKE,
  numbered,
  tinyAccount,
  tinyId,
  tinyImage,
  tinyInstance,
  tinyVolume,
} from '../../../support/organizations/tiny-organization.ts';

const attached = tinyVolume(1, {
  state: 'in-use',
  snapshotId: tinyId('snap', 1),
  tags: { Name: '<db>' },
  attachments: [{ instanceId: tinyId('i', 1), device: '/dev/xvda', state: 'attached' }],
});
const managed = tinyVolume(2, { managedBy: 'eks.amazonaws.com' });
const ofTask = tinyVolume(3, {
  state: 'in-use',
  attachments: [
    {
      associatedResource: 'arn:aws:ecs:eu-west-1:222222222222:task/t',
      instanceOwningService: 'fargate',
      device: '/dev/xvdb',
      state: 'attached',
    },
  ],
});

let served: Served;
let session: Parameters<Served['ec2']>[0];
beforeAll(async () => {
  served = await serve({
    accounts: [
      tinyAccount({ id: MANAGEMENT, management: true }),
      tinyAccount({ id: HUB }),
      tinyAccount({
        id: SPOKE,
        regions: [
          { name: 'eu-west-1', optIn: 'opt-in-not-required', deniedByScp: false },
          { name: 'us-east-1', optIn: 'opt-in-not-required', deniedByScp: true },
          { name: 'ap-east-1', optIn: 'not-opted-in', deniedByScp: false },
        ],
      }),
    ],
    estates: {
      [`${SPOKE}/eu-west-1`]: {
        volumes: [attached, managed, ofTask, ...numbered(1200, (number) => tinyVolume(number + 3))],
        instances: [
          tinyInstance(1, { volumeIds: [attached.volumeId] }),
          tinyInstance(2, { state: 'terminated' }),
          tinyInstance(3, { managedBy: 'eks.amazonaws.com' }),
        ],
        images: [
          tinyImage(1, { snapshotIds: [tinyId('snap', 1), tinyId('snap', 2)] }),
          tinyImage(2, { state: 'disabled', snapshotIds: [tinyId('snap', 3)] }),
          tinyImage(3),
          tinyImage(4, { state: 'failed' }),
        ],
      },
    },
  });
  session = await served.assume('orgsweep-discovery');
});
afterAll(async () => served.close());
beforeEach(() => served.clock.advance(10_000));

const ec2 = () => served.ec2(session);

test('volumes: managed ones are hidden unless IncludeManagedResources is true', async () => {
  const plain = await ec2().send(new DescribeVolumesCommand({}));
  expect(plain.Volumes).toHaveLength(1202);
  const all = await ec2().send(new DescribeVolumesCommand({ IncludeManagedResources: true }));
  expect(all.Volumes).toHaveLength(1203);
  expect(all.Volumes?.find(({ VolumeId }) => VolumeId === managed.volumeId)?.Operator).toEqual({
    Managed: true,
    Principal: 'eks.amazonaws.com',
    HiddenByDefault: true,
  });
});

test('volumes: pages have 500 at most, however many are asked for', async () => {
  const pages = paginateDescribeVolumes({ client: ec2(), pageSize: 1000 }, {});
  const sizes: number[] = [];
  for await (const { Volumes = [] } of pages) sizes.push(Volumes.length);
  expect(sizes).toEqual([499, 500, 203]);
});

test('volumes: fields and attachments arrive, also those without an instance', async () => {
  const VolumeIds = [attached.volumeId, ofTask.volumeId];
  const { Volumes } = await ec2().send(new DescribeVolumesCommand({ VolumeIds }));
  expect(Volumes?.[0]).toMatchObject({
    VolumeId: attached.volumeId,
    Size: 8,
    State: 'in-use',
    SnapshotId: tinyId('snap', 1),
    Tags: [{ Key: 'Name', Value: '<db>' }],
    Attachments: [{ InstanceId: tinyId('i', 1), Device: '/dev/xvda', State: 'attached' }],
  });
  const attachment = Volumes?.[1]?.Attachments?.[0];
  expect(attachment).toMatchObject({ InstanceOwningService: 'fargate' });
  expect(attachment?.AssociatedResource).toContain(':task/t');
  expect(attachment?.InstanceId).toBeUndefined();
});

test.each([
  ['volume-id', [tinyId('vol', 3), tinyId('vol', 99999)], [3]],
  ['attachment.instance-id', [tinyId('i', 1)], [1]],
  ['snapshot-id', [tinyId('snap', 1)], [1]],
  ['status', ['in-use'], [1, 3]],
])('volumes: filter %s', async (Name, Values, numbers) => {
  const { Volumes } = await ec2().send(new DescribeVolumesCommand({ Filters: [{ Name, Values }] }));
  expect(Volumes?.map(({ VolumeId }) => VolumeId)).toEqual(numbers.map((n) => tinyId('vol', n)));
});

test('volumes: one missing id among the ids fails the whole call', async () => {
  const VolumeIds = [attached.volumeId, tinyId('vol', 99999)];
  const refusal = await refusalOf(ec2().send(new DescribeVolumesCommand({ VolumeIds })));
  expect(refusal).toEqual({
    code: 'InvalidVolume.NotFound',
    message: `The volume '${tinyId('vol', 99999)}' does not exist.`,
    status: 400,
  });
});

test('volumes: an empty id list is not on the wire, and means everything', async () => {
  const { Volumes } = await ec2().send(new DescribeVolumesCommand({ VolumeIds: [] }));
  expect(Volumes).toHaveLength(1202);
});

test('volumes: MaxResults below 5 is refused', async () => {
  const refusal = await refusalOf(ec2().send(new DescribeVolumesCommand({ MaxResults: 4 })));
  expect(refusal).toMatchObject({ code: 'InvalidParameterValue' });
});

test('instances: states and volumes arrive, managed ones are hidden by default', async () => {
  const states = async (input: { IncludeManagedResources?: boolean }) => {
    const found: (string | undefined)[] = [];
    for await (const page of paginateDescribeInstances({ client: ec2(), pageSize: 1000 }, input)) {
      for (const { Instances = [] } of page.Reservations ?? []) {
        found.push(...Instances.map(({ State }) => State?.Name));
      }
    }
    return found;
  };
  expect(await states({})).toEqual(['running', 'terminated']);
  expect(await states({ IncludeManagedResources: true })).toHaveLength(3);
});

test.each([
  ['instance-id', tinyId('i', 2), 2],
  ['instance-state-name', 'running', 1],
  ['block-device-mapping.volume-id', tinyId('vol', 1), 1],
])('instances: filter %s', async (Name, value, number) => {
  const Filters = [{ Name, Values: [value] }];
  const { Reservations } = await ec2().send(new DescribeInstancesCommand({ Filters }));
  const instances = Reservations?.flatMap(({ Instances = [] }) => Instances);
  expect(instances?.map(({ InstanceId }) => InstanceId)).toEqual([tinyId('i', number)]);
});

test('instances: a volume is named in the block device mapping', async () => {
  const InstanceIds = [tinyId('i', 1)];
  const { Reservations } = await ec2().send(new DescribeInstancesCommand({ InstanceIds }));
  const [instance] = Reservations?.[0]?.Instances ?? [];
  expect(instance?.BlockDeviceMappings?.[0]?.Ebs?.VolumeId).toBe(attached.volumeId);
  const missing = new DescribeInstancesCommand({ InstanceIds: [tinyId('i', 99)] });
  expect(await refusalOf(ec2().send(missing))).toMatchObject({
    code: 'InvalidInstanceID.NotFound',
  });
  const both = new DescribeInstancesCommand({ InstanceIds, MaxResults: 5 });
  expect(await refusalOf(ec2().send(both))).toMatchObject({ code: 'InvalidParameterCombination' });
});

test('images: disabled ones are hidden unless IncludeDisabled is true', async () => {
  const ids = async (input: { IncludeDisabled?: boolean }) => {
    const found: (string | undefined)[] = [];
    const pages = paginateDescribeImages(
      { client: ec2(), pageSize: 1 },
      { Owners: ['self'], ...input },
    );
    for await (const { Images = [] } of pages) found.push(...Images.map(({ ImageId }) => ImageId));
    return found;
  };
  expect(await ids({})).toEqual([1, 3, 4].map((n) => tinyId('ami', n)));
  expect(await ids({ IncludeDisabled: true })).toEqual(numbered(4, (n) => tinyId('ami', n)));
});

test('images: one that failed was never launched; of the others nobody said so', async () => {
  const input = { Owners: ['self'], IncludeDisabled: true };
  const { Images = [] } = await ec2().send(new DescribeImagesCommand(input));
  const launched = Images.filter(({ LastLaunchedTime }) => LastLaunchedTime !== undefined);
  expect(launched.map(({ ImageId }) => ImageId)).toEqual(numbered(3, (n) => tinyId('ami', n)));
});

test('images: all snapshots of an AMI are in its mapping, and find it', async () => {
  const Filters = [
    { Name: 'block-device-mapping.snapshot-id', Values: [tinyId('snap', 2), tinyId('snap', 3)] },
  ];
  const input = { Owners: ['self'], Filters, IncludeDisabled: true };
  const { Images } = await ec2().send(new DescribeImagesCommand(input));
  expect(Images?.map(({ ImageId, State }) => [ImageId, State])).toEqual([
    [tinyId('ami', 1), 'available'],
    [tinyId('ami', 2), 'disabled'],
  ]);
  const snapshots = Images?.[0]?.BlockDeviceMappings?.map(({ Ebs }) => Ebs?.SnapshotId);
  expect(snapshots).toEqual([tinyId('snap', 1), tinyId('snap', 2)]);
});

test.each([
  ['image-id', tinyId('ami', 3), [3]],
  ['state', 'available', [1, 3]],
])('images: filter %s', async (Name, value, numbers) => {
  const Filters = [{ Name, Values: [value] }];
  const { Images } = await ec2().send(new DescribeImagesCommand({ Owners: ['self'], Filters }));
  expect(Images?.map(({ ImageId }) => ImageId)).toEqual(numbers.map((n) => tinyId('ami', n)));
});

test('images: MaxResults 1,001 and unknown ids are refused', async () => {
  const large = new DescribeImagesCommand({ MaxResults: 1001 });
  expect(await refusalOf(ec2().send(large))).toMatchObject({ code: 'InvalidParameterValue' });
  const missing = new DescribeImagesCommand({ ImageIds: [tinyId('ami', 99)] });
  expect(await refusalOf(ec2().send(missing))).toMatchObject({ code: 'InvalidAMIID.NotFound' });
});

test('regions: enabled ones by default, all with AllRegions, filtered by opt-in status', async () => {
  const names = async (input: DescribeRegionsCommandInput) => {
    const { Regions } = await ec2().send(new DescribeRegionsCommand(input));
    return Regions?.map(({ RegionName, OptInStatus }) => `${RegionName} ${OptInStatus}`);
  };
  const enabled = ['eu-west-1 opt-in-not-required', 'us-east-1 opt-in-not-required'];
  expect(await names({})).toEqual(enabled);
  expect(await names({ AllRegions: true })).toEqual([...enabled, 'ap-east-1 not-opted-in']);
  const Filters = [{ Name: 'opt-in-status', Values: ['not-opted-in'] }];
  expect(await names({ AllRegions: true, Filters })).toEqual(['ap-east-1 not-opted-in']);
  const unknown = new DescribeRegionsCommand({ RegionNames: ['eu-west-9'] });
  expect(await refusalOf(ec2().send(unknown))).toMatchObject({ code: 'InvalidParameterValue' });
});

test('a Region denied by SCP refuses everything, DescribeRegions too', async () => {
  const there = served.ec2(session, 'us-east-1');
  const regions = await refusalOf(there.send(new DescribeRegionsCommand({})));
  expect(regions).toMatchObject({ code: 'UnauthorizedOperation', status: 403 });
  const refusal = await refusalOf(there.send(new DescribeSnapshotsCommand({ MaxResults: 5 })));
  expect(refusal).toMatchObject({ code: 'UnauthorizedOperation', status: 403 });
  expect(refusal.message).toMatch(/with an explicit deny in a service control policy$/);
});

test('a Region that the account has not opted into refuses everything', async () => {
  const there = served.ec2(session, 'ap-east-1');
  expect(await refusalOf(there.send(new DescribeRegionsCommand({})))).toMatchObject({
    code: 'OptInRequired',
  });
});

test('an operation that the simulation lacks is InvalidAction', async () => {
  const refusal = await refusalOf(ec2().send(new DescribeVpcsCommand({})));
  expect(refusal).toEqual({
    code: 'InvalidAction',
    message: 'The action DescribeVpcs is not valid for this web service.',
    status: 400,
  });
});

test('a parameter that the simulation would ignore is refused by name', async () => {
  const refusal = await refusalOf(
    ec2().send(new DescribeImagesCommand({ ExecutableUsers: ['all'] })),
  );
  expect(refusal).toMatchObject({
    code: 'UnknownParameter',
    message: 'The parameter ExecutableBy is not recognized',
  });
});
