import type { SimOrganization } from '../model/organization.ts';
import type { Callers, Session } from './iam/callers.ts';
import type { Endpoint } from './call/endpoint.ts';
import { denialMessage } from './iam/iam.ts';
import { makeQueryEndpoint } from './protocols/query-endpoint.ts';
import type { QueryCall } from './protocols/query-endpoint.ts';
import type { QueryParameters } from './protocols/query-protocol.ts';
import { ServiceError } from './call/service.ts';
import type { Caller, SpokeRole } from './call/service.ts';
import { refuseForgedSignature } from './iam/signature.ts';
import { parseSessionPolicy } from './iam/session-policy.ts';
import { element, wrap } from './protocols/xml.ts';

/** The names the spoke roles have in every account. */
export type RoleNames = Readonly<Record<SpokeRole, string>>;

export interface StsOptions {
  readonly organization: SimOrganization;
  readonly callers: Callers;
  readonly roleNames: RoleNames;
  /** Instead of `roleNames`: which roles each account has. */
  readonly spokeRoleOf?: SpokeRoleOf | undefined;
  /** Of the hub's own account; their sessions are the hub's, as its principal is. Looked at with each call. */
  readonly hubRoleNames: readonly string[];
}

/** What a role of that name is for in an account; undefined: it hasn't any of that name. */
export type SpokeRoleOf = (accountId: string, roleName: string) => SpokeRole | undefined;

const XMLNS = 'https://sts.amazonaws.com/doc/2011-06-15/';
const ROLE_ARN = /^arn:aws:iam::(\d{12}):role\/(?:.*\/)?([\w+=,.@-]{1,64})$/;
/** STS: 600 requests a second, per account and Region. */
const BUCKET = { capacity: 600, refillPerSecond: 600 };
/** A role's default MaxSessionDuration, and the limit of role chaining. */
const MAX_DURATION_SECONDS = 3600;

/** AssumeRole and GetCallerIdentity of the simulated organization. */
export function makeSts(options: StsOptions): Endpoint {
  return makeQueryEndpoint({
    name: 'sts',
    xmlns: XMLNS,
    accountOf,
    bucketOf: ({ caller, region }) => ({
      name: `sts/${caller.accountId}/${region}`,
      size: BUCKET,
    }),
    answer: (call) => answer(call, options),
  });
}

function accountOf({ operation, parameters, request }: QueryCall): string {
  const asked = ROLE_ARN.exec(parameters.get('RoleArn') ?? '')?.[1];
  return (operation === 'AssumeRole' ? asked : undefined) ?? request.caller.accountId;
}

function answer({ operation, parameters, request }: QueryCall, options: StsOptions): string {
  const { caller } = request;
  switch (operation) {
    case 'GetCallerIdentity':
      // What others hand over as a proof of who they are is worth as much as its signature.
      refuseForgedSignature(request, options.callers.secretOf(caller.accessKeyId));
      return (
        element('Arn', caller.arn) +
        element('UserId', caller.userId) +
        element('Account', caller.accountId)
      );
    case 'AssumeRole':
      return describeSession(assumeRole(parameters, caller, options));
    default:
      throw new ServiceError(
        'InvalidAction',
        `Could not find operation ${operation} for version ${parameters.get('Version') ?? ''}`,
      );
  }
}

function assumeRole(parameters: QueryParameters, caller: Caller, options: StsOptions): Session {
  const arn = parameters.require('RoleArn');
  const sessionName = parameters.require('RoleSessionName');
  const [, accountId, roleName] = ROLE_ARN.exec(arn) ?? [];
  if (accountId === undefined || roleName === undefined) throw invalid(`${arn} is invalid`);
  if (!/^[\w+=,.@-]{2,64}$/.test(sessionName)) {
    throw invalid(
      `1 validation error detected: Value '${sessionName}' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*`,
    );
  }
  const durationSeconds = parseDuration(parameters.get('DurationSeconds'), caller);
  const policyText = parameters.get('Policy');
  const policy = policyText === undefined ? undefined : parseSessionPolicy(policyText);
  const role = findRole(accountId, roleName, options);
  if (role === undefined || !mayAssume(options.organization, { accountId, arn }, caller)) {
    const access = { caller, action: 'sts:AssumeRole', resource: arn, region: '' };
    throw new ServiceError('AccessDenied', denialMessage(access, '').trimEnd(), 403);
  }
  return options.callers.openSession({
    accountId,
    role,
    roleName,
    sessionName,
    durationSeconds,
    ...(policy && { policy }),
  });
}

function parseDuration(text: string | undefined, caller: Caller): number {
  const seconds = text === undefined ? MAX_DURATION_SECONDS : Number(text);
  if (!Number.isInteger(seconds) || seconds < 900 || seconds > 43_200) {
    throw invalid(
      `1 validation error detected: Value '${text}' at 'durationSeconds' failed to satisfy constraint: Member must have value between 900 and 43200`,
    );
  }
  if (seconds <= MAX_DURATION_SECONDS) return seconds;
  throw invalid(
    caller.role === 'hub'
      ? 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.'
      : 'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
  );
}

function findRole(
  accountId: string,
  name: string,
  { organization, roleNames, spokeRoleOf, hubRoleNames }: StsOptions,
): Caller['role'] | undefined {
  if (accountId === organization.hubAccountId && hubRoleNames.includes(name)) return 'hub';
  if (spokeRoleOf !== undefined) return spokeRoleOf(accountId, name);
  const roles = ['discovery', 'deletion', 'restore'] as const;
  return roles.find((role) => roleNames[role] === name);
}

/** The spoke roles trust the hub's principal alone, and only live accounts have any. */
function mayAssume(
  organization: SimOrganization,
  { accountId, arn }: { accountId: string; arn: string },
  caller: Caller,
): boolean {
  if (caller.person !== undefined) {
    const [, role = ''] = arn.split(':role/');
    return accountId === caller.accountId && caller.person.mayAssume.includes(role);
  }
  const account = organization.accounts.find(({ id }) => id === accountId);
  // AWS: an account in PENDING_CLOSURE "is functional and can still be used".
  const alive = account?.state === 'ACTIVE' || account?.state === 'PENDING_CLOSURE';
  return alive && account.roles === 'PRESENT' && caller.role === 'hub';
}

function describeSession({
  accessKeyId,
  secretAccessKey,
  sessionToken,
  expiration,
  caller,
}: Session) {
  const credentials =
    element('AccessKeyId', accessKeyId) +
    element('SecretAccessKey', secretAccessKey) +
    element('SessionToken', sessionToken) +
    element('Expiration', expiration);
  const user = element('AssumedRoleId', caller.userId) + element('Arn', caller.arn);
  return wrap('Credentials', credentials) + wrap('AssumedRoleUser', user);
}

function invalid(message: string): ServiceError {
  return new ServiceError('ValidationError', message);
}
