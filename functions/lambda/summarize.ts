import { Summary } from '../../core/summary/summary.ts';
import { KINDS } from '../../kinds/registry.ts';
import type { FunctionOutput } from '../../statemachine/contracts.ts';
import { readJson } from '../../store/stored-json.ts';
import { summarize } from '../summarize.ts';
import { approvalOptionsFor, ENV } from '../env.ts';
import { typedFunction } from '../typed-function.ts';
import { connectSealedStore, connectStore } from '../runtime/connect.ts';
import { lambdaHandler } from '../runtime/lambda-handler.ts';
import { toldOf } from '../runtime/totals.ts';

export const handler = lambdaHandler({
  name: 'Summarize',
  env: ENV.Summarize,
  connect: (env, calls) =>
    typedFunction('SummarizeFunctionArn', summarize, {
      ...connectSealedStore(env, calls),
      kinds: KINDS,
      hubName: env.HUB_NAME,
      approvalOptions: approvalOptionsFor(env.HUB_NAME),
    }),
  tell: async (output: FunctionOutput<'SummarizeFunctionArn'>, env) =>
    toldOf(output, async (key) => readJson(connectStore(env).store, key, Summary)),
});
