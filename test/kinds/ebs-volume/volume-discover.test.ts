import { ebsVolume } from '../../../kinds/ebs-volume/index.ts';
import { EbsVolume } from '../../../kinds/ebs-volume/facts.ts';
import { askAbout, unansweredOf } from '../../../kinds/ask.ts';
import type { SentRequest } from '../../support/aws/fake-aws.ts';
import { lookAt } from '../../support/aws/fake-ec2.ts';
import {
  type Answers,
  answering,
  asked,
  attached,
  instance,
  metrics,
  volume,
} from '../../support/aws/fake-volumes.ts';
import { aPolicy, daysAgo, NOW } from '../../support/organizations/snapshots.ts';
import { dayAgo } from '../../support/organizations/volumes.ts';

async function seenIn(answers: Answers, policy = aPolicy()) {
  const { look, operations, sent } = lookAt(answers, { policy });
  const { resources, incomplete, counts } = await ebsVolume.discover(look);
  const all = [...resources];
  const verdictOn = (facts: unknown) => ebsVolume.assess(facts, policy, NOW);
  const candidates = all.filter((facts) => verdictOn(facts).verdict === 'STALE');
  const of = { resources: incomplete.length > 0 ? [] : candidates, known: all };
  const answer = await askAbout(ebsVolume, look, ebsVolume.questions, of);
  const after = all.map((facts) => {
    const { volumeId } = EbsVolume.parse(facts);
    const one = answer.asked.get(volumeId) ?? { facts, answered: [] };
    const { verdict, reasons } = verdictOn(one.facts);
    const isOpen = verdict === 'STALE' && unansweredOf(ebsVolume.questions, one).length > 0;
    return [volumeId, `${reasons.join()}${isOpen ? ', unanswered' : ''}`] as const;
  });
  return {
    ...{ verdicts: Object.fromEntries(after), all: all.map((facts) => EbsVolume.parse(facts)) },
    ...{ incomplete: [...incomplete, ...answer.failures], counts, operations: operations(), sent },
  };
}

it('a target without an unattached volume costs the one listing that snapshots need too', async () => {
  const { verdicts, operations, counts } = await seenIn(answering([attached('vol-1')]));
  expect(verdicts).toEqual({ 'vol-1': 'IN_USE' });
  expect(operations).toEqual(['DescribeVolumes']);
  expect(counts).toEqual({ attachments: 1 });
});

it('where all that is unattached is kept anyway, nothing more is asked either', async () => {
  const tag = '<tagSet><item><key>KubernetesCluster</key><value>x</value></item></tagSet>';
  const kept = volume('vol-1', `<status>available</status>${tag}`);
  const { verdicts, operations } = await seenIn(answering([kept]));
  expect(verdicts).toEqual({ 'vol-1': 'MANAGED_BY_KUBERNETES' });
  expect(operations).toEqual(['DescribeVolumes']);
});

it('asks CloudWatch about candidates, with what is attached as its control', async () => {
  const { verdicts, sent, all } = await seenIn(
    answering([volume('vol-a'), attached('vol-c')], [instance('i-1', 'running', 'vol-c')], {
      GetMetricData: metrics({ 'vol-a': dayAgo(50), 'vol-c': dayAgo(0) }),
    }),
  );
  expect(verdicts).toEqual({ 'vol-a': 'VOLUME_UNATTACHED', 'vol-c': 'IN_USE' });
  const requests = sent.filter(({ operation }) => operation === 'GetMetricData');
  expect(requests).toHaveLength(1);
  const [request] = requests.map(asked);
  const queries = request?.MetricDataQueries ?? [];
  const about = queries.map(({ MetricStat: { Metric, Period, Stat } }) =>
    [Metric.Namespace, Metric.Dimensions[0]?.Value, Metric.MetricName, Period, Stat].join(' '),
  );
  const of = (id: string) =>
    ['VolumeReadOps', 'VolumeWriteOps', 'VolumeIdleTime'].map(
      (name) => `AWS/EBS ${id} ${name} 86400 SampleCount`,
    );
  expect(about).toEqual([...of('vol-a'), ...of('vol-c')]);
  expect(new Set(queries.map(({ Id }) => Id)).size).toBe(6);
  // Whole days in UTC, within the 455 that CloudWatch keeps.
  expect([request?.StartTime, request?.EndTime].map((time = 0) => time % 86_400)).toEqual([0, 0]);
  expect(((request?.EndTime ?? 0) - (request?.StartTime ?? 0)) / 86_400).toBe(451);
  expect(all.map(({ isOnRunningInstance }) => isOnRunningInstance)).toEqual([false, true]);
});

