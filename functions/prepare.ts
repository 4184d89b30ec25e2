import { prepareExecution } from '../steps/prepare/prepare-execution.ts';
import { typedFunction } from './typed-function.ts';

export const prepare = typedFunction('PrepareFunctionArn', prepareExecution);
