import type { Policy, PolicyOverride, Scope } from '../input/input.ts';
import type { ExclusionReason } from '../outcome/outcome.ts';
import type { OrgAccount } from '../model/org-account.ts';
import { type Policies, policyFor, policyOf, stricterOf } from '../input/policy-for.ts';
import type { Retried } from './retry.ts';
import { exclusionOf, isUsable } from './scope.ts';

/** Why nothing may be removed in an account any more, whatever the plan says. */
export type AccountHold =
  | ExclusionReason
  | 'ACCOUNT_LEFT_ORGANIZATION'
  | 'REMOVAL_NOT_ALLOWED'
  /** The deployment's floors are higher than what the plan was made with. */
  | 'BELOW_FLOOR';

/** Why nothing of this kind may be removed there any more; null: it may. */
export function holdOf(
  { hold, remove }: Pick<Standing, 'hold'> & { readonly remove: readonly string[] },
  kind: string,
): AccountHold | null {
  return hold ?? (remove.includes(kind) ? null : 'BELOW_FLOOR');
}

/** What holds in an account at the moment of a removal. */
export interface Standing {
  /** null: the plan may be carried out, by `policy`. */
  readonly hold: AccountHold | null;
  /** What the plan's policy and today's both let go. */
  readonly policy: Policy;
}

/** What was asked for, and what the plan was made with. */
export interface Asked {
  readonly plan: Policies;
  readonly scope: Scope;
  readonly retried?: Retried | undefined;
  /** The default policy, and the overrides as they were given. */
  readonly policy: Policy;
  readonly policyOverrides: readonly PolicyOverride[];
}

/**
 * An account may have been moved since its removals were planned. What holds is the stricter of what
 * held then and what holds where it is now: nothing gets removable by being moved.
 *
 * @param account as Organizations shows it now; undefined: it isn't in the organization any more
 * @returns null where nobody can tell: its state isn't one we know, or its place isn't known and OUs
 *   decide about it
 */
export function standingNow(
  accountId: string,
  account: OrgAccount | undefined,
  asked: Asked,
): Standing | null {
  const planned = policyOf(asked.plan, accountId);
  if (account === undefined) return { hold: 'ACCOUNT_LEFT_ORGANIZATION', policy: planned };
  if (account.path === null && dependsOnUnits(asked)) return null;
  const excluded = exclusionOf(account, asked.scope, asked.retried);
  if (excluded !== undefined) return { hold: excluded, policy: planned };
  if (!isUsable(account)) return null;
  const policy = stricterOf(planned, policyFor(asked, account));
  return { hold: policy.neverRemove ? 'REMOVAL_NOT_ALLOWED' : null, policy };
}

function dependsOnUnits({ scope, policyOverrides }: Asked): boolean {
  return (
    scope.organizationalUnits.length > 0 ||
    policyOverrides.some(({ organizationalUnits }) => organizationalUnits !== undefined)
  );
}
