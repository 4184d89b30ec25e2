import type { Policy, PolicyOverride, Scope } from '../input/input.ts';
import type { ExclusionReason } from '../outcome/outcome.ts';
import type { OrgAccount } from '../model/org-account.ts';
import { type Policies, policyFor, policyOf, stricterOf } from '../input/policy-for.ts';
import { kindsOfOtherKeys } from '../input/of-kind.ts';
import type { Retried } from './retry.ts';
import { exclusionOf, isUsable } from './scope.ts';

/** Why nothing may be removed in an account any more, whatever the plan says. */
export type AccountHold =
  | ExclusionReason
  | 'ACCOUNT_LEFT_ORGANIZATION'
  | 'REMOVAL_NOT_ALLOWED'
  /** The deployment's floors are higher than what the plan was made with. */
  | 'BELOW_FLOOR'
  /** The policy for its kind is another one where its account is now: nobody knows the stricter. */
  | 'KIND_POLICY_CHANGED'
  /** The plan is of a version that had a step of this name. */
  | 'STEP_UNKNOWN';

/** Why nothing of this kind may be removed there any more; null: it may. */
export function holdOf(
  {
    hold,
    remove,
    changedKinds = [],
  }: Pick<Standing, 'hold' | 'changedKinds'> & { readonly remove: readonly string[] },
  kind: string,
): AccountHold | null {
  if (hold !== null) return hold;
  if (!remove.includes(kind)) return 'BELOW_FLOOR';
  return changedKinds.includes(kind) ? 'KIND_POLICY_CHANGED' : null;
}

/** What holds in an account at the moment of a removal. */
export interface Standing {
  /** null: the plan may be carried out, by `policy`. */
  readonly hold: AccountHold | null;
  /** What the plan's policy and today's both let go. */
  readonly policy: Policy;
  /** Those of whose own keys the two policies say different things; absent: none. */
  readonly changedKinds?: readonly string[] | undefined;
}

/** What was asked for, and what the plan was made with. */
export interface Asked {
  readonly plan: Policies;
  readonly scope: Scope;
  readonly retried?: Retried | undefined;
  /** The default policy, and the overrides as they were given. */
  readonly policy: Policy;
  readonly policyOverrides: readonly PolicyOverride[];
  /** What the floors make of a policy: raised since the execution began, they change no kind's policy. */
  readonly atLeast: (policy: Policy) => Policy;
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
  const now = policyFor(asked, account);
  const policy = stricterOf(planned, now);
  const changedKinds = kindsOfOtherKeys(asked.atLeast(planned), asked.atLeast(now));
  return {
    hold: policy.neverRemove ? 'REMOVAL_NOT_ALLOWED' : null,
    policy,
    ...(changedKinds.length > 0 && { changedKinds }),
  };
}

function dependsOnUnits({ scope, policyOverrides }: Asked): boolean {
  return (
    scope.organizationalUnits.length > 0 ||
    policyOverrides.some(({ organizationalUnits }) => organizationalUnits !== undefined)
  );
}
