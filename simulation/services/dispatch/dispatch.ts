import type { SimFault } from '../../model/fault.ts';
import { decodeAwsChunked } from '../protocols/aws-chunked.ts';
import type { CallCounts } from './call-counts.ts';
import type { Callers } from '../iam/callers.ts';
import type { TakeToken } from '../call/token-buckets.ts';
import type { CredentialScope } from '../iam/credential-scope.ts';
import type { Endpoint, OpenCall } from '../call/endpoint.ts';
import type { Faults, SimCall } from './faults.ts';
import { askForLess, repeatToken } from './page-faults.ts';
import { type MayCall, refuseByPolicy } from '../iam/people.ts';
import { ServiceError } from '../call/service.ts';
import type { SimRequest, SimResponse } from '../call/service.ts';

/** Called before a call is answered, for tests that act as another user of the organization. */
export type BeforeCall = (call: SimCall) => void | Promise<void>;

export interface Dispatch {
  readonly callers: Callers;
  readonly counts: CallCounts;
  readonly faults: Faults;
  readonly takeToken: TakeToken;
  readonly beforeCall: () => BeforeCall | undefined;
  readonly mayCall: MayCall;
  /** The service of this name, or one that refuses everything. */
  endpointFor(request: SimRequest): Endpoint;
}

/** A request as it came, its caller not known yet. */
export type AnonymousRequest = Omit<SimRequest, 'caller' | 'region' | 'service'>;

/**
 * Answers one request the way AWS's front does: who calls, which operation, is there a token left,
 * and only then the service itself. Faults come before tokens; both come after the count.
 */
export async function dispatch(
  request: AnonymousRequest,
  scope: CredentialScope | undefined,
  requestId: string,
  on: Dispatch,
): Promise<SimResponse> {
  const { region, service } = scope ?? { region: 'us-east-1', service: 'ec2' };
  const identified = on.callers.identify(
    scope?.accessKeyId,
    request.headers['x-amz-security-token'],
  );
  const caller = 'caller' in identified ? identified.caller : NOBODY;
  const known: SimRequest = { ...request, region, service, caller };
  const endpoint = on.endpointFor(known);
  try {
    if ('problem' in identified) throw endpoint.refusal(identified.problem);
    const request = { ...known, body: contentOf(known) };
    const open = endpoint.open(request);
    const { operation, accountId } = open;
    const call = { service, operation, accountId, region };
    return await answerCall({ request, open, endpoint, call, requestId }, on);
  } catch (error) {
    if (error instanceof ServiceError) return endpoint.toError(error, requestId);
    throw error;
  }
}

function contentOf({ headers, body }: AnonymousRequest): Buffer {
  const chunked = headers['content-encoding']?.includes('aws-chunked') ?? false;
  return chunked ? decodeAwsChunked(body) : body;
}

/** Only for finding the words of a refusal: never gets to a service. */
const NOBODY = {
  accountId: '',
  arn: '',
  userId: '',
  accessKeyId: '',
  role: 'discovery',
} as const;

interface KnownCall {
  readonly request: SimRequest;
  readonly open: OpenCall;
  readonly endpoint: Endpoint;
  readonly call: SimCall;
  readonly requestId: string;
}

async function answerCall(known: KnownCall, on: Dispatch): Promise<SimResponse> {
  const { open, endpoint, call } = known;
  on.counts.add(call);
  await on.beforeCall()?.(call);
  const fault = on.faults.next(call);
  const noToken = open.bucket !== undefined && !on.takeToken(open.bucket.name, open.bucket.size);
  if (fault === 'throttle' || (fault === undefined && noToken)) {
    on.counts.addThrottled(call);
    throw endpoint.refusal('THROTTLED');
  }
  if (fault !== undefined) return answerWith(fault, known);
  await refuseByPolicy(on.mayCall, known.request, call.operation);
  return open.answer(known.requestId);
}

async function answerWith(
  fault: SimFault['answer'],
  { request, open, endpoint, call, requestId }: KnownCall,
): Promise<SimResponse> {
  switch (fault) {
    case 'throttle':
      throw endpoint.refusal('THROTTLED');
    case 'expired':
      throw endpoint.refusal('EXPIRED');
    case 'unknown-key':
      throw endpoint.refusal('UNKNOWN_KEY');
    case 'signature':
      throw endpoint.refusal('BAD_SIGNATURE');
    case 'unsubscribed':
      throw endpoint.refusal('NOT_SUBSCRIBED');
    case 'unsupported':
      throw endpoint.refusal('UNSUPPORTED');
    case 'scp':
      throw inScpWords(endpoint.refusal('DENIED'));
    case 'error':
      throw endpoint.refusal('INTERNAL');
    case 'deny':
      throw endpoint.refusal('DENIED');
    case 'html':
      return NOT_AN_AWS_ANSWER;
    case 'portal':
      return { ...NOT_AN_AWS_ANSWER, status: 200, body: LOGIN_PAGE };
    case 'reset':
      return NO_ANSWER;
    case 'timeout':
      return { ...NO_ANSWER, breakOff: 'silence' };
    case 'lost':
      await open.answer(requestId).catch(passOverRefusal);
      return NO_ANSWER;
    case 'truncate':
      return { ...(await open.answer(requestId)), breakOff: 'truncate' };
    case 'repeat':
      return repeatToken(request, call.operation, await open.answer(requestId));
    case 'short':
      return endpoint.open(askForLess(request)).answer(requestId);
  }
}

function inScpWords({ code, message, status }: ServiceError): ServiceError {
  const why = 'with an explicit deny in a service control policy';
  return new ServiceError(code, `${message} ${why}`, status);
}

const NO_ANSWER: SimResponse = { status: 200, headers: {}, body: '', breakOff: 'reset' };

/** A refusal gets lost like any other answer. */
function passOverRefusal(error: unknown): void {
  if (!(error instanceof ServiceError)) throw error;
}

/** What a proxy says that wants somebody to log in; it is well-formed XML. */
const LOGIN_PAGE = '<html lang="en"><title>Log in</title><body>Please log in.</body></html>';

/** What emulators say to a call they don't know. */
const NOT_AN_AWS_ANSWER: SimResponse = {
  status: 500,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: '<!doctype html>\n<html lang="en">\n<title>500 Internal Server Error</title>\n<h1>Internal Server Error</h1>\n<p>The server was unable to complete your request.</p>\n</html>\n',
};