// T17
it('no datapoint for an attached volume makes the source incomplete', async () => {
  const { verdicts, incomplete } = await seenIn(
    answering([volume('vol-a'), attached('vol-c')], [instance('i-1', 'running', 'vol-c')], {
      GetMetricData: metrics({}),
    }),
  );
  expect(verdicts).toMatchObject({ 'vol-a': 'VOLUME_SEEN_UNATTACHED, unanswered' });
  expect(incomplete).toMatchObject([{ code: 'CONTROL_NOT_SEEN', source: 'volume-metrics' }]);
});

it('old metrics of an attached volume are no control: it has to show now', async () => {
  const { verdicts } = await seenIn(
    answering([volume('vol-a'), attached('vol-c')], [instance('i-1', 'running', 'vol-c')], {
      GetMetricData: metrics({ 'vol-c': dayAgo(9) }),
    }),
  );
  expect(verdicts).toMatchObject({ 'vol-a': 'VOLUME_SEEN_UNATTACHED, unanswered' });
});

it.each([
  ['nothing is attached', [], []],
  ['what is attached does not run', [attached('vol-c')], [instance('i-1', 'stopped', 'vol-c')]],
])('where %s there is no control, and CloudWatch is not asked', async (_, more, instances) => {
  const { verdicts, operations } = await seenIn(answering([volume('vol-a'), ...more], instances));
  expect(verdicts).toMatchObject({ 'vol-a': 'VOLUME_SEEN_UNATTACHED, unanswered' });
  expect(operations).not.toContain('GetMetricData');
});

it('without a control, a policy that takes its own looks leaves it to them', async () => {
  const policy = aPolicy({ kinds: { 'ebs-volume': { volumeEvidence: 'history' } } });
  const answers = answering([volume('vol-a'), volume('vol-b')], [], {
    GetMetricData: metrics({ 'vol-b': dayAgo(1) }),
  });
  const { verdicts } = await seenIn(answers, policy);
  expect(verdicts).toEqual({ 'vol-a': 'UNATTACHED_SINCE_UNKNOWN', 'vol-b': 'ATTACHED_LATELY' });
});

it('what was attached for longest is the control: a new one may have no metrics yet', async () => {
  const ids = Array.from({ length: 12 }, (_, index) => `vol-c${index}`);
  const volumes = ids.map((id, index) => attached(id, daysAgo(index)));
  const { sent } = await seenIn(
    answering([volume('vol-a'), ...volumes], [instance('i-1', 'running', ...ids)], {
      GetMetricData: metrics({ 'vol-c11': dayAgo(0) }),
    }),
  );
  const [request] = sent.filter(({ operation }) => operation === 'GetMetricData').map(asked);
  const values = request?.MetricDataQueries.map(
    ({ MetricStat }) => MetricStat.Metric.Dimensions[0]?.Value,
  );
  expect([...new Set(values)]).toEqual(['vol-a', ...ids.toReversed().slice(0, 10)]);
});

it('asks about 166 volumes in a request, controls included', async () => {
  const many = Array.from({ length: 157 }, (_, index) => volume(`vol-a${index}`));
  const { sent, verdicts } = await seenIn(
    answering([...many, attached('vol-c')], [instance('i-1', 'running', 'vol-c')], {
      GetMetricData: metrics({ 'vol-c': dayAgo(0) }),
    }),
  );
  const requests = sent.filter(({ operation }) => operation === 'GetMetricData').map(asked);
  expect(requests.map(({ MetricDataQueries }) => MetricDataQueries.length)).toEqual([471, 6]);
  expect(Object.values(verdicts).filter((is) => is === 'VOLUME_UNATTACHED')).toHaveLength(157);
});

