import { GovernanceEvent } from '../../../../core/input/governance.ts';
import { METRIC_NAMES } from '../../../../functions/metrics.ts';
import { spokenErrors } from '../../../../infra/hub/monitoring/spoken-errors.ts';
import { loadDefinition } from '../../../../statemachine/definition.ts';
import { flat, synthHub } from '../../../support/hub/synth-hub.ts';

const hub = synthHub({
  governance: {
    schedule: 'cron(30 2 ? * SUN *)',
    timeZone: 'Europe/Berlin',
    input: { mode: 'report', policy: { minAgeDays: 60 } },
  },
});

describe('the schedules', () => {
  const schedules = Object.fromEntries(
    hub
      .ofType('AWS::Scheduler::Schedule')
      .map(({ Properties }) => [Properties['Name'], Properties]),
  ) as Record<string, Record<string, unknown> & { Target: Record<string, unknown> }>;

  it('start the governance run when the configuration says, in its own time zone, and not to the minute', () =>
    expect(schedules['orgsweep-governance']).toMatchObject({
      State: 'ENABLED',
      ScheduleExpression: 'cron(30 2 ? * SUN *)',
      ScheduleExpressionTimezone: 'Europe/Berlin',
      FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 30 },
    }));

  it('send what the function understands', () => {
    const sent = (name: string) =>
      String(schedules[name]?.Target['Input']).replace(
        '<aws.scheduler.scheduled-time>',
        '2026-11-23T06:00:00Z',
      );
    expect(GovernanceEvent.parse(JSON.parse(sent('orgsweep-governance')))).toEqual({
      scheduledTime: '2026-11-23T06:00:00Z',
      input: { mode: 'report', policy: { minAgeDays: 60 } },
    });
    expect(GovernanceEvent.parse(JSON.parse(sent('orgsweep-watch')))).toEqual({ watch: true });
  });

  it('lose no call: what was never delivered and what failed in the end is in one queue', () => {
    for (const { Target: target } of Object.values(schedules)) {
      expect(target).toMatchObject({
        RetryPolicy: { MaximumRetryAttempts: 20, MaximumEventAgeInSeconds: 21_600 },
      });
      expect(flat(target['DeadLetterConfig'])).toContain('DeadLetters');
    }
    const [asynchronous] = hub.ofType('AWS::Lambda::EventInvokeConfig');
    expect(flat(asynchronous?.Properties['FunctionName'])).toContain('StartGovernanceRun');
    expect(flat(asynchronous?.Properties['DestinationConfig'])).toContain('DeadLetters');
  });

  it('come after the machine: the watch looks for it the moment there is a schedule', () => {
    const [machine] = Object.entries(hub.resources).flatMap(([id, { Type }]) =>
      Type === 'AWS::StepFunctions::StateMachine' ? [id] : [],
    );
    for (const { DependsOn } of hub.ofType('AWS::Scheduler::Schedule'))
      expect(DependsOn).toContain(machine);
  });

  it('are there but asleep where no governance run is wanted, without an alarm for it', () => {
    const quiet = synthHub({ governance: { enabled: false } });
    const states = quiet.ofType('AWS::Scheduler::Schedule').map(({ Properties }) => Properties);
    expect(states.map(({ State }) => State)).toEqual(['DISABLED', 'DISABLED']);
    const alarms = quiet.ofType('AWS::CloudWatch::Alarm').map(({ Properties }) => Properties);
    expect(alarms.map(({ AlarmName }) => AlarmName)).not.toContain('orgsweep-no-governance-run');
  });
});

