import {
  DescribeOrganizationalUnitCommand,
  paginateListAccounts,
} from '@aws-sdk/client-organizations';
import type { Account, OrganizationsClient } from '@aws-sdk/client-organizations';
import type { OrgAccount } from '../core/org-account.ts';
import { toAwsFailure, toNamedError } from './aws-error.ts';
import { idOf, itemsOfPages } from './pages.ts';

const OPERATION = 'organizations:ListAccounts';
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

function toOrgAccount({ Id, Name, State, Status, Paths }: Account): OrgAccount {
  const id = idOf(Id, OPERATION);
  return {
    id,
    name: Name ?? id,
    // AWS retired Status on 2026-09-09: reading it first would find no active account at all.
    state: State ?? Status ?? 'UNKNOWN',
    path: Paths?.[0] ?? null,
  };
}
