import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { OrgsweepHub } from './constructs/orgsweep-hub.ts';
import type { OrgsweepConfigInput } from './config.ts';

/** All that runs in the hub account, as a stack of its own. */
export class HubStack extends Stack {
  readonly hub: OrgsweepHub;

  constructor(scope: Construct, id: string, props: StackProps & { config: OrgsweepConfigInput }) {
    super(scope, id, { description: 'orgsweep: hub account', ...props });
    this.hub = new OrgsweepHub(this, 'Orgsweep', props.config);
  }
}
