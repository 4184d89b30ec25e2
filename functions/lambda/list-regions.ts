import { KINDS } from '../../kinds/registry.ts';
import type { FunctionOutput } from '../../statemachine/contracts.ts';
import { placeOf } from '../deps.ts';
import { listTargetRegions } from '../../steps/prepare/list-target-regions.ts';
import { ENV } from '../env.ts';
import { typedFunction } from '../typed-function.ts';
import { connectHub, connectSealedStore, connectSpokes } from '../runtime/connect.ts';
import { lambdaHandler } from '../runtime/lambda-handler.ts';

export const handler = lambdaHandler({
  name: 'ListRegions',
  env: ENV.ListRegions,
  connect: (env, calls) => {
    const connection = connectHub(calls);
    return typedFunction('ListRegionsFunctionArn', listTargetRegions, {
      ...connectSealedStore(env, calls),
      kinds: KINDS,
      hub: placeOf({ region: connection.region, partition: env.PARTITION }),
      spokesFor: connectSpokes(env, { discover: env.DISCOVERY_ROLE_NAME }, connection, calls),
    });
  },
  tell: ({ targets }: FunctionOutput<'ListRegionsFunctionArn'>) => ({
    status: 'LISTED',
    counts: { targets: targets.length },
  }),
});
