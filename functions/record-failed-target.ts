import { recordFailedTarget } from '../steps/targets/record-failed-target.ts';
import { typedFunction } from './typed-function.ts';

export const recordFailed = typedFunction('RecordFailedTargetFunctionArn', recordFailedTarget);
