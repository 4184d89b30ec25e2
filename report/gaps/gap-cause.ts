import { classifyFailure } from '../../core/outcome/failure-class.ts';
import type { AwsFailure } from '../../core/outcome/outcome.ts';
import type { Gap } from '../../core/summary/summary.ts';

/** Why something was not seen, as far as people can do something about it. */
export const GAP_CAUSES = [
  'ROLE_UNAVAILABLE',
  'ACCOUNT_CLOSING',
  'ACCESS_DENIED',
  'ROLE_BEHIND',
  'DENIED_BY_BOUNDARY',
  'DENIED_BY_SESSION_POLICY',
  'DENIED_BY_ENDPOINT_POLICY',
  'DENIED_BY_RCP',
  'DENIED_BY_SCP',
  'REGION_DISABLED',
  'STS_NOT_ENABLED',
  'CREDENTIALS_EXPIRED',
  'CREDENTIALS_REFUSED',
  'CLOCK_WRONG',
  'ACCOUNT_NOT_SERVED',
  'ACCOUNT_LEFT',
  'ACCOUNT_STATE_UNKNOWN',
  'WRONG_ACCOUNT',
  'UNSUPPORTED',
  'TOO_MANY_REFERENCES',
  'RECORD_TAMPERED',
  'SEAL_UNAVAILABLE',
  'NO_CONNECTION',
  'OUT_OF_TIME',
  'NOT_KNOWN',
  'THROTTLED',
  'SERVER_TROUBLE',
  'BROKEN_ANSWER',
  'INTERRUPTED',
  'NOT_RECORDED',
] as const;
export type GapCause = (typeof GAP_CAUSES)[number];

/** One thing to do about each. `WAIT`: nobody has to do anything but retry. */
export const REMEDIES: Readonly<Record<GapCause, string | 'WAIT'>> = {
  ROLE_UNAVAILABLE: "Deploy the discovery role, or correct the role's trust policy, in",
  ACCOUNT_CLOSING: 'Exclude by scope.excludeAccounts, as the account is being closed, for',
  ACCESS_DENIED: 'Give the discovery role the permissions that orgsweep needs, in',
  ROLE_BEHIND: 'Roll out the discovery role again, in',
  DENIED_BY_BOUNDARY: "Allow what orgsweep reads in the role's permissions boundary, in",
  DENIED_BY_SESSION_POLICY:
    'Use credentials whose own session policy allows what orgsweep reads, for',
  DENIED_BY_ENDPOINT_POLICY: 'Allow what orgsweep reads in the policy of the VPC endpoint, for',
  DENIED_BY_RCP: 'Exempt the discovery role from the resource control policy, for',
  DENIED_BY_SCP: 'Exempt the discovery role from the service control policy, for',
  REGION_DISABLED: 'Exclude the Region by scope.excludeRegions, for',
  STS_NOT_ENABLED:
    "Run orgsweep in a Region that every account has enabled: STS in the hub's Region refuses",
  CREDENTIALS_EXPIRED: 'Renew the credentials, which expired during the run, for',
  CREDENTIALS_REFUSED: 'Check the credentials and the clock of the machine: AWS refused them for',
  CLOCK_WRONG: 'Set the clock of the machine, which differs from that of AWS, for',
  ACCOUNT_NOT_SERVED:
    'Ask AWS Support why the account may not use the service (new, unpaid or blocked), for',
  ACCOUNT_LEFT: "Correct the input's scope, as the account left the organization, for",
  ACCOUNT_STATE_UNKNOWN: 'Update orgsweep, which does not know the state of',
  WRONG_ACCOUNT: 'Find out why the session belongs to another account, for',
  UNSUPPORTED: 'Check that the endpoint is that of AWS: it does not know the call, for',
  TOO_MANY_REFERENCES:
    'Find out what names so many resources that do not exist (launch templates, AMIs), in',
  RECORD_TAMPERED: 'Find out who changed the files of this run, for',
  SEAL_UNAVAILABLE: "Give the functions the use of the hub's key back, for",
  NO_CONNECTION: 'Check network, DNS and proxy on the way to AWS, for',
  OUT_OF_TIME: 'Look in the logs for what took so long (docs/operating.md), in',
  NOT_KNOWN: 'Read the error in the report, and report it if it comes again, for',
  THROTTLED: 'WAIT',
  SERVER_TROUBLE: 'WAIT',
  BROKEN_ANSWER:
    "Check that nothing answers in AWS's place (a proxy, a login page, an endpoint), for",
  INTERRUPTED: 'WAIT',
  NOT_RECORDED: 'WAIT',
};

/** What orgsweep itself calls a failure. */
const OWN: Readonly<Partial<Record<string, GapCause>>> = {
  AccountNotInOrganization: 'ACCOUNT_LEFT',
  AccountStateUnknown: 'ACCOUNT_STATE_UNKNOWN',
  BrokenListing: 'BROKEN_ANSWER',
  ClockDisagrees: 'CLOCK_WRONG',
  ExpectedTampered: 'RECORD_TAMPERED',
  Interrupted: 'INTERRUPTED',
  OutcomeMissing: 'NOT_RECORDED',
  OutcomeUnexpected: 'RECORD_TAMPERED',
  RecordTampered: 'RECORD_TAMPERED',
  RegionsMissing: 'NOT_RECORDED',
  SealUnavailable: 'SEAL_UNAVAILABLE',
  'Sandbox.Timedout': 'OUT_OF_TIME',
  'States.HeartbeatTimeout': 'OUT_OF_TIME',
  'States.Timeout': 'OUT_OF_TIME',
  TooManyReferences: 'TOO_MANY_REFERENCES',
  WrongAccount: 'WRONG_ACCOUNT',
};

