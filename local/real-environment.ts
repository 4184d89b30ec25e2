import { systemClock } from '../adapters/clock.ts';
import { configuredRegion, tellingOfCredentials } from './credentials.ts';
import { connect, type ConnectArguments, type Environment } from './environment.ts';

/**
 * The real APIs, or any endpoint that `AWS_ENDPOINT_URL` names, with the caller's credentials.
 *
 * @throws {InvalidInput} when there are no credentials that STS takes
 */
export async function openRealEnvironment(
  args: ConnectArguments,
  signal: AbortSignal,
): Promise<Environment> {
  const region = await configuredRegion();
  const connection = await tellingOfCredentials(
    async () => connect(args, { clients: {}, region, clock: systemClock, signal }),
    ', or --simulated',
  );
  return {
    ...connection,
    retryWait: (seconds) => seconds * 1000,
    wrap: (_, call) => call,
    close: async () => undefined,
  };
}
