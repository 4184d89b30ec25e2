import { Code } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { type OrgsweepConfigInput, readConfig } from '../config.ts';
import { hubNames } from '../hub-names.ts';
import { HubFunctions } from './hub-functions.ts';
import { HubStore } from './hub-store.ts';
import { HubTopic } from './hub-topic.ts';
import { stateMachineArn, SweepMachine } from './sweep-machine.ts';

/**
 * All that runs in the hub account: what starts executions, carries them out and keeps their files.
 * One of a prefix fits into an account and Region.
 */
export class OrgsweepHub extends Construct {
  readonly store: HubStore;
  readonly topic: HubTopic;
  readonly machine: SweepMachine;

  /** @throws {InvalidInput} naming each key of `config`, its value and what is accepted */
  constructor(scope: Construct, id: string, input: OrgsweepConfigInput = {}) {
    super(scope, id);
    const config = readConfig(input);
    const names = hubNames(config.prefix);
    const { logDays, executionDays } = config.retention;
    this.store = new HubStore(this, 'Store', { executionDays });
    this.topic = new HubTopic(this, 'Topic', { names, emails: config.notifications.emails });
    const functions = new HubFunctions(this, 'Functions', {
      config,
      names,
      store: this.store,
      topic: this.topic,
      stateMachineArn: stateMachineArn(this, names),
      codeOf: () => Code.fromInline('exports.handler = async () => {};'),
    });
    this.machine = new SweepMachine(this, 'Machine', {
      names,
      functions,
      store: this.store,
      topic: this.topic,
      logDays,
    });
  }
}
