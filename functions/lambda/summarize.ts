import { Summary } from '../../core/summary.ts';
import { KINDS } from '../../kinds/registry.ts';
import type { FunctionOutput } from '../../statemachine/contracts.ts';
import { readJson } from '../../sweep/stored-json.ts';
import { ENV } from '../env.ts';
import { summarize } from '../summarize.ts';
import { connectSealedStore, connectStore } from './connect.ts';
import { lambdaHandler } from './lambda-handler.ts';
import { totalsOf } from './totals.ts';

export const handler = lambdaHandler({
  name: 'Summarize',
  env: ENV.Summarize,
  connect: (env, calls) =>
    summarize({
      ...connectSealedStore(env, calls),
      kinds: KINDS,
      hubName: env.HUB_NAME,
    }),
  tell: async ({ status, message, summaryKey }: FunctionOutput<'SummarizeFunctionArn'>, env) => {
    // Prepare refused the input: there is nothing to count.
    if (summaryKey === null) return { status, counts: {} };
    return totalsOf(await readJson(connectStore(env).store, summaryKey, Summary), message);
  },
});