it('follows the pages of an answer: more of a volume may be on the next', async () => {
  const GetMetricData = (request: SentRequest) => {
    const isFirst = !('NextToken' in request.json);
    const { MetricDataQueries: queries } = asked(request);
    const at = (ago: number) => [Date.parse(dayAgo(ago)) / 1000];
    const MetricDataResults = queries.map(({ Id }, index) => ({
      ...{ Id, StatusCode: isFirst ? 'PartialData' : 'Complete', Values: [1] },
      Timestamps: index < 3 ? at(isFirst ? 50 : 10) : at(0),
    }));
    return { body: JSON.stringify({ MetricDataResults, ...(isFirst && { NextToken: 'more' }) }) };
  };
  const { verdicts } = await seenIn(
    answering([volume('vol-a'), attached('vol-c')], [instance('i-1', 'running', 'vol-c')], {
      GetMetricData,
    }),
  );
  expect(verdicts).toMatchObject({ 'vol-a': 'ATTACHED_LATELY' });
});

it.each(['PartialData', 'InternalError', 'Forbidden'])(
  'an answer that ends as %s is none, and says so',
  async (status) => {
    const { verdicts, incomplete } = await seenIn(
      answering([volume('vol-a'), attached('vol-c')], [instance('i-1', 'running', 'vol-c')], {
        GetMetricData: metrics({ 'vol-c': dayAgo(0) }, status),
      }),
    );
    expect(verdicts).toMatchObject({ 'vol-a': 'VOLUME_SEEN_UNATTACHED, unanswered' });
    expect(incomplete).toMatchObject([{ code: `METRICS_${status}`, source: 'volume-metrics' }]);
  },
);

it('what CloudWatch denies is unanswered, and the volumes stay listed', async () => {
  const { verdicts, incomplete } = await seenIn(
    answering([volume('vol-a'), attached('vol-c')], [instance('i-1', 'running', 'vol-c')], {
      GetMetricData: () => ({
        status: 400,
        body: '{"__type":"com.amazon.coral.service#AccessDeniedException","Message":"no"}',
      }),
    }),
  );
  expect(verdicts).toEqual({
    'vol-a': 'VOLUME_SEEN_UNATTACHED, unanswered',
    'vol-c': 'IN_USE',
  });
  expect(incomplete).toMatchObject([{ code: 'AccessDeniedException', source: 'volume-metrics' }]);
});

it('an answer without its list is no answer', async () => {
  const { verdicts, incomplete } = await seenIn(
    answering([volume('vol-a'), attached('vol-c')], [instance('i-1', 'running', 'vol-c')], {
      GetMetricData: () => ({ body: '{}' }),
    }),
  );
  expect(verdicts).toMatchObject({ 'vol-a': 'VOLUME_SEEN_UNATTACHED, unanswered' });
  expect(incomplete).toMatchObject([{ source: 'volume-metrics' }]);
});

it('a volume that failed needs no metrics, with a control or without', async () => {
  const failed = volume('vol-f', '<status>error</status>');
  expect((await seenIn(answering([failed]))).verdicts).toEqual({ 'vol-f': 'VOLUME_FAILED' });
});

it('an instance that names the volume keeps it, where its own attachment does not show', async () => {
  const answers = answering([volume('vol-a')], [instance('i-1', 'running', 'vol-a')]);
  expect((await seenIn(answers)).verdicts).toEqual({ 'vol-a': 'IN_USE' });
});

it('volumes that are going are none, and one that is being copied is kept', async () => {
  const { verdicts } = await seenIn(
    answering([
      volume('vol-1', '<status>deleting</status>'),
      volume('vol-2'),
      volume('vol-3', '<status>creating</status><sourceVolumeId>vol-2</sourceVolumeId>'),
    ]),
  );
  expect(verdicts).toEqual({ 'vol-2': 'BEING_COPIED', 'vol-3': 'NOT_READY' });
});

