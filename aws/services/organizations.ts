import {
  DescribeAccountCommand,
  DescribeOrganizationalUnitCommand,
  paginateListAccounts,
  paginateListParents,
} from '@aws-sdk/client-organizations';
import type { Account, OrganizationsClient } from '@aws-sdk/client-organizations';
import type { OrgAccount } from '../../core/model/org-account.ts';
import { isRoot } from '../../core/scope/organizational-units.ts';
import { toAwsFailure, toNamedError } from '../answers/aws-error.ts';
import { brokenListing, idOf, itemsOfPages } from '../answers/pages.ts';

const OPERATION = 'organizations:ListAccounts';
const DESCRIBE = 'organizations:DescribeAccount';
const LIST_PARENTS = 'organizations:ListParents';
/** The largest page that ListAccounts gives. Pages may be empty although more follow. */
const PAGE_SIZE = 20;

/**
 * All accounts of the organization. Only the management account and delegated administrators may
 * list them.
 *
 * @throws {AccessDenied | Throttled} and whatever else ends the listing early
 */
export async function* listAccounts(client: OrganizationsClient): AsyncGenerator<OrgAccount> {
  const pages = paginateListAccounts({ client, pageSize: PAGE_SIZE }, {});
  try {
    for await (const account of itemsOfPages(OPERATION, pages, (page) => page.Accounts)) {
      yield toOrgAccount(account);
    }
  } catch (error) {
    throw toNamedError(error);
  }
}

/**
 * One account as it is now; undefined where it isn't in the organization any more.
 *
 * @throws {AccessDenied | Throttled} and whatever else Organizations answers
 */
export async function findAccount(
  client: OrganizationsClient,
  AccountId: string,
): Promise<OrgAccount | undefined> {
  try {
    const { Account: found } = await client.send(new DescribeAccountCommand({ AccountId }));
    if (found === undefined) throw brokenListing(DESCRIBE, 'an answer came without its account');
    const account = toOrgAccount(found);
    if (account.id !== AccountId) throw brokenListing(DESCRIBE, `it answered for ${account.id}`);
    return account.path === null ? { ...account, path: await walkUp(client, AccountId) } : account;
  } catch (error) {
    if (toAwsFailure(error).code === 'AccountNotFoundException') return undefined;
    throw toNamedError(error);
  }
}

/** Organizations nests OUs five deep; what goes on longer goes in circles. */
const MOST_PARENTS = 10;

/** `r-…/ou-…/<account id>/`, asked for step by step where the account itself doesn't tell. */
async function walkUp(client: OrganizationsClient, accountId: string): Promise<string> {
  const path = [accountId];
  while (path.length <= MOST_PARENTS) {
    const [ChildId = ''] = path;
    const pages = paginateListParents({ client }, { ChildId });
    const parents: string[] = [];
    for await (const { Id } of itemsOfPages(LIST_PARENTS, pages, (page) => page.Parents))
      parents.push(idOf(Id, LIST_PARENTS));
    const [parent] = parents;
    if (parent === undefined) throw brokenListing(LIST_PARENTS, `${ChildId} came without a parent`);
    path.unshift(parent);
    if (isRoot(parent)) return `${path.join('/')}/`;
  }
  throw brokenListing(LIST_PARENTS, `${accountId} came with more parents than there can be`);
}

/**
 * An organizational unit's own name; undefined where there is no such unit any more.
 *
 * @throws {AccessDenied | Throttled} and whatever else Organizations answers
 */
export async function findOrganizationalUnitName(
  client: OrganizationsClient,
  OrganizationalUnitId: string,
): Promise<string | undefined> {
  try {
    const command = new DescribeOrganizationalUnitCommand({ OrganizationalUnitId });
    return (await client.send(command)).OrganizationalUnit?.Name;
  } catch (error) {
    if (toAwsFailure(error).code === 'OrganizationalUnitNotFoundException') return undefined;
    throw toNamedError(error);
  }
}

function toOrgAccount({ Id, Name, State, Status, Paths, Arn }: Account): OrgAccount {
  const id = idOf(Id, OPERATION);
  return {
    id,
    name: Name ?? id,
    // AWS retired Status on 2026-09-09: reading it first would find no active account at all.
    state: State ?? Status ?? 'UNKNOWN',
    path: Paths?.[0] ?? null,
    ...(isOfItsOwn(Arn, id) && { isManagementAccount: true }),
  };
}

/** `arn:aws:organizations::<management account>:account/o-…/<account>` */
function isOfItsOwn(arn: string | undefined, id: string): boolean {
  const [, , , , owner, resource = ''] = arn?.split(':') ?? [];
  return owner === id && resource.endsWith(`/${id}`);
}
