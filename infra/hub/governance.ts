import { Aws, Duration } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { EventInvokeConfig } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import type { Function as Lambda } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule, CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct, type IDependable } from 'constructs';
import type { GovernanceEvent } from '../../core/input/governance.ts';
import { allow } from '../policies/allow.ts';
import type { OrgsweepConfig } from '../config/config.ts';
import type { HubNames } from '../config/hub-names.ts';
import { acknowledge } from '../policies/nag.ts';

export interface GovernanceProps {
  readonly config: OrgsweepConfig['governance'];
  readonly names: HubNames;
  /** Starts the run that is due, and counts the days since the last one. */
  readonly starter: Lambda;
  /** What the starter asks of: the first call comes as soon as there is a schedule. */
  readonly machine: IDependable;
}

/** How long a start is tried again. Later it would come too close to the next day's. */
const MAX_AGE_SECONDS = 6 * 3600;

/** The schedules: the governance run, and the daily look whether there was one. */
export class Governance extends Construct {
  /** What could not be delivered to the starter, or what it could not do. */
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, props: GovernanceProps) {
    super(scope, id);
    const { config, names, starter } = props;
    this.deadLetters = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    acknowledge(this.deadLetters, 'AwsSolutions-SQS3', 'It is the dead-letter queue');
    // Scheduler's own dead letters are those it could not hand over. Lambda takes its call at once
    // and works on it later: what fails then would be in no queue without this.
    new EventInvokeConfig(this, 'Invocations', {
      function: starter,
      maxEventAge: Duration.seconds(MAX_AGE_SECONDS),
      retryAttempts: 2,
      onFailure: new SqsDestination(this.deadLetters),
    });
    const group = new CfnScheduleGroup(this, 'Group', { name: names.prefix });
    const roleArn = this.#makeRole(group, starter).roleArn;
    const deadLetterArn = this.deadLetters.queueArn;
    const target = (event: GovernanceEvent) => ({
      arn: starter.functionArn,
      roleArn,
      input: JSON.stringify(event),
      retryPolicy: { maximumEventAgeInSeconds: MAX_AGE_SECONDS, maximumRetryAttempts: 20 },
      deadLetterConfig: { arn: deadLetterArn },
    });
    const run = new CfnSchedule(this, 'Run', {
      name: `${names.prefix}-governance`,
      description: 'orgsweep: the governance run',
      groupName: group.ref,
      state: config.enabled ? 'ENABLED' : 'DISABLED',
      scheduleExpression: config.schedule,
      scheduleExpressionTimezone: config.timeZone,
      flexibleTimeWindow: windowOf(config.flexibleWindowMinutes),
      // Scheduler puts the time there at which the run was due, the same in every delivery.
      target: target({ scheduledTime: '<aws.scheduler.scheduled-time>', input: config.input }),
    });
    const watch = new CfnSchedule(this, 'Watch', {
      name: `${names.prefix}-watch`,
      description: 'orgsweep: how long ago the last governance run was',
      groupName: group.ref,
      state: config.enabled ? 'ENABLED' : 'DISABLED',
      // Without a start date it begins at once, so that the alarm has its metric from the first day.
      scheduleExpression: 'rate(1 day)',
      flexibleTimeWindow: { mode: 'OFF' },
      target: target({ watch: true }),
    });
    for (const schedule of [run, watch]) schedule.node.addDependency(props.machine);
  }

  #makeRole(group: CfnScheduleGroup, starter: Lambda): Role {
    const role = new Role(this, 'Role', {
      description: 'orgsweep: its schedules',
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
          ArnEquals: { 'aws:SourceArn': group.attrArn },
        },
      }),
    });
    allow(role, { actions: ['lambda:InvokeFunction'], resources: [starter.functionArn] });
    allow(role, { actions: ['sqs:SendMessage'], resources: [this.deadLetters.queueArn] });
    return role;
  }
}

function windowOf(minutes: number): CfnSchedule.FlexibleTimeWindowProperty {
  if (minutes === 0) return { mode: 'OFF' };
  return { mode: 'FLEXIBLE', maximumWindowInMinutes: minutes };
}
