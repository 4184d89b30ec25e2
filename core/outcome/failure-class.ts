import type { AwsFailure } from './outcome.ts';

/**
 * What an AWS error code says, as far as orgsweep acts on it.
 *
 * @internal A test goes through all of them.
 */
export const FAILURE_CLASSES = [
  'THROTTLED',
  'SERVER',
  'DENIED',
  'REGION_DISABLED',
  'CREDENTIALS',
  'ACCOUNT',
  'UNSUPPORTED',
  'OTHER',
] as const;
export type FailureClass = (typeof FAILURE_CLASSES)[number];

/**
 * The codes of each class; whatever is in none is OTHER. No code is in two.
 *
 * @internal A test goes through all of them.
 */
export const CODES: Readonly<Record<Exclude<FailureClass, 'OTHER'>, readonly string[]>> = {
  THROTTLED: [
    'BandwidthLimitExceeded',
    'CallRateLimitExceededException',
    'EC2ThrottledException',
    'Http429',
    'RequestLimitExceeded',
    'RequestThrottled',
    'RequestThrottledException',
    'SlowDown',
    'ThrottledException',
    'Throttling',
    'ThrottlingException',
    'TooManyRequestsException',
  ],
  /** Server trouble and broken connections: the same call may well succeed a little later. */
  SERVER: [
    'EAI_AGAIN',
    'ECONNREFUSED',
    'ECONNRESET',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'ENOTFOUND',
    'EPIPE',
    'ETIMEDOUT',
    'InternalError',
    'InternalFailure',
    'InternalServerException',
    'RequestTimeout',
    'ServerInternal',
    'ServiceUnavailable',
    'ServiceUnavailableException',
    'TimeoutError',
    'Unavailable',
  ],
  DENIED: [
    'AccessDenied',
    'AccessDeniedException',
    'ForbiddenException',
    'InsufficientPrivilegesException',
    'SsmAccessDenied',
    'UnauthorizedOperation',
  ],
  /**
   * EC2 answers AuthFailure or OptInRequired where the account hasn't enabled the Region, STS its
   * own. Where a Region needs no opt-in they mean something else: `meaningIn`.
   */
  REGION_DISABLED: ['AuthFailure', 'OptInRequired', 'RegionDisabledException'],
  CREDENTIALS: [
    'CredentialsProviderError',
    'ExpiredToken',
    'ExpiredTokenException',
    'IncompleteSignature',
    'IncompleteSignatureException',
    'InvalidAccessKeyId',
    'InvalidClientTokenId',
    'InvalidSignatureException',
    'MissingAuthenticationToken',
    'MissingAuthenticationTokenException',
    'RequestExpired',
    'RequestInTheFuture',
    'RequestTimeTooSkewed',
    'SignatureDoesNotMatch',
    'TokenProviderError',
    'TokenRefreshRequired',
    'UnrecognizedClientException',
  ],
  /** AWS serves the account itself not yet, or no more. */
  ACCOUNT: [
    'AccountProblem',
    'Blocked',
    'NotSignedUp',
    'PendingVerification',
    'SubscriptionRequiredException',
  ],
  /** Whoever answers doesn't know the call: an emulator, an old Region, another service. */
  UNSUPPORTED: [
    'Http404',
    'Http405',
    'InvalidAction',
    'MalformedQueryString',
    'NoSuchVersion',
    'NotImplemented',
    'UnknownOperationException',
    'UnknownParameter',
    'UnsupportedOperation',
    'UnsupportedOperationException',
  ],
};

const CLASS_BY_CODE: ReadonlyMap<string, FailureClass> = new Map(
  (Object.keys(CODES) as (keyof typeof CODES)[]).flatMap((name) =>
    CODES[name].map((code): [string, FailureClass] => [code, name]),
  ),
);

export function classifyCode(code: string): FailureClass {
  const known = CLASS_BY_CODE.get(code);
  if (known !== undefined) return known;
  return /^Http5\d\d$/.test(code) ? 'SERVER' : 'OTHER';
}

/** As `classifyCode`; a status of 500 and above is server trouble, whatever an unknown code says. */
export function classifyFailure({ code, status = 0 }: AwsFailure): FailureClass {
  const byCode = classifyCode(code);
  return byCode === 'OTHER' && status >= 500 ? 'SERVER' : byCode;
}

/**
 * What a failure means in a Region. One that needs no opt-in can't be disabled: there AuthFailure
 * is about the credentials or the clock, and OptInRequired about the account's own subscription.
 *
 * @param needsOptIn undefined: nobody knows
 */
export function meaningIn(failure: AwsFailure, needsOptIn: boolean | undefined): FailureClass {
  const byCode = classifyFailure(failure);
  if (byCode !== 'REGION_DISABLED' || needsOptIn !== false) return byCode;
  // An account may deactivate STS in any Region but us-east-1.
  if (failure.code === 'RegionDisabledException') return byCode;
  return failure.code === 'OptInRequired' ? 'ACCOUNT' : 'CREDENTIALS';
}
