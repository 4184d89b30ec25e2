import { KINDS } from '../../kinds/registry.ts';
import type { FunctionOutput } from '../../statemachine/contracts.ts';
import { planRemovals } from '../../steps/plan/plan-removals.ts';
import { ENV } from '../env.ts';
import { typedFunction } from '../typed-function.ts';
import { connectSealedStore } from '../runtime/connect.ts';
import { lambdaHandler } from '../runtime/lambda-handler.ts';

export const handler = lambdaHandler({
  name: 'Plan',
  env: ENV.Plan,
  connect: (env, calls) =>
    typedFunction('PlanFunctionArn', planRemovals, {
      ...connectSealedStore(env, calls),
      kinds: KINDS,
      settings: { floors: env.FLOORS, deletionKinds: env.DELETION_KINDS },
    }),
  tell: ({ planStatus, removals, held }: FunctionOutput<'PlanFunctionArn'>) => ({
    status: planStatus,
    counts: { removals, held },
  }),
});
