import { Summary } from '../../core/summary.ts';
import { KINDS } from '../../kinds/registry.ts';
import type { FunctionOutput } from '../../statemachine/contracts.ts';
import { readJson } from '../../sweep/stored-json.ts';
import { approvalOptionsFor, ENV } from '../env.ts';
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
      approvalOptions: approvalOptionsFor(env.HUB_NAME),
    }),
  tell: async (output: FunctionOutput<'SummarizeFunctionArn'>, env) => {
    // The execution goes on: its totals are put once, at its end.
    if ('pageFailure' in output) return { status: 'SHOWN', counts: {} };
    const { status, message, summaryKey } = output;
    // Prepare refused the input: there is nothing to count.
    if (summaryKey === null) return { status, counts: {} };
    return totalsOf(await readJson(connectStore(env).store, summaryKey, Summary), message);
  },
});
