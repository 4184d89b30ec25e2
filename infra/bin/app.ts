import { App } from 'aws-cdk-lib';
import { InvalidInput } from '../../core/errors.ts';
import { CONTEXT_KEY, readConfig } from '../config.ts';
import { refuseRepeatedContext } from '../context-files.ts';
import { HubStack } from '../hub-stack.ts';
import { SpokeStage } from '../spoke-stage.ts';
import { SpokeStackSetsStack } from '../spoke-stack-sets.ts';

try {
  refuseRepeatedContext();
  const app = new App();
  const config = readConfig(app.node.tryGetContext(CONTEXT_KEY));
  new HubStack(app, 'OrgsweepHub', { config });
  new SpokeStackSetsStack(app, 'OrgsweepSpokes', { config });
  new SpokeStage(app, 'OrgsweepSpoke', { config });
} catch (error) {
  if (!(error instanceof InvalidInput)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
