import type { CommonRefusal } from './endpoint.ts';
import { ServiceError } from './service.ts';

type Words = readonly [code: string, message: string, status: number];

const BAD_SIGNATURE =
  'The request signature we calculated does not match the signature you provided.';
const NOT_SUBSCRIBED =
  'You are not subscribed to this service. Please go to http://aws.amazon.com to subscribe.';

/** What query services say (STS and SNS); the others say the same in codes of their own. */
const QUERY: Readonly<Record<CommonRefusal, Words>> = {
  MISSING: ['MissingAuthenticationToken', 'Request is missing Authentication Token', 403],
  UNKNOWN_KEY: [
    'InvalidClientTokenId',
    'The security token included in the request is invalid.',
    403,
  ],
  EXPIRED: ['ExpiredToken', 'The security token included in the request is expired', 403],
  BAD_SIGNATURE: ['SignatureDoesNotMatch', BAD_SIGNATURE, 403],
  NOT_SUBSCRIBED: ['OptInRequired', NOT_SUBSCRIBED, 403],
  UNSUPPORTED: ['InvalidAction', 'Could not find the operation.', 400],
  THROTTLED: ['Throttling', 'Rate exceeded', 400],
  DENIED: ['AccessDenied', 'Access Denied', 403],
  INTERNAL: [
    'InternalFailure',
    'The request processing has failed because of an unknown error.',
    500,
  ],
};

/** What services of the JSON 1.1 protocol say, but for what is their own. */
const JSON_SERVICE: Readonly<Record<CommonRefusal, Words>> = {
  MISSING: ['MissingAuthenticationTokenException', 'Missing Authentication Token', 400],
  UNKNOWN_KEY: [
    'UnrecognizedClientException',
    'The security token included in the request is invalid.',
    400,
  ],
  EXPIRED: ['ExpiredTokenException', 'The security token included in the request is expired', 400],
  BAD_SIGNATURE: ['InvalidSignatureException', BAD_SIGNATURE, 400],
  NOT_SUBSCRIBED: ['SubscriptionRequiredException', NOT_SUBSCRIBED, 400],
  UNSUPPORTED: ['UnknownOperationException', 'The operation is not one of this service.', 400],
  THROTTLED: ['ThrottlingException', 'Rate exceeded', 400],
  DENIED: ['AccessDeniedException', 'Access Denied', 400],
  INTERNAL: ['InternalServerError', 'An internal server error has occurred.', 500],
};

/** The same where the protocol is REST: HTTP says it, too. */
const REST_JSON_SERVICE: Readonly<Record<CommonRefusal, Words>> = {
  MISSING: ['MissingAuthenticationTokenException', 'Missing Authentication Token', 403],
  UNKNOWN_KEY: [
    'UnrecognizedClientException',
    'The security token included in the request is invalid.',
    403,
  ],
  EXPIRED: ['ExpiredTokenException', 'The security token included in the request is expired', 403],
  BAD_SIGNATURE: ['InvalidSignatureException', BAD_SIGNATURE, 403],
  NOT_SUBSCRIBED: ['SubscriptionRequiredException', NOT_SUBSCRIBED, 403],
  UNSUPPORTED: ['UnknownOperationException', 'The operation is not one of this service.', 404],
  THROTTLED: ['ThrottlingException', 'Rate exceeded', 429],
  DENIED: ['AccessDeniedException', 'Access Denied', 403],
  INTERNAL: ['InternalServerException', 'An internal error has occurred', 500],
};

const OWN: Readonly<Record<string, Partial<Record<CommonRefusal, Words>>>> = {
  ec2: {
    UNKNOWN_KEY: [
      'AuthFailure',
      'AWS was not able to validate the provided access credentials',
      401,
    ],
    EXPIRED: ['RequestExpired', 'Request has expired.', 400],
    // A signature that EC2 can't verify is answered like an unknown key.
    BAD_SIGNATURE: [
      'AuthFailure',
      'AWS was not able to validate the provided access credentials',
      401,
    ],
    NOT_SUBSCRIBED: ['OptInRequired', NOT_SUBSCRIBED, 401],
    UNSUPPORTED: ['InvalidAction', 'The action is not valid for this web service.', 400],
    THROTTLED: ['RequestLimitExceeded', 'Request limit exceeded.', 503],
    DENIED: ['UnauthorizedOperation', 'You are not authorized to perform this operation.', 403],
    INTERNAL: ['InternalError', 'An internal error has occurred', 500],
  },
  ebs: {
    ...REST_JSON_SERVICE,
    THROTTLED: ['RequestThrottledException', 'Rate exceeded', 400],
  },
  batch: REST_JSON_SERVICE,
  codebuild: JSON_SERVICE,
  elasticmapreduce: JSON_SERVICE,
  imagebuilder: REST_JSON_SERVICE,
  pcs: JSON_SERVICE,
  sagemaker: JSON_SERVICE,
  ecs: { ...JSON_SERVICE, INTERNAL: ['ServerException', 'Service Unavailable', 500] },
  organizations: {
    ...JSON_SERVICE,
    THROTTLED: [
      'TooManyRequestsException',
      'AWS Organizations cannot complete your request because the rate of requests is too high.',
      400,
    ],
    DENIED: ['AccessDeniedException', "You don't have permissions to access this resource.", 400],
    NOT_SUBSCRIBED: [
      'AWSOrganizationsNotInUseException',
      'Your account is not a member of an organization.',
      400,
    ],
    INTERNAL: [
      'ServiceException',
      'AWS Organizations cannot complete your request because of an internal service error.',
      500,
    ],
  },
  pricing: {
    ...JSON_SERVICE,
    INTERNAL: ['InternalErrorException', 'An internal error has occurred', 500],
  },
  rbin: REST_JSON_SERVICE,
  kms: {
    ...JSON_SERVICE,
    THROTTLED: [
      'ThrottlingException',
      'You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.',
      400,
    ],
    INTERNAL: ['KMSInternalException', 'An internal error has occurred', 500],
  },
  lambda: {
    ...REST_JSON_SERVICE,
    THROTTLED: ['TooManyRequestsException', 'Rate Exceeded.', 429],
    INTERNAL: ['ServiceException', 'An internal error has occurred', 500],
  },
  ssm: JSON_SERVICE,
  states: JSON_SERVICE,
  storagegateway: JSON_SERVICE,
  sns: {
    DENIED: ['AuthorizationError', 'You are not authorized to perform this operation.', 403],
  },
  s3: {
    MISSING: ['AccessDenied', 'Access Denied', 403],
    UNKNOWN_KEY: [
      'InvalidAccessKeyId',
      'The AWS Access Key Id you provided does not exist in our records.',
      403,
    ],
    EXPIRED: ['ExpiredToken', 'The provided token has expired.', 400],
    THROTTLED: ['SlowDown', 'Please reduce your request rate.', 503],
    INTERNAL: ['InternalError', 'We encountered an internal error. Please try again.', 500],
  },
};

/** The error a service answers with where all services refuse for the same reason. */
export function commonRefusal(service: string, kind: CommonRefusal): ServiceError {
  const [code, message, status] = OWN[service]?.[kind] ?? QUERY[kind];
  return new ServiceError(code, message, status);
}
