import { Stage } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { OrgsweepConfig } from '../config/config.ts';
import { rolesByHandEnvironment, rulesByHandEnvironment } from '../environment.ts';
import { RecycleBinRuleStack, SpokeRolesStack } from './spoke-stack.ts';

/**
 * The stacks that the StackSets hand out, for one account by hand: the management account. In a stage
 * of their own, so that `cdk deploy --all` leaves them alone.
 */
export class SpokeStage extends Stage {
  constructor(scope: Construct, id: string, { config }: { config: OrgsweepConfig }) {
    super(scope, id);
    const env = rolesByHandEnvironment(config);
    new SpokeRolesStack(this, 'Roles', { config, env, roles: ['discovery', 'restore'] });
    new SpokeRolesStack(this, 'Deletion', { config, env, roles: ['deletion'] });
    new RecycleBinRuleStack(this, 'RecycleBin', { config, env: rulesByHandEnvironment(config) });
  }
}
