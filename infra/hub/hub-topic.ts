import { Aws, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, type Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { allow } from '../policies/allow.ts';
import type { HubNames } from '../config/hub-names.ts';

/**
 * The topic that every message goes to, encrypted with a key of its own: AWS's key for SNS can't be
 * granted to CloudWatch or EventBridge.
 */
export class HubTopic extends Construct {
  readonly topic: Topic;
  readonly key: Key;
  /** Of the topic that a chat channel shows, where there is one. */
  readonly chatTopicArn: string;

  constructor(scope: Construct, id: string, props: { names: HubNames; emails: readonly string[] }) {
    super(scope, id);
    const topicName = props.names.topic;
    this.key = new Key(this, 'Key', {
      description: `orgsweep: messages of topic ${topicName}`,
      enableKeyRotation: true,
      // Messages have been delivered long before; with its topic the key is of no more use.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.topic = new Topic(this, 'Topic', {
      topicName,
      displayName: 'orgsweep',
      masterKey: this.key,
      enforceSSL: true,
    });
    for (const email of props.emails) this.topic.addSubscription(new EmailSubscription(email));
    const topicArn = Stack.of(this).formatArn({ service: 'sns', resource: topicName });
    this.chatTopicArn = `${topicArn}-chat`;
    for (const service of ['cloudwatch.amazonaws.com', 'events.amazonaws.com']) {
      this.key.addToResourcePolicy(mayEncryptFor(service, topicArn));
    }
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'Alarms',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
  }

  allowPublish(role: Role): void {
    allow(role, { actions: ['sns:Publish'], resources: [this.topic.topicArn] });
    allow(role, { actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [this.key.keyArn] });
  }

  /** Lets the EventBridge rule publish, and no other. */
  allowRule(ruleArn: string): void {
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'SilentEndings',
        principals: [new ServicePrincipal('events.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { ArnEquals: { 'aws:SourceArn': ruleArn } },
      }),
    );
  }
}

/**
 * SNS binds its data keys to the topic by their encryption context. It has no support for
 * `aws:SourceAccount` or `aws:SourceArn` in the key's policy where EventBridge publishes.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
function mayEncryptFor(service: string, topicArn: string): PolicyStatement {
  return new PolicyStatement({
    principals: [new ServicePrincipal(service)],
    actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
    resources: ['*'],
    conditions: { StringEquals: { 'kms:EncryptionContext:aws:sns:topicArn': topicArn } },
  });
}
