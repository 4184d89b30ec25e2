import type { Purpose } from '../adapters/spoke-session.ts';

/** The roles that orgsweep has in every account, as the configuration names them. */
export type SpokeRole = 'discovery' | 'deletion' | 'restore';

export interface SpokeRoleFacts {
  readonly purpose: Purpose;
  /** Unless the configuration names it otherwise. */
  readonly name: string;
  readonly description: string;
}

export const SPOKE_ROLES: Readonly<Record<SpokeRole, SpokeRoleFacts>> = {
  discovery: {
    purpose: 'discover',
    name: 'orgsweep-discovery',
    description: 'orgsweep looks at what there is; no write at all',
  },
  deletion: {
    purpose: 'remove',
    name: 'orgsweep-deletion',
    description: 'orgsweep marks what it was told to remove, and removes what it marked',
  },
  restore: {
    purpose: 'restore',
    name: 'orgsweep-restore',
    description: 'orgsweep brings back from the Recycle Bin, and protects what it brought back',
  },
};
