import { SFNClient } from '@aws-sdk/client-sfn';
import { STS } from '../../aws/sessions/hub-clients.ts';
import { makeTaskCallbacks } from '../../aws/hub/task-callbacks.ts';
import type { DecisionAnswer } from '../../steps/approve/decide-approval.ts';
import { decide } from '../decide-approval.ts';
import { ENV } from '../env.ts';
import { connectHub, connectSealedStore } from '../runtime/connect.ts';
import { lambdaHandler } from '../runtime/lambda-handler.ts';

export const handler = lambdaHandler({
  name: 'DecideApproval',
  env: ENV.DecideApproval,
  connect: (env, calls) =>
    decide({
      ...connectSealedStore(env, calls),
      callbacks: makeTaskCallbacks(new SFNClient({ maxAttempts: 5 })),
      sts: connectHub(calls).of(STS),
      stateMachineArn: env.STATE_MACHINE_ARN,
      accountIds: [env.HUB_ACCOUNT_ID],
    }),
  tell: ({ decision, holds }: DecisionAnswer) => ({
    status: holds ? decision : 'OTHER_STANDS',
    counts: {},
  }),
});
