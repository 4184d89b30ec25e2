import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { systemClock } from '../../clock/clock.ts';
import { METRICS_NAMESPACE } from '../../functions/metrics.ts';
import { sizedScenario } from '../../simulation/scenarios/sized.ts';
import { type Simulation, startSimulation } from '../../simulation/server.ts';
import { BundleHost, makeBundles } from '../support/bundles.ts';
import { startRecordingProxy } from '../support/aws/recording-proxy.ts';

const BUCKET = 'orgsweep-hub';
const EXECUTION = { executionId: 'weekly' };

const scenario = sizedScenario({ accounts: 2, regions: 1, snapshotsPerTarget: 150, seed: 11 });
const bundles = makeBundles();
let simulation: Simulation;
let proxy: Awaited<ReturnType<typeof startRecordingProxy>>;
let host: BundleHost;
let hub: string;
/** Stands for X-Ray's daemon. */
const daemon = createSocket('udp4');
const segments: Record<string, unknown>[] = [];
let spoke: string;

beforeAll(async () => {
  const organization = scenario.build(systemClock.now());
  hub = organization.hubAccountId;
  spoke = organization.accounts.map(({ id }) => id).find((id) => id !== hub) ?? '';
  const clock = systemClock;
  const sealKey = `arn:aws:kms:us-east-1:${hub}:key/1234abcd`;
  simulation = await startSimulation({
    organization,
    clock,
    seed: scenario.seed,
    buckets: [BUCKET],
    macKeys: [{ arn: sealKey }],
  });
  proxy = await startRecordingProxy(simulation);
  daemon.on('message', (message) => {
    segments.push(JSON.parse(message.toString().split('\n')[1] ?? '') as Record<string, unknown>);
  });
  daemon.bind(0, '127.0.0.1');
  await once(daemon, 'listening');
  host = new BundleHost(bundles, {
    // What makes Powertools and X-Ray take this for Lambda.
    LAMBDA_TASK_ROOT: bundles.folder,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_XRAY_DAEMON_ADDRESS: `127.0.0.1:${daemon.address().port}`,
    _X_AMZN_TRACE_ID: 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=557abcec3ee5a047;Sampled=1',
    AWS_REGION: 'us-east-1',
    AWS_ENDPOINT_URL: proxy.endpoint,
    AWS_ACCESS_KEY_ID: simulation.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: simulation.credentials.secretAccessKey,
    POWERTOOLS_SERVICE_NAME: 'team-orgsweep',
    BUCKET,
    SEAL_KEY_ARN: sealKey,
    PARTITION: 'aws',
    HUB_ACCOUNT_ID: hub,
    HUB_NAME: '/team/hub',
    DISCOVERY_ROLE_NAME: 'orgsweep-discovery',
    DELETION_ENABLED: 'false',
    PROTECT_TAGS: '',
    FLOORS: '{}',
    DELETION_KINDS: 'ebs-snapshot',
    STATE_MACHINE_ARN: `arn:aws:states:us-east-1:${hub}:stateMachine:orgsweep`,
  });
});
afterAll(async () => {
  await host.end();
  await proxy.close();
  await simulation.close();
  daemon.close();
  bundles.remove();
});

/** The log line of the last invocation. */
const lastLine = () => host.lines().findLast(({ level }) => level !== undefined)!;

/** The metrics of all invocations so far that carry this one. */
const metricsWith = (name: string) => host.lines().filter((line) => line[name] !== undefined);

interface Targets {
  readonly targets: readonly { accountId: string; region: string; kinds: string[] }[];
}

