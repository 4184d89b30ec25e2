import type { FunctionOutput } from '../../statemachine/contracts.ts';
import { ENV } from '../env.ts';
import { recordFailed } from '../record-failed-target.ts';
import { connectSealedStore } from '../runtime/connect.ts';
import { lambdaHandler } from '../runtime/lambda-handler.ts';

export const handler = lambdaHandler({
  name: 'RecordFailedTarget',
  env: ENV.RecordFailedTarget,
  connect: (env, calls) => recordFailed(connectSealedStore(env, calls)),
  tell: ({ status }: FunctionOutput<'RecordFailedTargetFunctionArn'>) => ({ status, counts: {} }),
});
