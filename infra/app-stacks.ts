import type { App } from 'aws-cdk-lib';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { DeployedName } from '../functions/deployed.ts';
import type { OrgsweepConfig } from './config/config.ts';
import { HubStack } from './hub/hub-stack.ts';
import { SpokeStage } from './spoke/spoke-stage.ts';
import { SpokeStackSetsStack } from './spoke/spoke-stack-sets.ts';
import { stackIds } from './stack-ids.ts';

/** Every stack of one deployment, each pinned to where the configuration says that it belongs. */
export function addStacks(
  app: App,
  config: OrgsweepConfig,
  codeOf?: (name: DeployedName) => Code,
): void {
  const ids = stackIds(config.prefix);
  new HubStack(app, ids.hub, { config, ...(codeOf && { codeOf }) });
  new SpokeStackSetsStack(app, ids.stackSets, { config });
  new SpokeStage(app, ids.byHand, { config });
}
