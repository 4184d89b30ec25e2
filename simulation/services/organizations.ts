import type { SimAccount, SimOrganization } from '../model/organization.ts';
import type { BucketSize } from './call/token-buckets.ts';
import type { Endpoint } from './call/endpoint.ts';
import { denialMessage, findDenial } from './iam/iam.ts';
import { jsonAnswer, jsonError } from './protocols/json-protocol.ts';
import { makePageToken, readPageToken } from './protocols/page-token.ts';
import { commonRefusal } from './call/refusals.ts';
import { ServiceError } from './call/service.ts';
import type { Caller, SimRequest } from './call/service.ts';

const TARGET = /^AWSOrganizationsV20161128\.(\w+)$/;
const MAX_PAGE_SIZE = 20;
/** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html */
const BUCKETS: Readonly<Record<string, BucketSize>> = {
  ListAccounts: { capacity: 12, refillPerSecond: 8 },
  DescribeOrganization: { capacity: 2, refillPerSecond: 1 },
  DescribeAccount: { capacity: 30, refillPerSecond: 20 },
  ListParents: { capacity: 8, refillPerSecond: 5 },
  // AWS documents none for it; this is the smallest of the others of its kind, ListParents'.
  DescribeOrganizationalUnit: { capacity: 8, refillPerSecond: 5 },
};

/**
 * ListAccounts, DescribeAccount, ListParents, DescribeOrganization and DescribeOrganizationalUnit,
 * in the JSON 1.1 protocol.
 */
export function makeOrganizations(organization: SimOrganization): Endpoint {
  return {
    open: (request) => {
      const operation = TARGET.exec(request.headers['x-amz-target'] ?? '')?.[1] ?? '';
      const { accountId } = request.caller;
      const size = BUCKETS[operation];
      return {
        operation,
        accountId,
        ...(size && { bucket: { name: `organizations/${operation}/${accountId}`, size } }),
        answer: async () => jsonAnswer(answer(operation, request, organization)),
      };
    },
    refusal: (kind) => commonRefusal('organizations', kind),
    toError: (error) => jsonError(error),
  };
}

function answer(operation: string, request: SimRequest, organization: SimOrganization): unknown {
  switch (operation) {
    case 'ListAccounts':
      authorize(operation, request, organization);
      refuseOtherAccounts(request.caller, organization);
      return listAccounts(parseBody(request.body), organization);
    case 'DescribeAccount':
      authorize(operation, request, organization);
      refuseOtherAccounts(request.caller, organization);
      return describeOneAccount(parseBody(request.body), organization);
    case 'ListParents':
      authorize(operation, request, organization);
      refuseOtherAccounts(request.caller, organization);
      return listParents(parseBody(request.body), organization);
    case 'DescribeOrganization':
      authorize(operation, request, organization);
      refuseOtherAccounts(request.caller, organization);
      return { Organization: describeOrganization(organization) };
    case 'DescribeOrganizationalUnit':
      authorize(operation, request, organization);
      refuseOtherAccounts(request.caller, organization);
      return { OrganizationalUnit: describeUnit(parseBody(request.body), organization) };
    default:
      throw new ServiceError(
        'UnknownOperationException',
        `The operation ${operation} is not one of this service.`,
      );
  }
}

function authorize(operation: string, request: SimRequest, organization: SimOrganization): void {
  const { caller, region } = request;
  const access = { caller, action: `organizations:${operation}`, resource: '*', region };
  const why = findDenial(organization, access);
  if (why !== undefined) throw accessDenied(denialMessage(access, why));
}

/** The hub stands for a delegated administrator; the other member accounts may not list. */
function refuseOtherAccounts({ accountId }: Caller, organization: SimOrganization): void {
  const { id } = managementAccount(organization);
  if (accountId !== organization.hubAccountId && accountId !== id) {
    throw accessDenied("You don't have permissions to access this resource.");
  }
}

function listAccounts(input: Record<string, unknown>, organization: SimOrganization): unknown {
  const pageSize = input['MaxResults'] ?? MAX_PAGE_SIZE;
  if (typeof pageSize !== 'number' || pageSize < 1 || pageSize > MAX_PAGE_SIZE) {
    throw invalidInput(`You specified an invalid value for MaxResults: ${String(pageSize)}.`);
  }
  const { accounts, organizationId } = organization;
  const tick = parseToken(input['NextToken'], organizationId);
  // AWS: "can occasionally return an empty set of results even when more results are available".
  // Here the page after the first one always is: positions count twice, odd ones are empty pages.
  const from = tick >> 1;
  const page = tick % 2 === 1 ? [] : accounts.slice(from, from + pageSize);
  const end = from + page.length;
  const next = tick === 0 ? end * 2 + 1 : end * 2;
  return {
    Accounts: page.map((account) => describeAccount(account, organization)),
    ...(end < accounts.length && { NextToken: makePageToken(next, organizationId) }),
  };
}