it('a volume under modification is kept', async () => {
  const modification =
    '<volumeModificationSet><item><volumeId>vol-a</volumeId><modificationState>optimizing</modificationState></item></volumeModificationSet>';
  const { verdicts, sent } = await seenIn(
    answering([volume('vol-a')], [], { DescribeVolumesModifications: () => modification }),
  );
  expect(verdicts).toEqual({ 'vol-a': 'BEING_MODIFIED' });
  const [request] = sent.filter(({ operation }) => operation === 'DescribeVolumesModifications');
  expect(request?.params).toMatchObject({
    ...{ IncludeManagedResources: 'true', 'Filter.1.Name': 'modification-state' },
    ...{ 'Filter.1.Value.1': 'modifying', 'Filter.1.Value.2': 'optimizing' },
  });
});

describe('replacements of a root volume', () => {
  const task = (start: string, more = '') =>
    `<replaceRootVolumeTaskSet><item><replaceRootVolumeTaskId>replacevol-1</replaceRootVolumeTaskId>` +
    `<instanceId>i-1</instanceId><startTime>${start}</startTime>` +
    `<completeTime>${start}</completeTime>${more}</item></replaceRootVolumeTaskSet>`;
  const after = async (tasks: string) => {
    const { verdicts } = await seenIn(
      answering([volume('vol-a'), attached('vol-c')], [instance('i-1', 'running', 'vol-c')], {
        DescribeReplaceRootVolumeTasks: () => tasks,
        GetMetricData: metrics({ 'vol-a': dayAgo(60), 'vol-c': dayAgo(0) }),
      }),
    );
    return verdicts['vol-a'];
  };

  it.each([
    ['whose metrics end with it is a fallback', task(daysAgo(60)), 'FALLBACK_ROOT_VOLUME'],
    ['whose metrics end before it is another', task(daysAgo(45)), 'VOLUME_UNATTACHED'],
    [
      'is gone where AWS deletes it',
      task(daysAgo(60), '<deleteReplacedRootVolume>true</deleteReplacedRootVolume>'),
      'VOLUME_UNATTACHED',
    ],
    ['of more than 90 days ago is none any more', task(daysAgo(91)), 'VOLUME_UNATTACHED'],
    [
      'of one that goes on is a fallback',
      task(daysAgo(61)).replace(/<completeTime>[^<]*<\/completeTime>/, ''),
      'FALLBACK_ROOT_VOLUME',
    ],
    ['that nobody knows the time of may be one', task('soon'), 'FALLBACK_ROOT_VOLUME'],
  ])('a volume %s', async (_, tasks, reason) => expect(await after(tasks)).toBe(reason));
});

it.each(['DescribeInstances', 'DescribeVolumesModifications', 'DescribeReplaceRootVolumeTasks'])(
  'what %s denies leaves candidates unknown, and asks nothing more',
  async (operation) => {
    const { verdicts, incomplete, operations } = await seenIn(
      answering([volume('vol-a')], [], {
        [operation]: () => ({ status: 403, body: denied }),
      }),
    );
    expect(verdicts).toEqual({ 'vol-a': 'REFERENCES_INCOMPLETE' });
    expect(incomplete).toHaveLength(1);
    expect(operations).not.toContain('GetMetricData');
  },
);
const denied =
  '<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>no</Message></Error></Errors></Response>';

it('volumes that cannot be listed are no volumes that are not there', async () => {
  const { look } = lookAt({ DescribeVolumes: () => ({ status: 403, body: denied }) });
  await expect(ebsVolume.discover(look)).rejects.toThrow();
});

it('is seen unattached as long as nothing has it', () => {
  const [one] = [volumeFacts('available', []), volumeFacts('error', [])].map((facts) =>
    ebsVolume.observe?.(facts),
  );
  expect(one).toEqual(['unattached']);
});

function volumeFacts(state: string, attachments: EbsVolume['attachments']) {
  return { ...BASE, state, attachments };
}
const BASE = {
  ...{ volumeId: 'vol-1', createdAt: null, type: 'gp3', sizeGiB: 1, iops: null },
  ...{ throughputMiBps: null, isMultiAttach: false, managedBy: null, encrypted: false },
  ...{ kmsKeyId: null, snapshotId: null, sourceVolumeId: null, availabilityZone: null },
  ...{ outpostArn: null, tags: {}, usedBy: {}, isOnRunningInstance: false },
  ...{ rootReplacements: [], metrics: null, copies: null, incompleteReferences: [] },
};
