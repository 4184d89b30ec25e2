import { KINDS } from '../../kinds/registry.ts';
import type { FunctionOutput } from '../../statemachine/contracts.ts';
import type { RemovalDeps } from '../../steps/deps.ts';
import { findAccount } from '../../aws/services/organizations.ts';
import { ORGANIZATIONS } from '../../aws/sessions/hub-clients.ts';
import { removeTarget } from '../../steps/remove/remove-target.ts';
import { ENV } from '../env.ts';
import { typedFunction } from '../typed-function.ts';
import { connectHub, connectSealedStore, connectSpokes } from '../runtime/connect.ts';
import { lambdaHandler } from '../runtime/lambda-handler.ts';
import { removalBudgetSeconds } from '../runtime/removal-budget.ts';

export const handler = lambdaHandler({
  name: 'RemovePlanned',
  env: ENV.RemovePlanned,
  connect: (env, calls) => {
    const roleNames = { discover: env.DISCOVERY_ROLE_NAME, remove: env.DELETION_ROLE_NAME };
    const connection = connectHub(calls);
    const organizations = connection.of(ORGANIZATIONS);
    const deps: Omit<RemovalDeps, 'settings'> = {
      ...connectSealedStore(env, calls),
      kinds: KINDS,
      hub: { findAccount: async (id) => findAccount(organizations, id) },
      spokesFor: connectSpokes(env, roleNames, connection, calls),
    };
    return async (event, context) => {
      const settings = {
        deletionEnabled: env.DELETION_ENABLED,
        floors: env.FLOORS,
        deletionKinds: env.DELETION_KINDS,
        removalsPerSecond: env.REMOVALS_PER_SECOND,
        removalBudgetSeconds: removalBudgetSeconds(context.getRemainingTimeInMillis()),
      };
      return typedFunction('RemovePlannedFunctionArn', removeTarget, { ...deps, settings })(event);
    };
  },
  tell: ({ remaining, outcomes }: FunctionOutput<'RemovePlannedFunctionArn'>) => ({
    status: remaining > 0 ? 'REMAINING' : 'SETTLED',
    counts: { ...outcomes, remaining },
  }),
});
