import { SFNClient } from '@aws-sdk/client-sfn';
import { makePastExecutions } from '../../aws/hub/past-executions.ts';
import { EC2, ORGANIZATIONS, SSM, STS } from '../../aws/sessions/hub-clients.ts';
import { actsAs } from '../../aws/sessions/spoke-session.ts';
import { KINDS } from '../../kinds/registry.ts';
import type { FunctionOutput } from '../../statemachine/contracts.ts';
import { makeHub } from '../deps.ts';
import { prepareExecution } from '../../steps/prepare/prepare-execution.ts';
import { ENV } from '../env.ts';
import { typedFunction } from '../typed-function.ts';
import { connectHub, connectSealedStore } from '../runtime/connect.ts';
import { lambdaHandler } from '../runtime/lambda-handler.ts';

export const handler = lambdaHandler({
  name: 'Prepare',
  env: ENV.Prepare,
  connect: (env, calls) => {
    const hub = connectHub(calls);
    const { region } = hub;
    const sts = hub.of(STS);
    const clients = { organizations: hub.of(ORGANIZATIONS), ec2: hub.of(EC2), ssm: hub.of(SSM) };
    return typedFunction('PrepareFunctionArn', prepareExecution, {
      ...connectSealedStore(env, calls),
      kinds: KINDS,
      hub: makeHub(clients, { region, partition: env.PARTITION }),
      actsAs: async () => actsAs(sts, region),
      pastExecution: makePastExecutions(new SFNClient({ maxAttempts: 5 }), env.STATE_MACHINE_ARN),
      settings: {
        deletionEnabled: env.DELETION_ENABLED,
        protectTags: env.PROTECT_TAGS,
        floors: env.FLOORS,
        deletionKinds: env.DELETION_KINDS,
      },
    });
  },
  tell: ({ accountCount }: FunctionOutput<'PrepareFunctionArn'>) => ({
    status: 'PREPARED',
    counts: { accounts: accountCount },
  }),
});
