import type { STSClient } from '@aws-sdk/client-sts';
import { classifyFailure, toAwsFailure } from '../../aws/answers/aws-error.ts';
import type { ClientOptions } from '../../aws/sessions/aws-clients.ts';
import { makeHubClients } from '../../aws/sessions/hub-clients.ts';
import { systemClock } from '../../clock/clock.ts';
import { type HubDescription, readHubDescription } from '../../aws/hub/hub-description.ts';
import { isSessionOf, operatorCredentials } from '../../aws/sessions/operator-session.ts';
import type { CallerIdentity } from '../../aws/sessions/spoke-session.ts';
import { InvalidInput } from '../../core/model/errors.ts';
import { peopleRolesOf } from '../../core/input/hub-name.ts';
import { tellingOfFirstCall } from './credentials.ts';

type Credentials = NonNullable<ClientOptions['credentials']>;

/** Who looks for a hub, where, and how clients of theirs are made. */
export interface HubSearch {
  /** Of the SSM parameter. */
  readonly name: string;
  readonly caller: CallerIdentity;
  readonly region: string;
  readonly callersOwn: ClientOptions;
}

interface Found {
  readonly hub: HubDescription;
  /** Of the operator role; undefined: the caller has that role already. */
  readonly credentials: Credentials | undefined;
}

/**
 * The hub, and credentials of its operator role. Whoever may do nothing but assume that role can't
 * read where the hub is before: the role is then assumed by the name that the deployment gave it, in
 * the caller's own account.
 *
 * @throws {InvalidInput} where there is no such hub, or the caller may neither
 */
export async function findHubAsOperator(search: HubSearch): Promise<Found> {
  const { sts } = makeHubClients({ ...search.callersOwn, region: search.region });
  const read = await readOrDenial(search, undefined);
  if ('hub' in read) {
    return { hub: read.hub, credentials: await becomeOperator(sts, search, read.hub) };
  }
  const role = roleArnOf(search, 'operator');
  if (role === undefined || isSessionOf(search.caller.arn, role)) {
    throw mayNotRead(search, read.denial, searched(search));
  }
  const credentials = await assume(sts, search, role, (error) =>
    mayNotRead(
      search,
      `${read.denial}. Nor may it assume its role: ${error.message}`,
      needed(search, role),
    ),
  );
  const again = await readOrDenial(search, credentials);
  if (!('hub' in again)) {
    throw mayNotRead(
      { ...search, caller: { ...search.caller, arn: role } },
      again.denial,
      searched(search),
    );
  }
  const { hub } = again;
  if (hub.operatorRoleArn === role) return { hub, credentials };
  return { hub, credentials: await becomeOperator(sts, search, hub) };
}

/** As whoever the caller is. @throws {InvalidInput} where there is no such hub, or the caller may not */
export async function findHubAsCaller(search: HubSearch): Promise<HubDescription> {
  const read = await readOrDenial(search, undefined);
  if ('hub' in read) return read.hub;
  const role = roleArnOf(search, 'approver');
  if (role === undefined || isSessionOf(search.caller.arn, role)) {
    throw mayNotRead(search, read.denial, searched(search));
  }
  throw mayNotRead(
    search,
    read.denial,
    `${approverNeeded(role)}, or others with ${searched(search)}`,
  );
}

/** What a command that decides accepts. */
export function approverNeeded(roleArn: string): string {
  return `credentials of the role ${roleArn}, which this command does not assume (AWS_PROFILE)`;
}

/** Undefined where no deployment gave the parameter this name. */
export function roleArnOf(
  { name, caller }: Pick<HubSearch, 'name' | 'caller'>,
  who: 'operator' | 'approver',
): string | undefined {
  const roleName = peopleRolesOf(name)?.[who];
  return roleName && `arn:${caller.partition}:iam::${caller.accountId}:role/${roleName}`;
}

async function readOrDenial(
  { name, caller, region, callersOwn }: HubSearch,
  credentials: Credentials | undefined,
): Promise<{ hub: HubDescription } | { denial: string }> {
  const { ssm } = makeHubClients({
    ...callersOwn,
    ...(credentials !== undefined && { credentials }),
    region,
  });
  try {
    return { hub: await readHubDescription(ssm, name, { ...caller, region }) };
  } catch (error) {
    const failure = toAwsFailure(error);
    if (classifyFailure(failure) === 'DENIED') return { denial: failure.message };
    return tellingOfFirstCall(async () => {
      throw error;
    });
  }
}

async function becomeOperator(
  sts: STSClient,
  search: HubSearch,
  { operatorRoleArn }: HubDescription,
): Promise<Credentials | undefined> {
  const refused = ({ message }: Error) =>
    new InvalidInput(
      `credentials: ${message} – accepted: credentials that may assume ${operatorRoleArn}`,
    );
  return assume(sts, search, operatorRoleArn, refused);
}

async function assume(
  sts: STSClient,
  { caller }: HubSearch,
  roleArn: string,
  refused: (error: Error) => InvalidInput,
): Promise<Credentials | undefined> {
  return tellingOfFirstCall(async () => {
    try {
      return await operatorCredentials(sts, caller, roleArn, () => systemClock.now());
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'RoleUnavailable') throw error;
      throw Object.assign(refused(error), { cause: error });
    }
  });
}

function mayNotRead({ name, caller, region }: HubSearch, denial: string, accepted: string) {
  return new InvalidInput(
    `credentials: ${caller.arn} may not read the SSM parameter ${name} in account ${caller.accountId}, ${region}: ${denial} – accepted: ${accepted}`,
  );
}

function needed(search: HubSearch, role: string): string {
  return `credentials with sts:AssumeRole on ${role}, or with ${searched(search)}`;
}

/** A denial doesn't tell whether there is such a parameter: it may be looked for in the wrong place. */
function searched({ name, caller, region }: HubSearch): string {
  const arn = `arn:${caller.partition}:ssm:${region}:${caller.accountId}:parameter${name}`;
  return `ssm:GetParameter on ${arn}. Look whether account, Region and name are the hub's (AWS_PROFILE, AWS_REGION, --hub=NAME)`;
}
