import { prepareExecution } from '../sweep/prepare-execution.ts';
import { typedFunction } from './typed-function.ts';

export const prepare = typedFunction('PrepareFunctionArn', prepareExecution);
