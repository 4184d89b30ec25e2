// A process of its own for one function, as Lambda has: the environment is what the template says,
// the handler is loaded from the bundle, one event is worked on at a time, and errors go back by
// name. Started by lambda-process.ts.
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [bundle, handlerName, functionName] = process.argv.slice(2);
const module = await import(pathToFileURL(path.resolve(bundle)).href);
const handler = module[handlerName] ?? module.default?.[handlerName];
if (typeof handler !== 'function') throw new Error(`${bundle} has no ${handlerName}`);

process.on('message', async ({ event, timeoutMs, functionArn }) => {
  const deadline = Date.now() + timeoutMs;
  const context = {
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: functionArn,
    awsRequestId: '00000000-0000-4000-8000-000000000000',
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
  try {
    process.send({ output: (await handler(event, context)) ?? null });
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    process.send({ error: { name, message } });
  }
});
process.send({ ready: true });
