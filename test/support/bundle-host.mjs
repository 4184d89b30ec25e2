// A clean Node process that holds bundles as Lambda does: CommonJS, nothing else loaded, and errors
// told by name and message alone.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

process.on('message', async ({ bundle, env, event }) => {
  Object.assign(process.env, env);
  const startedAt = Date.now();
  const context = {
    functionName: 'test',
    awsRequestId: 'request-1',
    getRemainingTimeInMillis: () => 900_000 - (Date.now() - startedAt),
  };
  try {
    const output = await require(bundle).handler(event, context);
    process.send({ output });
  } catch (error) {
    process.send({ error: { name: error.name, message: error.message } });
  }
});
