import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { hubOption } from '../../../core/input/hub-name.ts';
import { commandLine } from '../../../report/commands/commands.ts';
import type { OrgsweepConfig } from '../../config/config.ts';
import type { HubNames } from '../../config/hub-names.ts';
import type { HubMetrics } from './hub-metrics.ts';

export interface HubAlarmsProps {
  readonly names: HubNames;
  readonly governance: OrgsweepConfig['governance'];
  readonly metrics: HubMetrics;
  readonly topic: Topic;
}

interface AlarmOn {
  readonly metric: IMetric;
  /** What happened, and what to do: it is in the message that CloudWatch sends, and in the console. */
  readonly description: string;
  /** From here on; 1 unless said otherwise. */
  readonly threshold?: number;
  /** Where silence is itself the fault. */
  readonly missingIsBad?: boolean;
  /** A message of the run itself says it, or that of its silent ending: a second one would only cost. */
  readonly isTold?: true;
}

/**
 * What somebody has to look at, each with what to do about it. What no message tells goes to the
 * topic; the others show in the console and on the dashboard.
 */
export class HubAlarms extends Construct {
  constructor(scope: Construct, id: string, props: HubAlarmsProps) {
    super(scope, id);
    for (const [name, alarm] of Object.entries(alarmsOn(props))) {
      const made = new Alarm(this, name, {
        alarmName: `${props.names.prefix}-${name}`,
        alarmDescription: alarm.description,
        metric: alarm.metric,
        threshold: alarm.threshold ?? 1,
        comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        evaluationPeriods: 1,
        treatMissingData: alarm.missingIsBad
          ? TreatMissingData.BREACHING
          : TreatMissingData.NOT_BREACHING,
      });
      if (alarm.isTold !== true) made.addAlarmAction(new SnsAction(props.topic));
    }
  }
}

function alarmsOn({ governance, metrics, names }: HubAlarmsProps): Record<string, AlarmOn> {
  const start = (...words: string[]) =>
    commandLine(['start', ...words, hubOption(names.parameter)]);
  const retry = start('--retry', 'EXECUTION_ID');
  const always: Record<string, AlarmOn> = {
    'execution-failed': {
      isTold: true,
      metric: metrics.executions('ExecutionsFailed'),
      description: `An orgsweep execution ended red. Its message says why, and what to do next: after partial coverage, ${retry}; after a failed Plan or Summarize, ${start('--resume', 'EXECUTION_ID')}; after removals that were not carried out, ${start('--mode', 'delete', '--plan', 'EXECUTION_ID')}. Of a plan that was refused or not approved nothing was removed: there is nothing to retry. Without a message, open the execution in Step Functions. Nothing has to be repaired.`,
    },
    'execution-timed-out': {
      isTold: true,
      metric: metrics.executions('ExecutionsTimedOut'),
      description: `An orgsweep execution ran out of time and sent no summary. See in Step Functions which state it hung in; what it removed is in its ledger in the store. Start it again with ${retry}, for fewer accounts if it was too large.`,
    },
    'partial-coverage': {
      isTold: true,
      metric: metrics.own('TargetsNotComplete', 'Maximum'),
      description: `An orgsweep execution could not see every target in scope. Its summary names each and why: deploy the missing role, lift the denial, or name the gap in scope.accepted if it is wanted. Then ${retry}.`,
    },
    'targets-throttled': {
      isTold: true,
      metric: metrics.own('Throttled', 'Maximum'),
      description: `AWS throttled orgsweep in some account and Region until it gave up there; the summary names them. Something else uses up the API limits: run at another hour, and ${retry}.`,
    },
    throttled: {
      metric: metrics.hubThrottles(),
      description:
        'Lambda or Step Functions held orgsweep back in the hub account: its concurrency or its quotas are used up. The executions wait and try again. If it lasts, have the Lambda concurrency of the account raised, or move what else uses it.',
    },
    'dead-letters': {
      metric: metrics.deadLetters(),
      description: `A scheduled call of orgsweep failed for good and is in the dead-letter queue, with the reason. Read the log of the function start-governance-run, start the run that is missing with ${start()}, then purge the queue.`,
    },
  };
  if (!governance.enabled) return always;
  return {
    ...always,
    'no-governance-run': {
      metric: metrics.own('DaysSinceGovernanceRun', 'Maximum', Duration.days(1)),
      threshold: governance.alarmAfterDays,
      missingIsBad: true,
      description: `No governance run of orgsweep has succeeded for ${governance.alarmAfterDays} days, or nothing looks any more. See in Step Functions how the executions named governance-… ended, and in EventBridge Scheduler whether the schedules are there and enabled. Then ${start()}.`,
    },
  };
}
