import { z } from 'zod';

/** The spoke roles where no others are named; the simulated organization has the same. */
export const DEFAULT_ROLE_NAMES = {
  discovery: 'orgsweep-discovery',
  deletion: 'orgsweep-deletion',
  restore: 'orgsweep-restore',
} as const;

export type RoleNames = Readonly<Record<keyof typeof DEFAULT_ROLE_NAMES, string>>;

export const RoleName = z
  .string()
  .regex(/^[\w+=,.@-]{1,64}$/, 'accepted: an IAM role name of 1 to 64 characters, without path');
