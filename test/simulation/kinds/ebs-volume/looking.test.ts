import {
  DescribeInstancesCommand,
  DescribeReplaceRootVolumeTasksCommand,
  DescribeVolumesCommand,
  DescribeVolumesModificationsCommand,
} from '@aws-sdk/client-ec2';
import { applyAct } from '../../../../simulation/acts.ts';
import { VOLUME_SURROUNDINGS } from '../../../../simulation/kinds/ebs-volume/state.ts';
import type { SimVolume } from '../../../../simulation/model/organization.ts';
import { NOW } from '../../../support/manual-clock.ts';
import { serve, type Served } from '../../../support/organizations/served-organization.ts';
import {
  SPOKE,
  tinyId,
  tinyInstance,
  tinyVolume,
} from '../../../support/organizations/tiny-organization.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const INSTANCE = tinyId('i', 1);
const before = (days: number) => new Date(NOW.getTime() - days * DAY_MS);
const onInstance = { instanceId: INSTANCE, device: '/dev/sdf', state: 'attached' } as const;

let served: Served;

async function open(volumes: readonly SimVolume[]): Promise<void> {
  const volumeIds = volumes.map(({ volumeId }) => volumeId);
  const contents = { volumes, instances: [tinyInstance(1, { volumeIds })] };
  served = await serve({ estates: { [`${SPOKE}/eu-west-1`]: contents } });
}

afterEach(async () => served.close());

const estate = () => served.organization.estate(SPOKE, 'eu-west-1');
const discovery = async () => served.ec2(await served.assume('orgsweep-discovery'));

interface Query {
  readonly volume?: number;
  readonly metric?: string;
  readonly period?: number;
}

/** As the SDK sends it, which isn't among the project's packages. */
async function ask(
  input: Record<string, unknown>,
  as?: { accessKeyId: string; sessionToken?: string },
) {
  const { accessKeyId, sessionToken = '' } = as ?? (await served.assume('orgsweep-discovery'));
  const scope = `${accessKeyId}/20261121/eu-west-1/monitoring/aws4_request`;
  const answer = await fetch(served.simulation.endpoint, {
    method: 'POST',
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-security-token': sessionToken,
      'x-amz-target': 'GraniteServiceVersion20100801.GetMetricData',
    },
    body: JSON.stringify(input),
  });
  return { status: answer.status, ...((await answer.json()) as Answer) };
}

interface Answer {
  readonly __type?: string;
  readonly MetricDataResults: readonly {
    readonly Id: string;
    readonly Timestamps: readonly number[];
    readonly Values: readonly number[];
    readonly StatusCode: string;
  }[];
  readonly NextToken?: string;
}

const query = (id: string, { volume = 1, metric = 'VolumeIdleTime', period = 86_400 }: Query) => ({
  Id: id,
  MetricStat: {
    Metric: {
      Namespace: 'AWS/EBS',
      MetricName: metric,
      Dimensions: [{ Name: 'VolumeId', Value: tinyId('vol', volume) }],
    },
    Period: period,
    Stat: 'SampleCount',
  },
});

const asked = (queries: readonly Query[], days = 90) => ({
  MetricDataQueries: queries.map((one, index) => query(`q${index}`, one)),
  StartTime: before(days).getTime() / 1000,
  EndTime: (served.clock.now().getTime() + DAY_MS) / 1000,
});

/** How many whole days before now the last datapoint's day began; undefined: there is none. */
async function lastDay(of: Query): Promise<number | undefined> {
  const { MetricDataResults } = await ask(asked([of]));
  const [latest] = MetricDataResults[0]!.Timestamps;
  const today = Math.floor(served.clock.now().getTime() / DAY_MS) * DAY_MS;
  return latest === undefined ? undefined : (today - latest * 1000) / DAY_MS;
}

it('has datapoints of a volume while an instance that runs has it, and none else', async () => {
  const stopped = { ...onInstance, instanceId: tinyId('i', 2) };
  await open([
    tinyVolume(1, { state: 'in-use', attachments: [onInstance] }),
    tinyVolume(2),
    tinyVolume(3, { rhythm: { instanceId: INSTANCE, until: before(40) } }),
    tinyVolume(4, { state: 'in-use', attachments: [stopped] }),
  ]);
  estate().putInstance(tinyInstance(2, { state: 'stopped', volumeIds: [tinyId('vol', 4)] }));
  const { MetricDataResults } = await ask(asked([1, 2, 3, 4, 5].map((volume) => ({ volume }))));
  expect(MetricDataResults.map(({ Timestamps }) => Timestamps.length)).toEqual([91, 0, 51, 0, 0]);
  expect(MetricDataResults.every(({ StatusCode }) => StatusCode === 'Complete')).toBe(true);
  expect(MetricDataResults[0]!.Values[0]).toBe(288);
  expect(await lastDay({ volume: 3 })).toBe(40);
});

