import { Aws } from 'aws-cdk-lib';
import {
  CfnMicrosoftTeamsChannelConfiguration,
  CfnSlackChannelConfiguration,
} from 'aws-cdk-lib/aws-chatbot';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { allow } from '../policies/allow.ts';
import type { OrgsweepConfig } from '../config/config.ts';
import type { HubNames } from '../config/hub-names.ts';
import type { HubTopic } from './hub-topic.ts';
import type { TypedFunction } from './typed-function.ts';

export interface ChatChannelsProps {
  readonly channels: Pick<OrgsweepConfig['notifications'], 'slack' | 'teams'>;
  readonly names: HubNames;
  readonly topic: HubTopic;
  /** Writes each message anew, in the form that Amazon Q in chat shows. */
  readonly forwarder: TypedFunction<'ForwardToChat'>;
}

/**
 * The messages in a Slack channel, in one of Microsoft Teams, or in both, over one topic of their
 * own (docs/adr/0025-slack.md, docs/adr/0039-what-people-read.md).
 */
export class ChatChannels extends Construct {
  constructor(scope: Construct, id: string, props: ChatChannelsProps) {
    super(scope, id);
    const { channels, names } = props;
    const shown = {
      snsTopicArns: [this.#forwardingTopic(props).topicArn],
      // Who writes in the channel can do nothing in AWS. Left out, the guard rail is AdministratorAccess.
      guardrailPolicies: [`arn:${Aws.PARTITION}:iam::aws:policy/AWSDenyAll`],
      iamRoleArn: new Role(this, 'Role', {
        description: 'orgsweep: shows messages in chat, and may do nothing',
        assumedBy: new ServicePrincipal('chatbot.amazonaws.com', {
          conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
        }),
      }).roleArn,
      loggingLevel: 'ERROR',
    };
    if (channels.slack !== undefined) {
      new CfnSlackChannelConfiguration(this, 'Channel', {
        configurationName: names.prefix,
        slackWorkspaceId: channels.slack.workspaceId,
        slackChannelId: channels.slack.channelId,
        ...shown,
      });
    }
    if (channels.teams !== undefined) {
      new CfnMicrosoftTeamsChannelConfiguration(this, 'Teams', {
        configurationName: `${names.prefix}-teams`,
        teamsTenantId: channels.teams.tenantId,
        teamId: channels.teams.teamId,
        teamsChannelId: channels.teams.channelId,
        ...shown,
      });
    }
  }

  #forwardingTopic({ names, topic, forwarder }: ChatChannelsProps): Topic {
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
    return chat;
  }
}