describe('executions that cannot speak for themselves', () => {
  const [rule] = hub.ofType('AWS::Events::Rule');
  const pattern = rule?.Properties['EventPattern'] as Record<string, unknown>;
  const arn = flat((pattern['detail'] as { stateMachineArn: unknown }).stateMachineArn);
  const isSpokenFor = (detail: Record<string, unknown>) =>
    matches(pattern, {
      source: 'aws.states',
      'detail-type': 'Step Functions Execution Status Change',
      detail: { stateMachineArn: arn, ...detail },
    });

  it.each([
    { status: 'TIMED_OUT' },
    { status: 'ABORTED' },
    { status: 'FAILED' },
    { status: 'FAILED', error: null },
    { status: 'FAILED', error: 'States.Runtime' },
    { status: 'FAILED', error: 'States.DataLimitExceeded' },
  ])('are spoken for: %j', (detail) => expect(isSpokenFor(detail)).toBe(true));

  it.each([
    { status: 'RUNNING' },
    { status: 'SUCCEEDED' },
    ...spokenErrors(loadDefinition()).map((error) => ({ status: 'FAILED', error })),
    { status: 'FAILED', error: 'States.Runtime', stateMachineArn: `${arn}/ScanAccounts` },
  ])('others are not: %j', (detail) => expect(isSpokenFor(detail)).toBe(false));

  it('have spoken once their message is out, and only then', () => {
    expect(spokenErrors(loadDefinition())).toContain('PartialCoverage');
    const States = {
      Early: { Type: 'Fail', Error: 'TooEarly', Cause: 'c' },
      Tell: {
        Type: 'Task',
        Resource: 'arn:aws:states:::sns:publish',
        TimeoutSeconds: 1,
        Next: 'How',
      },
      How: { Type: 'Choice', Choices: [], Default: 'Late' },
      Late: { Type: 'Fail', Error: 'Said', Cause: 'c' },
    };
    expect(spokenErrors({ StartAt: 'Early', States } as never)).toEqual(['Said']);
  });

  it('get their name and status into a message to the topic', () => {
    const [target] = rule?.Properties['Targets'] as Record<string, unknown>[];
    expect(flat(target?.['Arn'])).toMatch(/^<OrgsweepTopic/);
    const { InputTemplate, InputPathsMap } = target?.['InputTransformer'] as Record<
      string,
      unknown
    >;
    expect(InputTemplate).toMatch(
      /^"<detail-status> orgsweep: run <detail-name> ended without a summary\. [^"\n]*"$/,
    );
    expect(InputTemplate).toMatch(/orgsweep restore <detail-name> --hub=\/orgsweep\/hub /);
    expect(InputTemplate).toMatch(
      /orgsweep start --retry <detail-name> --hub=\/orgsweep\/hub \."$/,
    );
    expect(InputPathsMap).toMatchObject({ 'detail-name': '$.detail.name' });
  });
});

/** EventBridge's own rules, as far as the pattern uses them. */
function matches(pattern: unknown, value: unknown): boolean {
  if (Array.isArray(pattern)) return pattern.some((one) => matchesOne(one, value));
  return Object.entries(pattern as object).every(([key, inner]) =>
    key === '$or'
      ? (inner as unknown[]).some((one) => matches(one, value))
      : matches(inner, (value as Record<string, unknown> | undefined)?.[key]),
  );
}

function matchesOne(one: unknown, value: unknown): boolean {
  if (typeof one !== 'object' || one === null) return one === value;
  if ('exists' in one) return (value !== undefined) === one.exists;
  if ('anything-but' in one) {
    return value !== undefined && !(one['anything-but'] as unknown[]).includes(value);
  }
  return flat(one) === value;
}

describe('the alarms', () => {
  const alarms = hub.ofType('AWS::CloudWatch::Alarm').map(({ Properties }) => Properties);

  it('are these', () =>
    expect(alarms.map(({ AlarmName }) => AlarmName).toSorted()).toEqual([
      'orgsweep-dead-letters',
      'orgsweep-execution-failed',
      'orgsweep-execution-timed-out',
      'orgsweep-no-governance-run',
      'orgsweep-partial-coverage',
      'orgsweep-targets-throttled',
      'orgsweep-throttled',
    ]));

  it('mail only what no message of a run has said', () => {
    const mailing = alarms.filter(({ AlarmActions }) => AlarmActions !== undefined);
    for (const { AlarmActions } of mailing) expect(flat(AlarmActions)).toMatch(/^<OrgsweepTopic/);
    expect(mailing.map(({ AlarmName }) => AlarmName).toSorted()).toEqual([
      'orgsweep-dead-letters',
      'orgsweep-no-governance-run',
      'orgsweep-throttled',
    ]);
    // Each ending has its one message: the run's own, or the rule's.
    const told = alarms.filter(({ AlarmActions }) => AlarmActions === undefined);
    expect(told.map(({ MetricName }) => MetricName).toSorted()).toEqual([
      'ExecutionsFailed',
      'ExecutionsTimedOut',
      'TargetsNotComplete',
      'Throttled',
    ]);
  });

  it.each(alarms.map((alarm) => [String(alarm['AlarmName']), alarm] as const))(
    '%s says what to do',
    (_, alarm) => {
      // CloudWatch takes 1,024 characters.
      expect(String(alarm['AlarmDescription']).length).toBeLessThan(1024);
      expect(alarm['AlarmDescription']).toMatch(/orgsweep start|Lambda concurrency/);
    },
  );

  it('look at metrics that are put, of this deployment', () => {
    const own = alarms.filter(({ Namespace }) => Namespace === 'orgsweep');
    expect(own).toHaveLength(3);
    for (const { MetricName, Dimensions } of own) {
      expect(METRIC_NAMES).toContain(MetricName);
      expect(Dimensions).toEqual([{ Name: 'service', Value: 'orgsweep' }]);
    }
    const environments = hub.ofType('AWS::Lambda::Function').map(({ Properties }) => Properties);
    for (const { Environment } of environments) {
      expect(Environment).toMatchObject({ Variables: { POWERTOOLS_SERVICE_NAME: 'orgsweep' } });
    }
  });

  it('take eight days without a governance run for an alarm, and silence too', () =>
    expect(
      alarms.find(({ AlarmName }) => AlarmName === 'orgsweep-no-governance-run'),
    ).toMatchObject({
      MetricName: 'DaysSinceGovernanceRun',
      Threshold: 8,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Period: 86_400,
      EvaluationPeriods: 1,
      TreatMissingData: 'breaching',
    }));
});

