import { Aws } from 'aws-cdk-lib';
import { CfnSlackChannelConfiguration } from 'aws-cdk-lib/aws-chatbot';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { allow } from '../allow.ts';
import type { OrgsweepConfig } from '../config.ts';
import type { HubNames } from '../hub-names.ts';
import type { HubTopic } from './hub-topic.ts';
import type { TypedFunction } from './typed-function.ts';

export interface SlackChannelProps {
  readonly slack: NonNullable<OrgsweepConfig['notifications']['slack']>;
  readonly names: HubNames;
  readonly topic: HubTopic;
  /** Writes each message anew, in the form that Amazon Q in chat shows. */
  readonly forwarder: TypedFunction<'ForwardToChat'>;
}

/** The messages in a Slack channel, over a topic of its own (docs/adr/0025-slack.md). */
export class SlackChannel extends Construct {
  constructor(scope: Construct, id: string, props: SlackChannelProps) {
    super(scope, id);
    const { slack, names, topic, forwarder } = props;
    const chat = new Topic(this, 'Topic', {
      topicName: `${names.topic}-chat`,
      masterKey: topic.key,
      enforceSSL: true,
    });
    allow(forwarder.role, { actions: ['sns:Publish'], resources: [chat.topicArn] });
    allow(forwarder.role, {
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: [topic.key.keyArn],
    });
    topic.topic.addSubscription(new LambdaSubscription(forwarder.function));
    new CfnSlackChannelConfiguration(this, 'Channel', {
      configurationName: names.prefix,
      slackWorkspaceId: slack.workspaceId,
      slackChannelId: slack.channelId,
      snsTopicArns: [chat.topicArn],
      // Who writes in the channel can do nothing in AWS. Left out, the guard rail is AdministratorAccess.
      guardrailPolicies: [`arn:${Aws.PARTITION}:iam::aws:policy/AWSDenyAll`],
      iamRoleArn: new Role(this, 'Role', {
        description: 'orgsweep: shows messages in Slack, and may do nothing',
        assumedBy: new ServicePrincipal('chatbot.amazonaws.com', {
          conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
        }),
      }).roleArn,
      loggingLevel: 'ERROR',
    });
  }
}
