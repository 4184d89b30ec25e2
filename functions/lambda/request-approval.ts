import { PublishCommand } from '@aws-sdk/client-sns';
import type { FunctionOutput } from '../../statemachine/contracts.ts';
import { ENV } from '../env.ts';
import { requestApproval } from '../request-approval.ts';
import { connectHub, connectStore } from './connect.ts';
import { lambdaHandler } from './lambda-handler.ts';

export const handler = lambdaHandler({
  name: 'RequestApproval',
  env: ENV.RequestApproval,
  connect: (env, calls) => {
    const { sns } = connectHub(calls).clients;
    return requestApproval({
      ...connectStore(env),
      notify: async ({ subject, body }) => {
        const message = { TopicArn: env.TOPIC_ARN, Subject: subject, Message: body };
        await sns.send(new PublishCommand(message));
      },
      approvalOptions: `--hub=${env.HUB_NAME}`,
    });
  },
  tell: ({ published }: FunctionOutput<'RequestApprovalFunctionArn'>) => ({
    status: published ? 'ASKED' : 'ASKED_BEFORE',
    counts: {},
  }),
});