// In the order of the state machine: each goes by what the one before left in the store.
describe('the bundles, on a simulated organization behind AWS_ENDPOINT_URL', () => {
  const targets: Targets['targets'][number][] = [];
  /** What the machine's state holds since Prepare. */
  let state: object;
  let published: { subject: string; message: string };

  it('prepare an execution', async () => {
    const { output } = await host.call('Prepare', {
      ...EXECUTION,
      input: { kinds: ['ebs-snapshot'] },
    });
    expect(output).toMatchObject({ accountCount: 2, accountsKey: expect.any(String) });
    state = output as object;
    expect(lastLine()).toMatchObject({
      level: 'INFO',
      service: 'team-orgsweep',
      executionId: 'weekly',
      status: 'PREPARED',
      counts: { accounts: 2 },
    });
  });

  it("enter every account by its role, the hub's own too", async () => {
    for (const accountId of [hub, spoke]) {
      const { output } = await host.call('ListRegions', { ...state, accountId });
      targets.push(...(output as Targets).targets);
    }
    const roles = proxy.of('AssumeRole').map((form) => form.get('RoleArn'));
    expect(roles).toEqual([hub, spoke].map((id) => `arn:aws:iam::${id}:role/orgsweep-discovery`));
    expect(targets).toHaveLength(2);
    expect(lastLine()).toMatchObject({ accountId: spoke, counts: { targets: 1 } });
  });

  it('log one line per target, its AWS calls counted', async () => {
    for (const target of targets) {
      const { output } = await host.call('DiscoverTarget', { ...state, target });
      expect(output).toMatchObject({ status: 'COMPLETE', resources: 150 });
      const line = lastLine();
      expect(line).toMatchObject({
        executionId: 'weekly',
        accountId: target.accountId,
        region: target.region,
        kind: 'ebs-snapshot',
        status: 'COMPLETE',
        counts: { resources: 150, stale: expect.any(Number) },
        durationMs: expect.any(Number),
      });
      expect(line['apiCalls']).toBeGreaterThan(10);
      expect(metricsWith('ApiCalls').at(-1)).toMatchObject({ ApiCalls: line['apiCalls'] });
    }
  });

  it.each([
    'DescribeVolumes',
    'DescribeInstances',
    'DescribeLaunchTemplates',
    'DescribeLaunchTemplateVersions',
  ])('ask for what AWS services manage, too: %s', (operation) => {
    const asked = proxy.of(operation).map((form) => form.get('IncludeManagedResources'));
    expect(new Set(asked)).toEqual(new Set(['true']));
  });

  it('plan, summarize, and put the totals of the execution once', async () => {
    const { output: planned } = await host.call('Plan', { ...EXECUTION, carried: state });
    expect(planned).toMatchObject({ planStatus: 'EMPTY' });
    const carried = { ...state, plan: planned };
    const { output } = await host.call('Summarize', { ...EXECUTION, carried });
    expect(output).toMatchObject({ status: 'COMPLETE' });
    published = output as typeof published;
    const totals = metricsWith('TargetsComplete');
    expect(totals).toEqual([
      expect.objectContaining({
        service: 'team-orgsweep',
        TargetsComplete: 2,
        TargetsNotComplete: 0,
        Throttled: 0,
        RemovalsPlanned: 0,
        RemovalsRemoved: 0,
        RemovalsFailed: 0,
        ResourcesStale: expect.any(Number),
      }),
    ]);
    expect(totals[0]!['ResourcesStale']).toBeGreaterThan(0);
    const [directive] = (totals[0]!['_aws'] as { CloudWatchMetrics: unknown[] }).CloudWatchMetrics;
    expect(directive).toMatchObject({ Namespace: METRICS_NAMESPACE, Dimensions: [['service']] });
  });

  describe('forward what a topic was told to a chat channel, in its form', () => {
    const forward = async (told: object) => {
      const CHAT_TOPIC_ARN = `arn:aws:sns:us-east-1:${hub}:orgsweep`;
      await host.call('ForwardToChat', { Records: [{ Sns: told }] }, { CHAT_TOPIC_ARN });
      const { subject, message } = simulation.publishedMessages.at(-1)!;
      const notification = JSON.parse(message) as { content: { description: string } };
      return { subject, notification };
    };

    it('any message as it was written', async () => {
      const told = { Subject: 'COMPLETE orgsweep', Message: 'all is seen' };
      const { subject, notification } = await forward(told);
      expect(subject).toBe('COMPLETE orgsweep');
      expect(notification).toMatchObject({
        source: 'custom',
        content: { title: 'COMPLETE orgsweep', description: '```\nall is seen\n```' },
      });
      expect(lastLine()).toMatchObject({ counts: { forwarded: 1, fromSummary: 0, unread: 0 } });
    });

    it('one that tells of a summary, from the summary', async () => {
      const { notification } = await forward({
        ...{ Subject: published.subject, Message: published.message },
        MessageAttributes: { executionId: { Type: 'String', Value: 'weekly' } },
      });
      expect(notification.content.description).toMatch(/^\*[A-Z]+\* .*\n\n- /);
      expect(notification).toMatchObject({ metadata: { threadId: 'weekly' } });
      expect(lastLine()).toMatchObject({ counts: { forwarded: 1, fromSummary: 1, unread: 0 } });
    });
  });

  const NOWHERE = '123412341234';
  const elsewhere = { accountId: NOWHERE, region: 'us-east-1', kinds: ['ebs-snapshot'] };
  // The state machine's Retry and Catch go by these names.
  it.each([
    ['InvalidInput', 'Prepare', { executionId: 'other', input: { mode: 'remove' } }, []],
    ['ExpectedTampered', 'ListRegions', { accountId: NOWHERE }, []],
    ['RoleUnavailable', 'DiscoverTarget', { target: elsewhere }, []],
    ['Throttled', 'DiscoverTarget', {}, ['throttle']],
    ['AccessDenied', 'DiscoverTarget', {}, ['deny']],
  ] as const)('fail under the name %s', async (name, handler, event, [answer]) => {
    simulation.setFaults(answer ? [{ operation: 'DescribeSnapshots', answer }] : []);
    const [target] = targets;
    const { error } = await host.call(handler, { ...state, target, ...event });
    expect(error?.name).toBe(name);
    expect(lastLine()).toMatchObject({ level: 'ERROR', status: name, error: { name } });
  });

  it('trace each invocation, with what it was about', () => {
    const [target] = targets;
    expect(segments).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          name: '## DiscoverTarget',
          trace_id: '1-5759e988-bd862e3fe1be46a994272793',
          annotations: expect.objectContaining({
            executionId: 'weekly',
            accountId: target!.accountId,
            region: target!.region,
          }),
        }),
        expect.objectContaining({ name: '## ListRegions', fault: true }),
      ]),
    );
  });

  it('keep secrets out of their log', () => {
    expect(host.written).not.toContain(simulation.credentials.secretAccessKey);
    expect(host.written).not.toMatch(/SessionToken|SecretAccessKey/);
  });
});
