import { App } from 'aws-cdk-lib';
import { InvalidInput } from '../../core/model/errors.ts';
import { addStacks } from '../app-stacks.ts';
import { CONTEXT_KEY, readConfig } from '../config/config.ts';
import { refuseRepeatedContext } from '../config/context-files.ts';

try {
  refuseRepeatedContext();
  const app = new App();
  addStacks(app, readConfig(app.node.tryGetContext(CONTEXT_KEY)));
} catch (error) {
  if (!(error instanceof InvalidInput)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