it('tells of reads and writes of an idle volume nothing, and of its idle time all', async () => {
  await open([tinyVolume(1, { isIdle: true, state: 'in-use', attachments: [onInstance] })]);
  expect(await lastDay({ metric: 'VolumeReadOps' })).toBeUndefined();
  expect(await lastDay({ metric: 'VolumeIdleTime' })).toBe(0);
});

it('shows some minutes late that something has a volume, never later than fifteen', async () => {
  await open([tinyVolume(1)]);
  estate().putVolume(tinyVolume(1, { state: 'in-use', attachments: [onInstance] }));
  served.clock.advance(5 * 60_000);
  expect(await lastDay({})).toBeUndefined();
  served.clock.advance(11 * 60_000);
  expect(await lastDay({})).toBe(0);
});

it('remembers who had a volume that was freed by terminating its instance, and no event tells', async () => {
  await open([tinyVolume(1, { state: 'in-use', attachments: [onInstance] })]);
  served.clock.advance(5 * DAY_MS);
  expect(applyAct(estate(), { kind: 'terminate-instance', instanceId: INSTANCE })).toBe(true);
  served.clock.advance(3 * DAY_MS);
  expect(estate().volume(tinyId('vol', 1))).toMatchObject({ state: 'available', attachments: [] });
  expect(await lastDay({})).toBe(3);
  expect(await lastDay({ metric: 'VolumeWriteOps' })).toBe(3);
});

it('attaches a volume in the morning and detaches it at night, as long as the clock goes on', async () => {
  await open([tinyVolume(1, { rhythm: { instanceId: INSTANCE, hours: [9, 18] } })]);
  const seen = async () => {
    const ec2 = await discovery();
    const { Volumes = [] } = await ec2.send(new DescribeVolumesCommand({}));
    const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({}));
    const mappings = Reservations.flatMap(({ Instances = [] }) => Instances).flatMap(
      ({ BlockDeviceMappings = [] }) => BlockDeviceMappings,
    );
    return [Volumes[0]!.State, Volumes[0]!.Attachments?.length, mappings.length];
  };
  const at = (hour: number) => {
    const time = served.clock.now().getTime();
    const next = Math.floor(time / DAY_MS) * DAY_MS + hour * HOUR_MS;
    served.clock.advance((next > time ? next : next + DAY_MS) - time);
  };
  at(6);
  expect(await seen()).toEqual(['available', 0, 0]);
  at(12);
  expect(await seen()).toEqual(['in-use', 1, 1]);
  at(23);
  expect(await seen()).toEqual(['available', 0, 0]);
  expect(await lastDay({})).toBe(0);
});

it('pages by datapoints: what is cut off goes on on the next page', async () => {
  await open(
    [1, 2, 3].map((one) => tinyVolume(one, { state: 'in-use', attachments: [onInstance] })),
  );
  const input = {
    ...asked([{ volume: 1 }, { volume: 9 }, { volume: 2 }, { volume: 3 }], 9),
    MaxDatapoints: 7,
  };
  const points = new Map<string, number>();
  const last = new Map<string, string>();
  let pages = 0;
  for (let token: string | undefined = ''; token !== undefined; pages++) {
    const page: Answer = await ask(token === '' ? input : { ...input, NextToken: token });
    for (const { Id, Timestamps, StatusCode } of page.MetricDataResults) {
      points.set(Id, (points.get(Id) ?? 0) + Timestamps.length);
      last.set(Id, StatusCode);
    }
    token = page.NextToken;
  }
  expect(Object.fromEntries(points)).toEqual({ q0: 10, q1: 0, q2: 10, q3: 10 });
  expect([...last.values()]).toEqual(['Complete', 'Complete', 'Complete', 'Complete']);
  expect(pages).toBe(5);
});

it('refuses 501 metrics, the same id twice, and a role that may not', async () => {
  await open([tinyVolume(1)]);
  const many = Array.from({ length: 501 }, () => ({}));
  expect(await ask(asked(many))).toMatchObject({ status: 400, __type: 'ValidationError' });
  const twice = asked([{}, {}]);
  const MetricDataQueries = twice.MetricDataQueries.map((one) => ({ ...one, Id: 'q' }));
  expect(await ask({ ...twice, MetricDataQueries })).toMatchObject({ __type: 'ValidationError' });
  const deletion = await served.assume('orgsweep-deletion');
  expect(await ask(asked([{}]), deletion)).toMatchObject({ status: 403, __type: 'AccessDenied' });
});

it('keeps five-minute datapoints for 63 days only', async () => {
  await open([tinyVolume(1, { rhythm: { instanceId: INSTANCE, until: before(70) } })]);
  expect(await lastDay({ period: 300 })).toBeUndefined();
  expect(await lastDay({ period: 3_600 })).toBeDefined();
});

