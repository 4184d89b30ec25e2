import { Aws, RemovalPolicy } from 'aws-cdk-lib';
import { type Role, ServicePrincipal, Role as IamRole } from 'aws-cdk-lib/aws-iam';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  DefinitionBody,
  LogLevel,
  StateMachine,
  StateMachineType,
} from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { DEPLOYED, type DeployedFunction } from '../../functions/deployed.ts';
import { loadDefinition } from '../../statemachine/definition.ts';
import { allow } from '../policies/allow.ts';
import type { HubNames } from '../config/hub-names.ts';
import { acknowledgeWildcards } from '../policies/nag.ts';
import { MAP_ITEMS, MAP_RESULTS } from './store-access.ts';
import { executionArns, stateMachineArn } from './machine-arns.ts';
import type { HubFunctions } from './hub-functions.ts';
import type { HubStore } from './hub-store.ts';
import type { HubTopic } from './hub-topic.ts';
import { whatToDo } from '../../report/what-to-do/unsummarized-step.ts';

export interface SweepMachineProps {
  readonly names: HubNames;
  readonly functions: HubFunctions;
  readonly store: HubStore;
  readonly topic: HubTopic;
  readonly logDays: RetentionDays;
}

/** The state machine of `statemachine/sweep.asl.json`, its placeholders filled in by CloudFormation. */
export class SweepMachine extends Construct {
  readonly machine: StateMachine;
  readonly arn: string;

  constructor(scope: Construct, id: string, props: SweepMachineProps) {
    super(scope, id);
    this.arn = stateMachineArn(this, props.names);
    const role = new IamRole(this, 'Role', {
      roleName: `${props.names.prefix}-hub-state-machine`,
      description: 'orgsweep: the state machine',
      assumedBy: new ServicePrincipal('states.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    });
    const called = calledBy(props.functions);
    allow(role, { actions: ['lambda:InvokeFunction'], resources: Object.values(called) });
    this.#allowDistributedMaps(role, props);
    props.topic.allowPublish(role);
    this.machine = new StateMachine(this, 'Machine', {
      stateMachineName: props.names.stateMachine,
      stateMachineType: StateMachineType.STANDARD,
      comment: 'orgsweep',
      definitionBody: DefinitionBody.fromString(JSON.stringify(loadDefinition())),
      definitionSubstitutions: {
        ...called,
        Partition: Aws.PARTITION,
        BucketName: props.store.bucket.bucketName,
        TopicArn: props.topic.topic.topicArn,
        WhatToDo: whatToDo(props.names.parameter),
      },
      role,
      tracingEnabled: true,
      logs: {
        destination: new LogGroup(this, 'Logs', {
          // With this prefix the account's policy for log deliveries stays short.
          logGroupName: `/aws/vendedlogs/states/${props.names.stateMachine}`,
          retention: props.logDays,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
        level: LogLevel.ALL,
        // The input of AwaitApproval has the task token, which is nobody's to read.
        includeExecutionData: false,
      },
    });
    acknowledgeWildcards(role, ['*'], 'Log deliveries and X-Ray know no resources');
  }

  /** @see https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html */
  #allowDistributedMaps(role: Role, { names, store }: SweepMachineProps): void {
    allow(role, { actions: ['states:StartExecution'], resources: [this.arn] });
    allow(role, {
      actions: ['states:DescribeExecution', 'states:StopExecution'],
      resources: executionArns(this, names),
      because: "The children of the machine's own Maps",
    });
    allow(role, {
      actions: ['s3:GetObject'],
      resources: MAP_ITEMS.map((key) => store.arnOf(key)),
      because: 'The items of a Map, in every execution',
    });
    allow(role, {
      actions: [
        's3:GetObject',
        's3:PutObject',
        's3:ListMultipartUploadParts',
        's3:AbortMultipartUpload',
      ],
      resources: [store.arnOf(MAP_RESULTS)],
      because: "Where a Map's results are written, in every execution",
    });
  }
}

/** By placeholder of the definition. */
function calledBy(functions: HubFunctions): Record<string, string> {
  const called: Record<string, string> = {};
  for (const [name, made] of functions.byName) {
    const { placeholder }: DeployedFunction = DEPLOYED[name];
    if (placeholder !== null) called[placeholder] = made.function.functionArn;
  }
  return called;
}
