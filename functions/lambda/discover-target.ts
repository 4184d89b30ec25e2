import type { FunctionOutput } from '../../statemachine/contracts.ts';
import { KINDS } from '../../kinds/registry.ts';
import { typedFunction } from '../typed-function.ts';
import { discoverTarget } from '../../steps/discover/discover-target.ts';
import { ENV } from '../env.ts';
import { connectHub, connectSealedStore, connectSpokes } from '../runtime/connect.ts';
import { lambdaHandler } from '../runtime/lambda-handler.ts';

export const handler = lambdaHandler({
  name: 'DiscoverTarget',
  env: ENV.DiscoverTarget,
  connect: (env, calls) => {
    const roleNames = { discover: env.DISCOVERY_ROLE_NAME };
    const spokesFor = connectSpokes(env, roleNames, connectHub(calls), calls);
    return typedFunction('DiscoverTargetFunctionArn', discoverTarget, {
      ...connectSealedStore(env, calls),
      spokesFor,
      kinds: KINDS,
    });
  },
  tell: ({ status, resources, stale }: FunctionOutput<'DiscoverTargetFunctionArn'>) => ({
    status,
    counts: { resources, stale },
  }),
});
