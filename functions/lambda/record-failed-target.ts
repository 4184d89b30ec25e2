import type { FunctionOutput } from '../../statemachine/contracts.ts';
import { recordFailedTarget } from '../../steps/targets/record-failed-target.ts';
import { ENV } from '../env.ts';
import { typedFunction } from '../typed-function.ts';
import { connectSealedStore } from '../runtime/connect.ts';
import { lambdaHandler } from '../runtime/lambda-handler.ts';

export const handler = lambdaHandler({
  name: 'RecordFailedTarget',
  env: ENV.RecordFailedTarget,
  connect: (env, calls) =>
    typedFunction(
      'RecordFailedTargetFunctionArn',
      recordFailedTarget,
      connectSealedStore(env, calls),
    ),
  tell: ({ status }: FunctionOutput<'RecordFailedTargetFunctionArn'>) => ({ status, counts: {} }),
});
