import type { SimOrganization } from './model/organization.ts';

/** What an administrator of the organization does between two calls, as plain data. */
export type SimOrganizationAct =
  /** MoveAccount: `parents` are the ids from the root to the OU, such as `['r-s1m0', 'ou-…']`. */
  | {
      readonly kind: 'move-account';
      readonly accountId: string;
      readonly parents: readonly string[];
    }
  /** LeaveOrganization, or RemoveAccountFromOrganization. */
  | { readonly kind: 'remove-account'; readonly accountId: string }
  | { readonly kind: 'suspend-account'; readonly accountId: string };

/**
 * Does it; every listing shows it at once.
 *
 * @returns whether it was done: of an account that isn't there, or is the hub's own, nothing is
 */
export function applyOrganizationAct(
  organization: SimOrganization,
  act: SimOrganizationAct,
): boolean {
  const { accounts, organizationId, hubAccountId } = organization;
  const account = accounts.find(({ id }) => id === act.accountId);
  if (account === undefined || account.management) return false;
  if (act.kind === 'remove-account') {
    if (act.accountId === hubAccountId) return false;
    organization.accounts = accounts.filter((one) => one !== account);
    return true;
  }
  const changed =
    act.kind === 'suspend-account'
      ? { ...account, state: 'SUSPENDED' as const }
      : { ...account, path: [organizationId, ...act.parents, account.id, ''].join('/') };
  organization.accounts = accounts.map((one) => (one === account ? changed : one));
  return true;
}
