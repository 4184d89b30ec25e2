import type { FunctionOutput } from '../../statemachine/contracts.ts';
import { ENV } from '../env.ts';
import { recordFailed } from '../record-failed-target.ts';
import { connectStore } from './connect.ts';
import { lambdaHandler } from './lambda-handler.ts';

export const handler = lambdaHandler({
  name: 'RecordFailedTarget',
  env: ENV.RecordFailedTarget,
  connect: (env) => recordFailed(connectStore(env)),
  tell: ({ status }: FunctionOutput<'RecordFailedTargetFunctionArn'>) => ({ status, counts: {} }),
});
