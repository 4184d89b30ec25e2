import { z } from 'zod';
import type { OrgAccount } from '../model/org-account.ts';

/** What people know an organization by: it has an id, and no name but that of the account it is managed from. */
export const Organization = z.strictObject({
  id: z.string().optional(),
  managementAccountName: z.string().optional(),
});
export type Organization = z.infer<typeof Organization>;

/** As its accounts tell; undefined: they don't. */
export function organizationOf(accounts: Iterable<OrgAccount>): Organization | undefined {
  let [id, name]: (string | undefined)[] = [];
  for (const account of accounts) {
    id ??= account.path?.split('/').find((part) => part.startsWith('o-'));
    if (account.isManagementAccount) name = account.name;
  }
  if (id === undefined && name === undefined) return undefined;
  return {
    ...(id !== undefined && { id }),
    ...(name !== undefined && { managementAccountName: name }),
  };
}
