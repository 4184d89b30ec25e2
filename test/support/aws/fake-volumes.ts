import { instanceXml, type lookAt, page } from './fake-ec2.ts';
import type { FakeAnswer, SentRequest } from './fake-aws.ts';

export type Answers = Parameters<typeof lookAt>[0];

const OLD = '2020-01-01T00:00:00.000Z';
export const volume = (id: string, more = '<status>available</status>') =>
  `<item><volumeId>${id}</volumeId><size>100</size><volumeType>gp3</volumeType><iops>3000</iops>` +
  `<throughput>125</throughput><createTime>${OLD}</createTime>${more}</item>`;
export const attached = (id: string, since = OLD, instanceId = 'i-1') =>
  volume(
    id,
    `<status>in-use</status><attachmentSet><item><instanceId>${instanceId}</instanceId>` +
      `<status>attached</status><attachTime>${since}</attachTime></item></attachmentSet>`,
  );
export const instance = (id: string, state: string, ...volumes: string[]) => {
  const devices = volumes.map((one) => `<item><ebs><volumeId>${one}</volumeId></ebs></item>`);
  return instanceXml(id, state).replace(
    `<instanceId>${id}</instanceId>`,
    (is) => `${is}<blockDeviceMapping>${devices.join('')}</blockDeviceMapping>`,
  );
};
export const answering = (
  volumes: string[],
  instances: string[] = [],
  more: Answers = {},
): Answers => ({
  DescribeVolumes: () => page('volumeSet', volumes),
  DescribeInstances: () => page('reservationSet', instances),
  DescribeVolumesModifications: () => '<volumeModificationSet/>',
  DescribeReplaceRootVolumeTasks: () => '<replaceRootVolumeTaskSet/>',
  ...more,
});

interface Query {
  readonly Id: string;
  readonly MetricStat: {
    readonly Metric: {
      readonly Namespace: string;
      readonly MetricName: string;
      readonly Dimensions: readonly { readonly Value: string }[];
    };
    readonly Period: number;
    readonly Stat: string;
  };
}
export const asked = ({ json }: SentRequest) =>
  json as { MetricDataQueries: Query[]; StartTime: number; EndTime: number };

/** CloudWatch with the last day of each volume that has metrics. */
export const metrics =
  (lastDays: Readonly<Record<string, string>>, status = 'Complete') =>
  (request: SentRequest) => {
    const { MetricDataQueries } = asked(request);
    const MetricDataResults = MetricDataQueries.map(({ Id, MetricStat: { Metric } }) => {
      const day = lastDays[Metric.Dimensions[0]?.Value ?? ''];
      const has = day !== undefined && Metric.MetricName === 'VolumeIdleTime';
      const Timestamps = has ? [Date.parse(day) / 1000] : [];
      return { Id, StatusCode: status, Timestamps, Values: Timestamps.map(() => 1) };
    });
    return { body: JSON.stringify({ MetricDataResults, Messages: [] }) };
  };

export const DENIED: FakeAnswer = {
  status: 403,
  body: '<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>no</Message></Error></Errors></Response>',
};