/** AWS's own words for the policy that denies, in the message of every service. */
const DENIED_BY: readonly (readonly [RegExp, GapCause])[] = [
  [/service control polic(y|ies)/i, 'DENIED_BY_SCP'],
  [/resource control polic(y|ies)/i, 'DENIED_BY_RCP'],
  [/permissions boundary/i, 'DENIED_BY_BOUNDARY'],
  [/session polic(y|ies)/i, 'DENIED_BY_SESSION_POLICY'],
  [/VPC endpoint polic(y|ies)/i, 'DENIED_BY_ENDPOINT_POLICY'],
];

const EXPIRED = /^(ExpiredToken|ExpiredTokenException|RequestExpired|TokenRefreshRequired)$/;
const SKEWED = /^(RequestTimeTooSkewed|RequestInTheFuture)$/;
/** "Signature expired: … is now earlier than …", "Signature not yet current: …". */
const SKEWED_SIGNATURE = /signature (has )?(expired|not yet current)/i;
/** Those of Node, and what a proxy answers. */
const NO_ANSWER_OF_AWS = /^([A-Z][A-Z0-9]*(_[A-Z0-9]+)*|TimeoutError|Http[1-4]\d\d)$/;

/** Every cause of a gap, once each, that of its status first. */
export function causesOf(gap: Gap): GapCause[] {
  const { failure, otherFailures = [] } = gap;
  const first = causeOfStatus(gap) ?? causeOf(failure);
  const others = otherFailures.map((other) => ofKinds(causeOf(other), other, gap));
  return [...new Set([ofKinds(first, failure, gap), ...others])];
}

/** It may do what other kinds ask of it there: it is as old as before this kind came. */
function ofKinds(
  cause: GapCause,
  failure: AwsFailure | null,
  { missingKinds = [] }: Gap,
): GapCause {
  const isBehind = cause === 'ACCESS_DENIED' && missingKinds.length > 0;
  return isBehind && !isDeniedInWords(failure) ? 'ROLE_BEHIND' : cause;
}

/** A policy says no to it: whoever rolls the role out again changes nothing. */
export function isDeniedInWords(failure: AwsFailure | null): boolean {
  return failure !== null && /explicit deny|resource-based polic/i.test(failure.message);
}

function causeOfStatus({ status, failure, accountState }: Gap): GapCause | undefined {
  const cause = causeByStatus(status, failure);
  const isClosing = accountState === 'PENDING_CLOSURE';
  return isClosing && cause !== undefined && LIFTED_BY_PERMISSION.has(cause)
    ? 'ACCOUNT_CLOSING'
    : cause;
}

/** Of an account that is being closed, nobody sets up a role or a policy any more. */
const LIFTED_BY_PERMISSION: ReadonlySet<GapCause> = new Set([
  ...(['ROLE_UNAVAILABLE', 'ACCESS_DENIED', 'DENIED_BY_SCP'] as const),
  ...(['DENIED_BY_BOUNDARY', 'DENIED_BY_RCP', 'ACCOUNT_NOT_SERVED'] as const),
]);

function causeByStatus(status: Gap['status'], failure: AwsFailure | null): GapCause | undefined {
  switch (status) {
    case 'ROLE_UNAVAILABLE':
    case 'DENIED_BY_SCP':
    case 'THROTTLED':
      return status;
    case 'REGION_DISABLED':
      return failure?.operation === 'sts:AssumeRole' ? 'STS_NOT_ENABLED' : status;
    case 'ACCESS_DENIED':
      return failure === null ? status : whoDenied(failure);
    case 'FAILED':
    case 'COMPLETE':
    case 'EXCLUDED':
      return failure === null ? undefined : causeOf(failure);
  }
}

/** What one failure alone says. */
export function causeOf(failure: AwsFailure | null): GapCause {
  if (failure === null) return 'NOT_KNOWN';
  const { code, message } = failure;
  const own = OWN[code];
  if (own !== undefined) return own;
  switch (classifyFailure(failure)) {
    case 'THROTTLED':
      return 'THROTTLED';
    case 'SERVER':
      return NO_ANSWER_OF_AWS.test(code) ? 'NO_CONNECTION' : 'SERVER_TROUBLE';
    case 'DENIED':
      return whoDenied(failure);
    case 'REGION_DISABLED':
      if (code === 'RegionDisabledException') return 'STS_NOT_ENABLED';
      // Where it can be disabled, the status says so.
      return code === 'OptInRequired' ? 'ACCOUNT_NOT_SERVED' : 'CREDENTIALS_REFUSED';
    case 'CREDENTIALS':
      if (SKEWED.test(code) || SKEWED_SIGNATURE.test(message)) return 'CLOCK_WRONG';
      return EXPIRED.test(code) ? 'CREDENTIALS_EXPIRED' : 'CREDENTIALS_REFUSED';
    case 'ACCOUNT':
      return 'ACCOUNT_NOT_SERVED';
    case 'UNSUPPORTED':
      return 'UNSUPPORTED';
    case 'OTHER':
      return NO_ANSWER_OF_AWS.test(code) ? 'NO_CONNECTION' : brokenOrUnknown(failure);
  }
}

/** "aborted" and the like have no code; what AWS or a function of ours threw has one. */
function brokenOrUnknown({ code, operation }: AwsFailure): GapCause {
  return code === 'Error' && operation !== undefined ? 'BROKEN_ANSWER' : 'NOT_KNOWN';
}

function whoDenied({ message }: AwsFailure): GapCause {
  return DENIED_BY.find(([words]) => words.test(message))?.[1] ?? 'ACCESS_DENIED';
}