it('has one dashboard, unless it is not wanted', () => {
  const [dashboard] = hub.ofType('AWS::CloudWatch::Dashboard');
  const body = JSON.parse(flat(dashboard?.Properties['DashboardBody'])) as { widgets: object[] };
  expect(body.widgets.length).toBeGreaterThan(10);
  expect(synthHub({ dashboard: false }).ofType('AWS::CloudWatch::Dashboard')).toEqual([]);
});

describe('chat channels', () => {
  const slack = { workspaceId: 'T0123ABCD', channelId: 'C0123ABCD' };
  const teams = {
    tenantId: '12345678-90ab-cdef-1234-567890abcdef',
    teamId: '23456789-0abc-def1-2345-67890abcdef1',
    channelId: '19%3Aab12cd34%40thread.tacv2',
  };
  const SLACK = 'AWS::Chatbot::SlackChannelConfiguration';
  const TEAMS = 'AWS::Chatbot::MicrosoftTeamsChannelConfiguration';
  const both = synthHub({ notifications: { slack, teams } });
  const channels = [...both.ofType(SLACK), ...both.ofType(TEAMS)];

  it('are there only where they are configured, and with them what writes for them', () => {
    expect([...hub.ofType(SLACK), ...hub.ofType(TEAMS)]).toEqual([]);
    expect(JSON.stringify(hub.resources)).not.toContain('forward-to-chat');
    expect(channels).toMatchObject([
      { Properties: { SlackWorkspaceId: 'T0123ABCD', SlackChannelId: 'C0123ABCD' } },
      {
        Properties: {
          TeamsTenantId: teams.tenantId,
          TeamId: teams.teamId,
          TeamsChannelId: teams.channelId,
        },
      },
    ]);
  });

  it.each([
    [{ slack }, [1, 0]],
    [{ teams }, [0, 1]],
  ])('are there one without the other: %j', (notifications, counts) => {
    const chatting = synthHub({ notifications });
    expect([SLACK, TEAMS].map((type) => chatting.ofType(type).length)).toEqual(counts);
    expect(JSON.stringify(chatting.resources)).toContain('forward-to-chat');
  });

  it('give nobody in them anything to do in AWS', () => {
    const policies = both.ofType('AWS::IAM::Policy').map(({ Properties }) => Properties['Roles']);
    for (const { Properties } of channels) {
      expect(flat(Properties['GuardrailPolicies'])).toBe(
        'arn:<AWS::Partition>:iam::aws:policy/AWSDenyAll',
      );
      const role = flat(Properties['IamRoleArn']).slice(1, -'.Arn>'.length);
      expect(policies.map(flat)).not.toContain(`<${role}>`);
    }
  });

  it('show one topic of their own, encrypted, to which each message of the topic is forwarded', () => {
    const topics = both.ofType('AWS::SNS::Topic').map(({ Properties }) => Properties);
    expect(topics.map(({ TopicName }) => TopicName)).toEqual(['orgsweep', 'orgsweep-chat']);
    expect(new Set(topics.map(({ KmsMasterKeyId }) => flat(KmsMasterKeyId))).size).toBe(1);
    for (const { Properties } of channels)
      expect(flat(Properties['SnsTopicArns'])).toMatch(/^<OrgsweepSlackTopic/);
    const subscriptions = both.ofType('AWS::SNS::Subscription');
    expect(subscriptions).toHaveLength(1);
    expect(flat(subscriptions[0]?.Properties['TopicArn'])).toMatch(/^<OrgsweepTopic/);
    expect(flat(subscriptions[0]?.Properties['Endpoint'])).toMatch(/ForwardToChat/);
  });

  it('are written by a function that may read summaries, and nothing else of the store', () => {
    const [, policy] = Object.entries(both.resources).find(
      ([id, { Type }]) => Type === 'AWS::IAM::Policy' && id.includes('ForwardToChat'),
    )!;
    const statements = JSON.stringify(policy.Properties);
    expect(statements).toContain('executions/*/summary.json');
    expect(statements).not.toMatch(/s3:Put|s3:Delete|plan\.json/);
  });
});
