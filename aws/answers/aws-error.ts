import { answeredInWords } from '../../core/outcome/answered.ts';
import {
  AccessDenied,
  AwsAnswered,
  DeniedByScp,
  RegionDisabled,
  RoleUnavailable,
  Throttled,
} from '../../core/model/errors.ts';
import { classifyCode, meaningIn } from '../../core/outcome/failure-class.ts';
import type { AwsFailure, TargetStatus } from '../../core/outcome/outcome.ts';

export { classifyCode, classifyFailure } from '../../core/outcome/failure-class.ts';

/** The code of what neither AWS nor Node has a name for. */
const UNNAMED = 'Error';

/** What the SDK calls an error that the answer gives no code for. */
const NAMES_OF_NOTHING = new Set(['', 'Error', 'Unknown', 'UnknownError']);

/** What the SDK's parsers throw over an answer that they can't read. */
const NAMES_OF_PARSERS = new Set(['RangeError', 'SyntaxError', 'TypeError', 'URIError']);

/** Node's codes (ECONNRESET, ERR_…, HPE_…), the SDK's own, and those made of a status. */
const NO_CODE_OF_AWS = /^([A-Z][A-Z0-9_]+|TimeoutError|Http\d{3})$/;

const STATUS_BY_NAME: ReadonlyMap<string, TargetStatus> = new Map([
  ['RoleUnavailable', 'ROLE_UNAVAILABLE'],
  ['AccessDenied', 'ACCESS_DENIED'],
  ['DeniedByScp', 'DENIED_BY_SCP'],
  ['RegionDisabled', 'REGION_DISABLED'],
  ['Throttled', 'THROTTLED'],
]);

/** Errors of ours that say what AWS answered. */
const OWN_NAMES = new Set([...STATUS_BY_NAME.keys(), 'AwsAnswered']);

/** What orgsweep reads of an SDK error (`name` is the AWS code) or of Node's own (`code`). */
interface ErrorFields {
  name?: unknown;
  code?: unknown;
  message?: unknown;
  $metadata?: { requestId?: string; httpStatusCode?: number };
  /** What the SDK made of an answer that it could read has it. */
  $fault?: unknown;
  $response?: { readonly headers?: Readonly<Record<string, string>> };
  $operation?: string;
}

/**
 * Whether AWS itself said so. Otherwise no answer came, it was cut short, nobody could read it, or
 * it is a proxy's, and what was asked for may have been carried out.
 */
export function isAnswerOfAws({ code }: AwsFailure): boolean {
  return code !== UNNAMED && !NO_CODE_OF_AWS.test(code);
}

/** Whether what was asked for may have been carried out, though no answer says so. */
export function mayBeDone(failure: AwsFailure): boolean {
  return (
    !isAnswerOfAws(failure) ||
    failure.status !== undefined ||
    classifyCode(failure.code) === 'SERVER'
  );
}

/** A hint for programmers that the SDK adds where it can't parse an answer. */
const SDK_HINT =
  /\s*(Deserialization error:)?\s*to see the raw response, inspect the hidden field.*$/s;

/**
 * Notes on an error which operation (`ec2:DescribeVolumes`) it came from, which the SDK doesn't
 * say, and leaves out what only helps inside a debugger.
 */
export function noteOperation(error: unknown, operation: string): void {
  if (!(error instanceof Error) || '$operation' in error || !Object.isExtensible(error)) return;
  Object.defineProperty(error, '$operation', { value: operation });
  if (SDK_HINT.test(error.message)) {
    error.message = `${operation}: ${error.message.replace(SDK_HINT, '')}`;
  }
}

/**
 * The AWS error as it came. One of orgsweep's own errors is looked through to the AWS error that
 * caused it.
 *
 * @param source the reference source that was being listed
 */
export function toAwsFailure(error: unknown, source?: string): AwsFailure {
  const origin = originOf(error);
  const { message, $metadata, $operation } = fieldsOf(origin);
  const code = codeOf(origin);
  const status = $metadata?.httpStatusCode ?? 0;
  return {
    code,
    ...(status >= 500 && classifyCode(code) === 'OTHER' && { status }),
    message: typeof message === 'string' ? message : String(origin),
    ...($metadata?.requestId === undefined ? {} : { requestId: $metadata.requestId }),
    ...($operation === undefined ? {} : { operation: $operation }),
    ...(source === undefined ? {} : { source }),
  };
}

