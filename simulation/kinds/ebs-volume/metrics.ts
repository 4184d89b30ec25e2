import { z } from 'zod';
import type { SimEstate, SimOrganization } from '../../model/organization.ts';
import { DAY_MS } from '../../model/units.ts';
import { fraction, hashKey } from '../../population/hash.ts';
import type { Endpoint } from '../../services/call/endpoint.ts';
import { ServiceError, type SimRequest } from '../../services/call/service.ts';
import { enterEstate } from '../../services/dispatch/regional.ts';
import { makeJsonEndpoint } from '../../services/protocols/json-endpoint.ts';
import { parseInput } from '../../services/protocols/json-input.ts';
import { makePageToken, readPageToken } from '../../services/protocols/page-token.ts';

const MOST_QUERIES = 500;
const MOST_DATAPOINTS = 100_800;
/** EBS sends a datapoint every five minutes. */
const SAMPLE_MS = 300_000;
/** What EBS sends shows some minutes later. */
const MOST_LATE_MS = 600_000;
const VOLUME_METRICS = ['VolumeReadOps', 'VolumeWriteOps', 'VolumeIdleTime'];
/** GetMetricData: 50 calls a second for an account and Region. */
const BUCKET = { capacity: 50, refillPerSecond: 50 };

const Query = z.strictObject({
  Id: z.string().regex(/^[a-z]\w*$/),
  MetricStat: z.strictObject({
    Metric: z.strictObject({
      Namespace: z.string(),
      MetricName: z.string(),
      Dimensions: z.array(z.strictObject({ Name: z.string(), Value: z.string() })).default([]),
    }),
    Period: z.int().min(60).multipleOf(60),
    Stat: z.string(),
    Unit: z.string().optional(),
  }),
  Label: z.string().optional(),
  ReturnData: z.boolean().default(true),
});
type Query = z.infer<typeof Query>;

/** In seconds since 1970, as the SDK sends them. */
const GetMetricData = z.strictObject({
  MetricDataQueries: z.array(Query).min(1).max(MOST_QUERIES),
  StartTime: z.number(),
  EndTime: z.number(),
  NextToken: z.string().optional(),
  ScanBy: z.enum(['TimestampAscending', 'TimestampDescending']).default('TimestampDescending'),
  MaxDatapoints: z.int().min(1).max(MOST_DATAPOINTS).default(MOST_DATAPOINTS),
});
type GetMetricData = z.infer<typeof GetMetricData>;

/**
 * CloudWatch's GetMetricData, which has what EBS sends of volumes: something only while an instance
 * that runs, or a service, has them. What nobody sends is an empty answer, and no error.
 */
export function makeCloudWatch(organization: SimOrganization): Endpoint {
  return makeJsonEndpoint({
    name: 'monitoring',
    target: 'GraniteServiceVersion20100801',
    version: '1.0',
    bucketOf: (operation, { caller, region }) => ({
      name: `cloudwatch/${caller.accountId}/${region}/${operation}`,
      size: BUCKET,
    }),
    operations: {
      GetMetricData: (request, operation) => {
        const estate = enterEstate({ service: 'cloudwatch', operation }, request, organization);
        return getMetricData(estate, request);
      },
    },
  });
}

function getMetricData(estate: SimEstate, request: SimRequest): unknown {
  const input = parseInput(GetMetricData, request.body, 'ValidationError');
  if (input.StartTime >= input.EndTime)
    throw invalid('The parameter StartTime must be less than the parameter EndTime.');
  const ids = input.MetricDataQueries.map(({ Id }) => Id);
  if (new Set(ids).size < ids.length) throw invalid('The values for parameter id must be unique.');
  const { NextToken, ...asked } = input;
  const listing = `${estate.accountId} ${estate.region} ${JSON.stringify(asked)}`;
  const start = NextToken === undefined ? 0 : readPageToken(NextToken, listing);
  if (start === undefined) throw invalid('The token is invalid.');
  const { results, next } = pageOf(estate, input, start);
  return {
    MetricDataResults: results,
    Messages: [],
    ...(next !== null && { NextToken: makePageToken(next, listing) }),
  };
}

/** So many datapoints after the first `start`, query by query; where one is cut, it goes on. */
function pageOf(estate: SimEstate, input: GetMetricData, start: number) {
  const end = start + input.MaxDatapoints;
  const results: unknown[] = [];
  let before = 0;
  for (const query of input.MetricDataQueries.filter(({ ReturnData }) => ReturnData)) {
    if (before > end || (before === end && before > start)) return { results, next: end };
    const times = timesOf(estate, query, input);
    const [from, to] = [Math.max(0, start - before), Math.min(times.length, end - before)];
    const isFirstPage = before >= start;
    before += times.length;
    if (!isFirstPage && from >= times.length) continue;
    results.push(describe(query, times.slice(from, to), to < times.length));
    if (to < times.length) return { results, next: end };
  }
  return { results, next: null };
}

function describe({ Id, Label, MetricStat }: Query, times: readonly number[], isCut: boolean) {
  const { Period, Stat, Metric } = MetricStat;
  const samples = Stat === 'SampleCount' ? (Period * 1000) / SAMPLE_MS : 1;
  return {
    Id,
    Label: Label ?? Metric.MetricName,
    Timestamps: times.map((time) => time / 1000),
    Values: times.map(() => samples),
    StatusCode: isCut ? 'PartialData' : 'Complete',
  };
}

/** The beginnings of the periods that have a datapoint. */
function timesOf(estate: SimEstate, { MetricStat }: Query, input: GetMetricData): number[] {
  const { Metric, Period } = MetricStat;
  const [dimension, ...others] = Metric.Dimensions;
  const isOfVolume = dimension?.Name === 'VolumeId' && others.length === 0;
  if (Metric.Namespace !== 'AWS/EBS' || !isOfVolume) return [];
  if (!isSent(estate, dimension.Value, Metric.MetricName)) return [];
  const now = estate.now().getTime() - lateBy(estate, dimension.Value);
  const period = Period * 1000;
  const earliest = Math.max(input.StartTime * 1000, now - keptDays(Period) * DAY_MS);
  const times: number[] = [];
  for (let time = floorTo(earliest, period); time < input.EndTime * 1000; time += period) {
    // What has it for less than five minutes leaves none.
    const [from, to] = [time - SAMPLE_MS, Math.min(time + period, now) - SAMPLE_MS];
    if (from < to && estate.wasAttached(dimension.Value, new Date(from), new Date(to)))
      times.push(time);
  }
  return input.ScanBy === 'TimestampDescending' ? times.reverse() : times;
}

/** By so much what is sent of a volume shows late. */
function lateBy({ accountId, region }: SimEstate, volumeId: string): number {
  return Math.floor(fraction(hashKey(accountId, region, volumeId), 0) * MOST_LATE_MS);
}

/** On Xen reads and writes are sent only where there are some. */
function isSent(estate: SimEstate, volumeId: string, metric: string): boolean {
  const isIdle = estate.volume(volumeId)?.isIdle === true;
  return VOLUME_METRICS.includes(metric) && !(isIdle && metric !== 'VolumeIdleTime');
}

/** For how many days CloudWatch keeps datapoints of so many seconds. */
function keptDays(period: number): number {
  if (period >= 3_600) return 455;
  return period >= 300 ? 63 : 15;
}

function floorTo(time: number, step: number): number {
  return Math.floor(time / step) * step;
}

function invalid(message: string): ServiceError {
  return new ServiceError('ValidationError', message);
}
