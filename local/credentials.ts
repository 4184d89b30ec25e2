import { makeHubClients } from '../adapters/aws-clients.ts';
import { parseInput } from '../core/bad-input.ts';
import { InvalidInput } from '../core/errors.ts';
import { Region } from '../core/ids.ts';

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
 * Calls, and tells of credentials that are no good in words.
 *
 * @param otherwise what is accepted besides credentials
 * @throws {InvalidInput} when there are no credentials that AWS takes
 */
export async function tellingOfCredentials<T>(
  call: () => Promise<T>,
  otherwise: string = '',
): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof Error) || !CREDENTIAL_ERRORS.has(error.name)) throw error;
    throw new InvalidInput(
      `credentials: ${error.message.replace(/\s+/g, ' ')} (${error.name}) – accepted: AWS credentials in the SDK's standard chain${otherwise}`,
      { cause: error },
    );
  }
}

/** @throws {InvalidInput} where what is configured isn't the name of a Region */
export async function configuredRegion(): Promise<string> {
  let region: string;
  try {
    region = await makeHubClients().sts.config.region();
  } catch {
    // The SDK throws a plain Error, "Region is missing".
    return DEFAULT_REGION;
  }
  return parseInput(Region, region, 'AWS Region');
}
