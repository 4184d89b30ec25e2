import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { OrgsweepHub } from './orgsweep-hub.ts';
import type { DeployedName } from '../../functions/deployed.ts';
import { type OrgsweepConfigInput, readConfig } from '../config/config.ts';
import { hubEnvironment } from '../environment.ts';

export interface HubStackProps extends StackProps {
  readonly config: OrgsweepConfigInput;
  /** Instead of the bundles of this package. */
  readonly codeOf?: (name: DeployedName) => Code;
}

/** All that runs in the hub account, as a stack of its own. */
export class HubStack extends Stack {
  readonly hub: OrgsweepHub;

  constructor(scope: Construct, id: string, props: HubStackProps) {
    const { config: input, codeOf, ...others } = props;
    const config = readConfig(input);
    super(scope, id, {
      description: 'orgsweep: hub account',
      env: hubEnvironment(config),
      terminationProtection: true,
      ...others,
    });
    this.hub = new OrgsweepHub(this, 'Orgsweep', config, codeOf);
  }
}
