import { Construct } from 'constructs';
import { type OrgsweepConfigInput, readConfig } from '../config.ts';

/** All that runs in the hub account: what starts executions, carries them out and keeps their files. */
export class OrgsweepHub extends Construct {
  /** @throws {InvalidInput} naming each key of `config`, its value and what is accepted */
  constructor(scope: Construct, id: string, config: OrgsweepConfigInput = {}) {
    super(scope, id);
    readConfig(config);
  }
}
