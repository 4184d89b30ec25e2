import {
  CloudWatchClient,
  type MetricDataQuery,
  type MetricDataResult,
  paginateGetMetricData,
  StatusCode,
} from '@aws-sdk/client-cloudwatch';
import { itemsOfPages } from '../../aws/answers/pages.ts';
import type { AwsService } from '../../aws/sessions/aws-clients.ts';
import { DAY_MS } from '../../core/model/age.ts';
import { policyOfKind } from '../../core/input/of-kind.ts';
import type { Look } from '../look.ts';
import type { Answers, Question } from '../question.ts';
import { type AnswerOfMetrics, type EbsVolume, KIND, type ReferenceName } from './facts.ts';
import { INSTANCES, VOLUMES } from './listing.ts';
import { ownPolicyOf } from './policy.ts';

const CLOUDWATCH: AwsService<CloudWatchClient> = {
  prefix: 'cloudwatch',
  make: (config) => new CloudWatchClient(config),
};

const NAME: ReferenceName = 'volume-metrics';
const OPERATION = 'cloudwatch:GetMetricData';

/** On Xen, reads and writes are told only when there are some; idle time is then. */
const METRICS = ['VolumeReadOps', 'VolumeWriteOps', 'VolumeIdleTime'];
/** A request takes 500 metrics: 166 volumes, 10 of them controls. */
const BATCH_SIZE = 156;
const MOST_VOLUMES = 5_000;
/** CloudWatch keeps metrics of an hour or more for 455 days. */
const LOOK_BACK_DAYS = 450;
const PERIOD_SECONDS = DAY_MS / 1000;

/**
 * When something that runs last had a volume. EBS sends metrics only while a volume is attached, so
 * silence would say that nothing has it, if it didn't look like an answer that lacks everything:
 * volumes that are attached now have to show in the same answer.
 *
 * https://docs.aws.amazon.com/ebs/latest/userguide/using_cloudwatch_ebs.html
 */
export const volumeMetrics: Question<EbsVolume, AnswerOfMetrics> = {
  name: NAME,
  askedOf: 'stale',
  skippable: false,
  batchSize: BATCH_SIZE,
  mostPerTarget: MOST_VOLUMES,
  controls: async (look, known) => longestAttached(known ?? (await attachedNow(look))),
  asksWithoutControls: ({ policy }) =>
    ownPolicyOf(policyOfKind(policy, KIND)).volumeEvidence === 'history',
  withoutAsking: ({ state }) => (state === 'error' ? 'not-needed' : undefined),
  ask: askMetrics,
  answered: (volume, metrics) => ({ ...volume, metrics }),
};

type MayBeControl = Pick<EbsVolume, 'volumeId' | 'attachments' | 'isOnRunningInstance'>;

/** All attached volumes, where a look lists only some. */
async function attachedNow(look: Look): Promise<MayBeControl[]> {
  const onRunningInstance = new Set<string>();
  for await (const { isRunning, keys } of look.read(INSTANCES))
    if (isRunning) for (const id of keys) onRunningInstance.add(id);
  const attached: MayBeControl[] = [];
  if (onRunningInstance.size === 0) return attached;
  for await (const { volumeId, attachments } of look.read(VOLUMES))
    if (attachments.length > 0)
      attached.push({
        ...{ volumeId, attachments, isOnRunningInstance: onRunningInstance.has(volumeId) },
      });
  return attached;
}

/** What was attached a moment ago may have no metrics yet. */
function longestAttached(known: Iterable<MayBeControl>): string[] {
  const attached: { id: string; since: string }[] = [];
  for (const { volumeId: id, attachments, isOnRunningInstance } of known) {
    const [first] = attachments;
    if (first?.state !== 'attached' || !isOnRunningInstance) continue;
    attached.push({ id, since: `${first.since ?? '9'} ${id}` });
  }
  return attached.sort((a, b) => (a.since < b.since ? -1 : 1)).map(({ id }) => id);
}

async function askMetrics(
  { clients, now }: Look,
  volumes: readonly EbsVolume[],
  controls: readonly string[],
): Promise<Answers<AnswerOfMetrics>> {
  const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
  const from = new Date(today - LOOK_BACK_DAYS * DAY_MS);
  const ids = [...volumes.map(({ volumeId }) => volumeId), ...controls];
  const pages = paginateGetMetricData(
    { client: clients.of(CLOUDWATCH) },
    {
      StartTime: from,
      EndTime: new Date(today + DAY_MS),
      ScanBy: 'TimestampDescending',
      MetricDataQueries: ids.flatMap(queriesAbout),
    },
  );
  const told = new Told();
  for await (const one of itemsOfPages(OPERATION, pages, (page) => page.MetricDataResults))
    told.add(one);
  const answers = new Map<string, AnswerOfMetrics>();
  ids.slice(0, volumes.length).forEach((id, index) => {
    if (!told.isWhole(index)) return;
    const last = told.last(index);
    const lastDay = last === null ? null : dayOf(last);
    answers.set(id, toAnswer({ from: dayOf(from.getTime()), lastDay }, controls.length > 0));
  });
  // What is attached now has metrics of today, or of yesterday soon after midnight.
  const isSeen = (_: string, index: number) =>
    (told.last(volumes.length + index) ?? 0) >= today - DAY_MS;
  return { of: answers, seen: controls.filter(isSeen), failures: told.failures() };
}

/** Without a control silence proves nothing. A datapoint does: something that ran had it then. */
function toAnswer(
  metrics: { readonly from: string; readonly lastDay: string | null },
  hasControls: boolean,
): AnswerOfMetrics {
  if (hasControls) return metrics;
  return metrics.lastDay === null ? 'no-control' : { ...metrics, isUncontrolled: true };
}

function queriesAbout(id: string, index: number): MetricDataQuery[] {
  return METRICS.map((MetricName, which) => ({
    Id: queryId(index, which),
    MetricStat: {
      Metric: {
        Namespace: 'AWS/EBS',
        MetricName,
        Dimensions: [{ Name: 'VolumeId', Value: id }],
      },
      Period: PERIOD_SECONDS,
      Stat: 'SampleCount',
    },
  }));
}

/** It has to begin with a small letter. */
function queryId(index: number, which: number): string {
  return `v${index}_${which}`;
}

/** What the pages of one answer tell, query by query. */
class Told {
  readonly #last = new Map<string, number>();
  /** The last word on each query: more of it may be on the next page. */
  readonly #status = new Map<string, string>();

  add({ Id = '', StatusCode: status, Timestamps = [] }: MetricDataResult): void {
    this.#status.set(Id, status ?? 'nothing');
    for (const time of Timestamps)
      this.#last.set(Id, Math.max(time.getTime(), this.#last.get(Id) ?? 0));
  }

  isWhole(index: number): boolean {
    return METRICS.every((_, which) => this.#status.get(queryId(index, which)) === COMPLETE);
  }

  /** null: no datapoint. */
  last(index: number): number | null {
    const times = METRICS.flatMap((_, which) => this.#last.get(queryId(index, which)) ?? []);
    return times.length === 0 ? null : Math.max(...times);
  }

  failures(): Answers<AnswerOfMetrics>['failures'] & object {
    const codes = new Set([...this.#status.values()].filter((status) => status !== COMPLETE));
    return [...codes].map((status) => ({
      code: `METRICS_${status.replace(/\W/g, '')}`,
      message: `${OPERATION} answered ${status} for some volumes`,
      source: NAME,
    }));
  }
}

const COMPLETE: string = StatusCode.COMPLETE;

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
