import { readCallersAccess } from '../aws-access/access.ts';
import { tellingOfFirstCall } from '../connection/credentials.ts';
import { clockToFollow } from '../aws-access/followed-clock.ts';
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
  const { clients, region, source } = await readCallersAccess();
  const clock = await clockToFollow();
  const connection = await tellingOfFirstCall(
    async () => connect(args, { clients, region, source, clock, signal }),
    ', or --simulated',
  );
  return {
    ...connection,
    retryWait: (seconds) => (seconds * 1000) / (clock.speed ?? 1),
    wrap: (_, call) => call,
    close: async () => undefined,
  };
}
