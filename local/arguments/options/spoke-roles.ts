import { z } from 'zod';
import type { DEFAULT_ROLE_NAMES } from '../defaults.ts';

export type RoleNames = Readonly<Record<keyof typeof DEFAULT_ROLE_NAMES, string>>;

const ROLE_ACCEPTED =
  'accepted: the name of an IAM role, 1 to 64 characters, with its path if it has one, as in "team/orgsweep-discovery"';

/** The role as it stands after `:role/` in its ARN. */
export const RoleName = z
  .string()
  .regex(/^\/?([\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/, { error: ({ input }) => acceptedRole(input) })
  .transform((name) => name.replace(/^\//, ''));

/** An ARN names an account, and the role is wanted in all of them. */
function acceptedRole(given: unknown): string {
  const name = /^arn:[\w-]+:iam::\d{12}:role\/(.+)$/.exec(String(given))?.[1];
  return name === undefined ? ROLE_ACCEPTED : `${ROLE_ACCEPTED}, not its ARN: "${name}"`;
}
