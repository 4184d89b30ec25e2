import { isAnswerOfAws, toAwsFailure } from '../../aws/answers/aws-error.ts';
import { quote } from '../../core/input/bad-input.ts';
import { InvalidInput } from '../../core/model/errors.ts';
import type { AwsFailure } from '../../core/outcome/outcome.ts';

/** What STS and the SDK say of credentials that are missing, wrong or too old. */
const CREDENTIAL_ERRORS = new Set([
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'IncompleteSignature',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'MissingAuthenticationToken',
  'RequestExpired',
  'SignatureDoesNotMatch',
  'TokenProviderError',
  'UnrecognizedClientException',
]);

/** What makes a request that is signed wrongly, besides the keys. */
const OF_THE_CLOCK = /signature (not yet current|expired)|request.*expired|skew/i;

/**
 * Makes the first call of a command, before which nothing was begun, and tells in words what came of
 * it: credentials that are no good, no answer, or somebody else's.
 *
 * @param otherwise what is accepted besides credentials
 * @throws {InvalidInput} when AWS couldn't be asked
 */
export async function tellingOfFirstCall<T>(
  call: () => Promise<T>,
  otherwise: string = '',
): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof Error) || error instanceof InvalidInput) throw error;
    const failure = toAwsFailure(error);
    if (CREDENTIAL_ERRORS.has(failure.code) || CREDENTIAL_ERRORS.has(error.name)) {
      throw new InvalidInput(credentialsInWords(failure, otherwise), { cause: error });
    }
    // Not of a call, so not of the network either.
    if (failure.operation === undefined) throw error;
    const { operation, code, message } = failure;
    const said = isAnswerOfAws(failure) ? `AWS answered ${code}: ${message}` : message;
    throw new InvalidInput(`${operation}: ${said}`, { cause: error });
  }
}

function credentialsInWords({ code, message }: AwsFailure, otherwise: string): string {
  const said = message.replace(/\s+/g, ' ');
  const clock = OF_THE_CLOCK.test(said) ? ' (check the clock of this machine)' : '';
  const session = /multi-factor/i.test(said)
    ? ' (no MFA code is asked for here: aws configure export-credentials gives a session)'
    : '';
  const what = /^Could not load credentials from any/.test(said)
    ? noneFound(process.env['AWS_PROFILE'])
    : `${said} (${code})`;
  return `credentials: ${what}${clock}${session} – accepted: credentials where the AWS CLI finds them: aws sso login or aws configure make them, AWS_PROFILE chooses them${otherwise}`;
}

/** The SDK doesn't say why a profile gives none. */
function noneFound(profile: string | undefined): string {
  return profile === undefined || profile === ''
    ? 'none were found (no AWS_ACCESS_KEY_ID, AWS_PROFILE or default profile that gives any)'
    : `the profile ${quote(profile)} (AWS_PROFILE) gives none; its credential_process or its login may have failed`;
}
