import { KINDS } from '../../kinds/registry.ts';
import type { FunctionOutput } from '../../statemachine/contracts.ts';
import { requestApproval } from '../../steps/approve/request-approval.ts';
import { approvalOptionsFor, ENV } from '../env.ts';
import { typedFunction } from '../typed-function.ts';
import { connectHub, connectStore, makeNotify } from '../runtime/connect.ts';
import { lambdaHandler } from '../runtime/lambda-handler.ts';

export const handler = lambdaHandler({
  name: 'RequestApproval',
  env: ENV.RequestApproval,
  connect: (env, calls) =>
    typedFunction('RequestApprovalFunctionArn', requestApproval, {
      ...connectStore(env),
      kinds: KINDS,
      notify: makeNotify(connectHub(calls), env),
      approvalOptions: approvalOptionsFor(env.HUB_NAME),
    }),
  tell: ({ published }: FunctionOutput<'RequestApprovalFunctionArn'>) => ({
    status: published ? 'ASKED' : 'ASKED_BEFORE',
    counts: {},
  }),
});
