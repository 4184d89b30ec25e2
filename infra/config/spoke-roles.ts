import type { Purpose } from '../../aws/sessions/purpose.ts';

/** The roles that orgsweep has in every account, as the configuration names them. */
export type SpokeRole = 'discovery' | 'deletion' | 'restore';

export interface SpokeRoleFacts {
  readonly purpose: Purpose;
  readonly description: string;
}

export const SPOKE_ROLES: Readonly<Record<SpokeRole, SpokeRoleFacts>> = {
  discovery: {
    purpose: 'discover',
    description: 'orgsweep looks at what there is; no write at all',
  },
  deletion: {
    purpose: 'remove',
    description: 'orgsweep marks what it was told to remove, and removes what it marked',
  },
  restore: {
    purpose: 'restore',
    description: 'orgsweep brings back from the Recycle Bin, and protects what it brought back',
  },
};

/** By default they begin with the hub's prefix: the roles of two hubs stand beside each other. */
export function spokeRoleNames(
  prefix: string,
  named: { readonly [R in SpokeRole]?: string | undefined } = {},
): Readonly<Record<SpokeRole, string>> {
  const nameOf = (role: SpokeRole) => named[role] ?? `${prefix}-${role}`;
  return {
    discovery: nameOf('discovery'),
    deletion: nameOf('deletion'),
    restore: nameOf('restore'),
  };
}