it('shows what a volume is: type, performance, Outpost, zone, copy, operator and state', async () => {
  await open([
    tinyVolume(1, {
      type: 'io2',
      iops: 20_000,
      multiAttach: true,
      kmsKeyId: 'arn:aws:kms:::key/1',
    }),
    tinyVolume(2, { state: 'creating', sourceVolumeId: tinyId('vol', 1), throughputMiBps: 500 }),
    tinyVolume(3, { state: 'error', type: 'st1', availabilityZone: 'eu-west-1-wl1-lhr-wlz-1' }),
    tinyVolume(4, { outpostArn: 'arn:aws:outposts:eu-west-1:222222222222:outpost/op-1' }),
    tinyVolume(5, { managedBy: 'eks.amazonaws.com' }),
    tinyVolume(6, { state: 'in-use', attachments: [{ ...onInstance, attachTime: before(2) }] }),
  ]);
  const ec2 = await discovery();
  const { Volumes = [] } = await ec2.send(new DescribeVolumesCommand({}));
  expect(Volumes).toMatchObject([
    { VolumeType: 'io2', Iops: 20_000, MultiAttachEnabled: true, Encrypted: true },
    { State: 'creating', SourceVolumeId: tinyId('vol', 1), Throughput: 500, Iops: 3_000 },
    { State: 'error', VolumeType: 'st1', AvailabilityZone: 'eu-west-1-wl1-lhr-wlz-1' },
    { OutpostArn: 'arn:aws:outposts:eu-west-1:222222222222:outpost/op-1' },
    { State: 'in-use', Attachments: [{ InstanceId: INSTANCE, AttachTime: before(2) }] },
  ]);
  expect(Volumes[2]).not.toHaveProperty('Iops');
  const all = await ec2.send(new DescribeVolumesCommand({ IncludeManagedResources: true }));
  expect(all.Volumes?.find(({ Operator }) => Operator?.Managed)?.Operator).toEqual({
    Managed: true,
    Principal: 'eks.amazonaws.com',
    HiddenByDefault: true,
  });
});

it('shows modifications as they go on, those of managed volumes only where asked', async () => {
  await open([tinyVolume(1), tinyVolume(2, { managedBy: 'eks.amazonaws.com' })]);
  const [startedAt, endedAt] = [NOW, new Date(NOW.getTime() + 2 * HOUR_MS)];
  const optimizingFrom = new Date(NOW.getTime() + HOUR_MS);
  const { modifications } = VOLUME_SURROUNDINGS.of(estate());
  for (const number of [1, 2]) {
    const volumeId = tinyId('vol', number);
    modifications.set(volumeId, { volumeId, startedAt, optimizingFrom, endedAt });
  }
  const Filters = [{ Name: 'modification-state', Values: ['modifying', 'optimizing'] }];
  const states = async (IncludeManagedResources: boolean) => {
    const asked = new DescribeVolumesModificationsCommand({ Filters, IncludeManagedResources });
    const { VolumesModifications = [] } = await (await discovery()).send(asked);
    return VolumesModifications.map(({ ModificationState }) => ModificationState);
  };
  expect(await states(false)).toEqual(['modifying']);
  expect(await states(true)).toEqual(['modifying', 'modifying']);
  served.clock.advance(HOUR_MS);
  expect(await states(true)).toEqual(['optimizing', 'optimizing']);
  served.clock.advance(HOUR_MS);
  expect(await states(true)).toEqual([]);
});

it('shows replaced root volumes by instance and time, in pages of 50', async () => {
  await open([tinyVolume(1)]);
  for (let number = 1; number <= 51; number++) {
    const taskId = `replacevol-${String(number).padStart(17, '0')}`;
    const task = {
      taskId,
      instanceId: INSTANCE,
      startedAt: before(3),
      deletesReplacedVolume: false,
    };
    VOLUME_SURROUNDINGS.of(estate()).rootReplacements.set(taskId, task);
  }
  const ec2 = await discovery();
  const first = await ec2.send(new DescribeReplaceRootVolumeTasksCommand({}));
  const { NextToken } = first;
  const rest = await ec2.send(new DescribeReplaceRootVolumeTasksCommand({ NextToken }));
  expect([first, rest].map((page) => page.ReplaceRootVolumeTasks?.length)).toEqual([50, 1]);
  const [task] = first.ReplaceRootVolumeTasks ?? [];
  expect(task).toMatchObject({ InstanceId: INSTANCE, DeleteReplacedRootVolume: false });
  expect(new Date(task!.StartTime!)).toEqual(before(3));
  expect(task).not.toHaveProperty('VolumeId');
});