/**
 * The error under the name that the state machine's Retry and Catch know, with the AWS error as its
 * `cause` and in its message. What can't be classified comes back as it is.
 */
export function toNamedError(error: unknown): Error {
  const failure = toAwsFailure(error);
  const Named = namedClassFor(failure);
  if (Named === undefined) return error instanceof Error ? error : new Error(failure.message);
  if (error instanceof Named) return error;
  return new Named(answeredInWords(failure), { cause: error });
}

/**
 * As `toNamedError`; what can't be classified says which call was answered how, where the state
 * machine hands on no more than a name and a message.
 */
export function toToldError(error: unknown): Error {
  const named = toNamedError(error);
  const failure = toAwsFailure(error);
  const { operation } = failure;
  const tellsItself = operation === undefined || named.message.startsWith(`${operation}: `);
  if (tellsItself || OWN_NAMES.has(named.name)) return named;
  return new AwsAnswered(answeredInWords(failure), { cause: error });
}

/** The outcome of a target whose handler ended with an error of this name. */
export function statusOf(errorName: string): TargetStatus {
  return STATUS_BY_NAME.get(errorName) ?? 'FAILED';
}

/**
 * The outcome of a target where this failure kept a listing from its end.
 *
 * @param needsOptIn the target's Region; undefined: nobody knows
 */
export function statusOfFailure(failure: AwsFailure, needsOptIn?: boolean): TargetStatus {
  if (isNoDisabledRegion(failure, needsOptIn)) return 'FAILED';
  const Named = namedClassFor(failure);
  return Named === undefined ? 'FAILED' : statusOf(new Named().name);
}

/** AWS says so of a Region that can't be disabled: it means something else. */
function isNoDisabledRegion(failure: AwsFailure, needsOptIn: boolean | undefined): boolean {
  return (
    classifyCode(failure.code) === 'REGION_DISABLED' &&
    meaningIn(failure, needsOptIn) !== 'REGION_DISABLED'
  );
}

function namedClassFor({ code, message, operation }: AwsFailure) {
  const errorClass = classifyCode(code);
  if (errorClass === 'THROTTLED') return Throttled;
  if (errorClass === 'REGION_DISABLED') return RegionDisabled;
  if (errorClass !== 'DENIED') return undefined;
  // AWS names the kind of policy in the message: "... with an explicit deny in a service control policy".
  if (/service control polic(y|ies)/i.test(message)) return DeniedByScp;
  const assumingRole = operation === 'sts:AssumeRole' || message.includes('sts:AssumeRole');
  return assumingRole ? RoleUnavailable : AccessDenied;
}

function originOf(error: unknown): unknown {
  const own = error instanceof Error && OWN_NAMES.has(error.name);
  return own && error.cause instanceof Error ? error.cause : error;
}

function codeOf(error: unknown): string {
  const fields = fieldsOf(error);
  const { code, $fault, $metadata } = fields;
  if ($fault === undefined && typeof code === 'string') return code;
  const name = nameGiven(fields);
  if (name !== undefined) return name;
  // An answer that isn't AWS's (a proxy's or an emulator's HTML) has no code, only a status.
  const status = $metadata?.httpStatusCode;
  return status !== undefined && status >= 400 ? `Http${String(status)}` : UNNAMED;
}

/** The code that AWS gave; undefined where the answer isn't AWS's. */
function nameGiven({ name, $fault, $metadata, $response }: ErrorFields): string | undefined {
  if (typeof name !== 'string' || NAMES_OF_NOTHING.has(name)) return undefined;
  if ($metadata?.httpStatusCode !== undefined && NAMES_OF_PARSERS.has(name)) return undefined;
  if ($fault === undefined || $metadata?.requestId !== undefined) return name;
  // A proxy's JSON may have a code, too; all of AWS's comes with the id of its request. And for any
  // body at all with status 404 the SDK's XML has a name of its own.
  const isJson = /json/.test($response?.headers?.['content-type'] ?? '');
  return isJson || /^NotFound(Exception)?$/.test(name) ? undefined : name;
}

function fieldsOf(error: unknown): ErrorFields {
  return typeof error === 'object' && error !== null ? error : {};
}
