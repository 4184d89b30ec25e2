import { makeHubClients } from '../adapters/aws-clients.ts';
import { systemClock } from '../adapters/clock.ts';
import { parseInput } from '../core/bad-input.ts';
import { InvalidInput } from '../core/errors.ts';
import { Region } from '../core/ids.ts';
import { connect, type ConnectArguments, type Environment } from './environment.ts';

/** Where the caller's configuration names no Region. */
const DEFAULT_REGION = 'us-east-1';

/** What STS and the SDK say of credentials that are missing, wrong or too old. */
const CREDENTIAL_ERRORS = new Set([
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidClientTokenId',
  'SignatureDoesNotMatch',
  'TokenProviderError',
  'UnrecognizedClientException',
]);

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
  try {
    const connection = await connect(args, { clients: {}, region, clock: systemClock, signal });
    return {
      ...connection,
      retryWait: (seconds) => seconds * 1000,
      wrap: (_, call) => call,
      close: async () => undefined,
    };
  } catch (error) {
    if (!(error instanceof Error) || !CREDENTIAL_ERRORS.has(error.name)) throw error;
    throw new InvalidInput(
      `credentials: ${error.message.replace(/\s+/g, ' ')} (${error.name}) – accepted: AWS credentials in the SDK's standard chain, or --simulated`,
      { cause: error },
    );
  }
}

async function configuredRegion(): Promise<string> {
  let region: string;
  try {
    region = await makeHubClients().sts.config.region();
  } catch {
    // The SDK throws a plain Error, "Region is missing".
    return DEFAULT_REGION;
  }
  return parseInput(Region, region, 'AWS Region');
}