function parseToken(token: unknown, organizationId: string): number {
  if (token === undefined) return 0;
  const position = typeof token === 'string' ? readPageToken(token, organizationId) : undefined;
  if (position === undefined) throw invalidInput('You provided an invalid NextToken.');
  return position;
}

/** Until AWS retired Status, a CLOSED account showed as SUSPENDED there. */
const STATUS: Readonly<Record<SimAccount['state'], string>> = {
  ACTIVE: 'ACTIVE',
  PENDING_CLOSURE: 'PENDING_CLOSURE',
  SUSPENDED: 'SUSPENDED',
  CLOSED: 'SUSPENDED',
  PENDING_ACTIVATION: 'SUSPENDED',
};

function describeAccount(account: SimAccount, organization: SimOrganization): unknown {
  return {
    Id: account.id,
    Arn: arnOf(account, organization),
    Email: account.email,
    Name: account.name,
    Status: STATUS[account.state],
    State: account.state,
    Paths: [account.path],
    JoinedMethod: 'CREATED',
    JoinedTimestamp: Date.UTC(2020, 0, 1) / 1000,
  };
}

function describeOneAccount(
  input: Record<string, unknown>,
  organization: SimOrganization,
): unknown {
  const id = input['AccountId'];
  if (typeof id !== 'string' || !/^\d{12}$/.test(id)) {
    throw invalidInput('You provided a value that does not match the required pattern.');
  }
  const account = organization.accounts.find((one) => one.id === id);
  if (account !== undefined) return { Account: describeAccount(account, organization) };
  throw new ServiceError(
    'AccountNotFoundException',
    "You specified an account that doesn't exist in your organization.",
  );
}

/** The one parent that an account or a unit has. */
function listParents(input: Record<string, unknown>, organization: SimOrganization): unknown {
  const child = input['ChildId'];
  const paths = organization.accounts.map(({ path }) => path.split('/'));
  const path = paths.find((ids) => typeof child === 'string' && ids.includes(child, 2));
  const parent = path?.[path.indexOf(String(child)) - 1];
  if (parent === undefined) {
    const message = "We can't find an organizational unit (OU) or account with that ChildId.";
    throw new ServiceError('ChildNotFoundException', message);
  }
  return {
    Parents: [{ Id: parent, Type: parent.startsWith('r-') ? 'ROOT' : 'ORGANIZATIONAL_UNIT' }],
  };
}

function describeOrganization(organization: SimOrganization): unknown {
  const management = managementAccount(organization);
  const { organizationId } = organization;
  return {
    Id: organizationId,
    Arn: `arn:aws:organizations::${management.id}:organization/${organizationId}`,
    FeatureSet: 'ALL',
    MasterAccountArn: arnOf(management, organization),
    MasterAccountId: management.id,
    MasterAccountEmail: management.email,
  };
}

function describeUnit(input: Record<string, unknown>, organization: SimOrganization): unknown {
  const id = input['OrganizationalUnitId'];
  if (typeof id !== 'string' || !/^ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}$/.test(id)) {
    throw invalidInput('You provided a value that does not match the required pattern.');
  }
  const { organizationalUnits, organizationId } = organization;
  if (!Object.hasOwn(organizationalUnits, id)) {
    const message = "We can't find an OU with the OrganizationalUnitId that you specified.";
    throw new ServiceError('OrganizationalUnitNotFoundException', message);
  }
  const { id: managementId } = managementAccount(organization);
  return {
    Id: id,
    Arn: `arn:aws:organizations::${managementId}:ou/${organizationId}/${id}`,
    Name: organizationalUnits[id],
  };
}

function arnOf({ id }: SimAccount, organization: SimOrganization): string {
  const { id: managementId } = managementAccount(organization);
  return `arn:aws:organizations::${managementId}:account/${organization.organizationId}/${id}`;
}

function managementAccount({ accounts }: SimOrganization): SimAccount {
  const management = accounts.find((account) => account.management);
  if (management === undefined)
    throw new Error('The simulated organization has no management account');
  return management;
}

function parseBody(body: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body.toString('utf8') || '{}');
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new ServiceError('SerializationException', 'The request body is not a JSON object.');
}

function accessDenied(message: string): ServiceError {
  return new ServiceError('AccessDeniedException', message);
}

function invalidInput(message: string): ServiceError {
  return new ServiceError('InvalidInputException', message);
}
