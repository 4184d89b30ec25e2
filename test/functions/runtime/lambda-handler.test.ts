import type { Context } from 'aws-lambda';
import { ENV } from '../../../functions/env.ts';
import type * as entry from '../../../functions/runtime/lambda-handler.ts';

Object.assign(process.env, {
  POWERTOOLS_LOG_LEVEL: 'SILENT',
  POWERTOOLS_METRICS_DISABLED: 'true',
  POWERTOOLS_SERVICE_NAME: 'orgsweep',
  BUCKET: 'orgsweep-hub',
  SEAL_KEY_ARN: 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd',
  FLOORS: '{}',
  DELETION_KINDS: 'ebs-snapshot',
});
let lambdaHandler: typeof entry.lambdaHandler;
beforeAll(async () => {
  ({ lambdaHandler } = await import('../../../functions/runtime/lambda-handler.ts'));
});

const context = { getRemainingTimeInMillis: () => 900_000 } as Context;

function handlerOf(different: Partial<entry.LambdaFunction<typeof ENV.Plan, string>>) {
  return lambdaHandler<typeof ENV.Plan, string>({
    name: 'Plan',
    env: ENV.Plan,
    connect: () => async () => 'done',
    tell: () => ({ status: 'DONE', counts: {} }),
    ...different,
  });
}

it('connects once, and keeps what it opened for later invocations', async () => {
  const connected: string[] = [];
  const handler = handlerOf({
    connect: ({ BUCKET }) => {
      connected.push(BUCKET);
      return async () => 'done';
    },
  });
  await handler({}, context);
  await expect(handler({}, context)).resolves.toBe('done');
  expect(connected).toEqual(['orgsweep-hub']);
});

it('fails under the name Throttled whoever throttled it: the state machine waits for no other', async () => {
  const slowDown = Object.assign(new Error('Please reduce your request rate.'), {
    name: 'SlowDown',
  });
  const handler = handlerOf({ connect: () => async () => Promise.reject(slowDown) });
  await expect(handler({}, context)).rejects.toMatchObject({ name: 'Throttled', cause: slowDown });
});

it('leaves any other error as it is', async () => {
  const denied = Object.assign(new Error('Access Denied'), { name: 'AccessDenied' });
  const handler = handlerOf({ connect: () => async () => Promise.reject(denied) });
  await expect(handler({}, context)).rejects.toBe(denied);
});

it('has done its work also where nothing can be told of it', async () => {
  const tell = () => {
    throw new Error('no summary');
  };
  await expect(handlerOf({ tell })({}, context)).resolves.toBe('done');
});
