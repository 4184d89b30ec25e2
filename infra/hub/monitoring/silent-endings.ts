import { EventField, type IRuleTarget, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { loadDefinition } from '../../../statemachine/definition.ts';
import { commandLine } from '../../../report/commands/commands.ts';
import { spokenErrors } from './spoken-errors.ts';
import type { HubTopic } from '../hub-topic.ts';

export interface SilentEndingsProps {
  readonly stateMachineArn: string;
  readonly topic: HubTopic;
  /** The SSM parameter of the hub, for the commands in the message. */
  readonly hubName: string;
}

/**
 * Speaks for executions that couldn't: those that timed out or were stopped, and those that failed
 * before their message was published. Matches the machine's own executions, not its Maps' children.
 */
export class SilentEndings extends Construct {
  constructor(scope: Construct, id: string, props: SilentEndingsProps) {
    super(scope, id);
    const rule = new Rule(this, 'Rule', {
      description: 'orgsweep: executions that ended without a message',
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: {
          stateMachineArn: [props.stateMachineArn],
          $or: [
            { status: ['TIMED_OUT', 'ABORTED'] },
            { status: ['FAILED'], error: [{ exists: false }] },
            { status: ['FAILED'], error: [{ 'anything-but': spokenErrors(loadDefinition()) }] },
          ],
        },
      },
    });
    rule.addTarget(publishTo(props));
    props.topic.allowRule(rule.ruleArn);
  }
}

function publishTo({ topic: { topic }, hubName }: SilentEndingsProps): IRuleTarget {
  const name = EventField.fromPath('$.detail.name');
  const status = EventField.fromPath('$.detail.status');
  // The name is one that EventBridge puts in: no word for a shell to be quoted.
  const command = (words: string) => `${commandLine(words.split(' '))} ${name} --hub=${hubName}`;
  // EventBridge takes text as a JSON string alone, and sends it with its quotes: one pair for each
  // line. So it is one line.
  const message = RuleTargetInput.fromText(
    [
      `${status} orgsweep: run ${name} ended without a summary.`,
      `What it saw and did until then, if anything, is in the hub's bucket, below executions/${name}/.`,
      `What it had deleted by then can be restored: ${command('restore')} .`,
      `Why it ended: ${EventField.fromPath('$.detail.executionArn')} in Step Functions.`,
      `Nothing needs to be repaired. If it had scanned everything, resume it where it stopped: ${command('start --resume')} .`,
      `If not, scan the rest: ${command('start --retry')} .`,
    ].join(' '),
  );
  return { bind: () => ({ arn: topic.topicArn, input: message }) };
}
