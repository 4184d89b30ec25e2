import { Annotations, CfnOutput, Stack } from 'aws-cdk-lib';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import type { HubDescription } from '../../aws/hub/hub-description.ts';
import type { DeployedName } from '../../functions/deployed.ts';
import { AGREED_KEYS, AsDeployed, hubValues } from '../as-deployed.ts';
import { functionCode } from './bundle.ts';
import {
  CONTEXT_KEY,
  type OrgsweepConfig,
  type OrgsweepConfigInput,
  readConfig,
} from '../config/config.ts';
import { refuseElsewhere } from '../environment.ts';
import { floorWarnings } from './floor-warnings.ts';
import { HubMetrics } from './monitoring/hub-metrics.ts';
import { type HubNames, hubNames } from '../config/hub-names.ts';
import { ChatChannels } from './chat-channels.ts';
import { Governance } from './governance.ts';
import { HubAlarms } from './monitoring/hub-alarms.ts';
import { HubDashboard } from './monitoring/hub-dashboard.ts';
import { HubFunctions, SEALING } from './hub-functions.ts';
import { HubStore } from './hub-store.ts';
import { HubTopic } from './hub-topic.ts';
import { People } from './people.ts';
import { SealKey } from './seal-key.ts';
import { SilentEndings } from './monitoring/silent-endings.ts';
import { SweepMachine } from './sweep-machine.ts';
import { stateMachineArn } from './machine-arns.ts';

/**
 * All that runs in the hub account: what starts executions, carries them out and keeps their files.
 * Its roles have names that spokes know beforehand, so that one of a prefix fits into an account.
 */
export class OrgsweepHub extends Construct {
  readonly store: HubStore;
  readonly topic: HubTopic;
  readonly functions: HubFunctions;
  readonly machine: SweepMachine;
  readonly people: People;

  /**
   * @param codeOf what each function runs; the bundles of this package, unless told otherwise
   * @throws {InvalidInput} naming each key of `input`, its value and what is accepted
   */
  constructor(
    scope: Construct,
    id: string,
    input: OrgsweepConfigInput = {},
    codeOf: (name: DeployedName) => Code = functionCode,
  ) {
    super(scope, id);
    const config = readConfig(input);
    refuseElsewhere(Stack.of(this), config, CONTEXT_KEY);
    new AsDeployed(this, 'AsDeployed', hubValues(config), AGREED_KEYS);
    for (const [name, warning] of Object.entries(floorWarnings(config)))
      Annotations.of(this).addWarningV2(name, warning);
    const names = hubNames(config.prefix);
    const { bucketName, sealKeyArn: keyArn } = config.store;
    const arn = stateMachineArn(this, names);
    const store = new HubStore(this, 'Store', { ...config.retention, bucketName });
    const sealKey = new SealKey(this, 'SealKey', { names, sealing: SEALING, keyArn });
    const topic = new HubTopic(this, 'Topic', { names, emails: config.notifications.emails });
    const functions = new HubFunctions(this, 'Functions', {
      config,
      names,
      store,
      sealKey,
      topic,
      stateMachineArn: arn,
      codeOf,
    });
    const { logDays } = config.retention;
    this.machine = new SweepMachine(this, 'Machine', { names, functions, store, topic, logDays });
    this.people = new People(this, 'People', {
      config,
      names,
      store,
      stateMachineArn: arn,
      decideApprovalArn: functions.get('DecideApproval').function.functionArn,
    });
    this.store = store;
    this.topic = topic;
    this.functions = functions;
    const { slack, teams } = config.notifications;
    if (slack !== undefined || teams !== undefined) {
      const forwarder = functions.get('ForwardToChat');
      // Not renamed with its class: a topic of the same name can't be made before the old one goes.
      new ChatChannels(this, 'Slack', { channels: { slack, teams }, names, topic, forwarder });
    }
    this.#watch(config, names);
    this.#describe(config, names);
  }

  /** What starts executions by itself, and tells when they go wrong. */
  #watch(config: OrgsweepConfig, names: HubNames): void {
    const { topic, functions, machine } = this;
    const starter = functions.get('StartGovernanceRun').function;
    const { governance: schedules } = config;
    const governance = new Governance(this, 'Governance', {
      config: schedules,
      names,
      starter,
      machine: machine.machine,
    });
    new SilentEndings(this, 'SilentEndings', {
      stateMachineArn: machine.arn,
      topic,
      hubName: names.parameter,
    });
    const metrics = new HubMetrics({
      names,
      stateMachineArn: machine.arn,
      functions,
      deadLetters: governance.deadLetters,
    });
    new HubAlarms(this, 'Alarms', { names, governance: schedules, metrics, topic: topic.topic });
    if (config.dashboard) new HubDashboard(this, 'Dashboard', { names, metrics, functions });
  }

  /** Where everything is: for `orgsweep start` and its like in a parameter, for people as outputs. */
  #describe({ roleNames, externalId, deletion }: OrgsweepConfig, names: HubNames): void {
    const description: HubDescription = {
      version: 1,
      stateMachineArn: this.machine.machine.stateMachineArn,
      bucket: this.store.bucket.bucketName,
      topicArn: this.topic.topic.topicArn,
      decideApprovalFunctionArn: this.functions.get('DecideApproval').function.functionArn,
      operatorRoleArn: this.people.operator.roleArn,
      restoreRoleName: roleNames.restore,
      floors: deletion.floors,
      ...(externalId !== undefined && { externalId }),
    };
    new StringParameter(this, 'Description', {
      parameterName: names.parameter,
      description: 'orgsweep: where the hub has everything',
      stringValue: Stack.of(this).toJsonString(description),
    });
    const outputs = {
      StateMachineArn: description.stateMachineArn,
      Bucket: description.bucket,
      TopicArn: description.topicArn,
      OperatorRoleArn: description.operatorRoleArn,
      ApproverRoleArn: this.people.approver.roleArn,
      StartCommand: `orgsweep start --hub=${names.parameter}`,
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
