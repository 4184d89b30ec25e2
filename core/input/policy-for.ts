import type { Policy, PolicyOverride } from './input.ts';
import { layOwnOver, type OwnPolicies, stricterOwn } from './of-kind.ts';
import type { OrgAccount } from '../model/org-account.ts';

/** Deeper than any OU: Organizations nests them five deep. */
const ACCOUNT_DEPTH = 1_000;
const NOT_MEANT = -1;

/**
 * The policy that holds in one account: the overrides that name it or an OU above it, laid over
 * the default policy, the most specific last. OUs go from the shallowest to the deepest, then the
 * account itself; between equals the later in the list goes last. `protectTags` add to those below,
 * every other key replaces.
 */
export function policyFor(
  input: { readonly policy: Policy; readonly policyOverrides: readonly PolicyOverride[] },
  account: Pick<OrgAccount, 'id' | 'path'>,
): Policy {
  return input.policyOverrides
    .map((override) => ({ override, depth: depthOf(override, account) }))
    .filter(({ depth }) => depth !== NOT_MEANT)
    .toSorted((a, b) => a.depth - b.depth)
    .reduce((policy, { override }) => layOver(policy, override.policy), input.policy);
}

/** As `policyOfKind` gives it; `own` are the kind's own keys. */
export type PolicyOfKind = Policy & { readonly own?: Readonly<Record<string, unknown>> };

/** The default policy, and those of the accounts where another one holds. */
export interface Policies<P = Policy> {
  readonly policy: P;
  readonly policies: Readonly<Record<string, P>>;
}

/** The policy that holds in an account, where all have been worked out before. */
export function policyOf<P>({ policy, policies }: Policies<P>, accountId: string): P {
  return policies[accountId] ?? policy;
}

export function withProtectTags(policy: Policy, protectTags: readonly string[]): Policy {
  return { ...policy, protectTags: [...new Set([...protectTags, ...policy.protectTags])] };
}

/** What both let go, and nothing else. */
export function stricterOf(a: Policy, b: Policy): Policy {
  return {
    minAgeDays: Math.max(a.minAgeDays, b.minAgeDays),
    graceDays: Math.max(a.graceDays, b.graceDays),
    protectTags: [...new Set([...a.protectTags, ...b.protectTags])],
    allowLastCopy: a.allowLastCopy && b.allowLastCopy,
    requireUndo: a.requireUndo || b.requireUndo,
    allowRecreation: inBoth(a.allowRecreation, b.allowRecreation),
    allowIrreversible: inBoth(a.allowIrreversible, b.allowIrreversible),
    skipReferences: inBoth(a.skipReferences, b.skipReferences),
    neverRemove: a.neverRemove || b.neverRemove,
    ...withKinds(stricterOwn(a.kinds, b.kinds)),
  };
}

function withKinds(kinds: OwnPolicies): Pick<Policy, 'kinds'> {
  return kinds === undefined ? {} : { kinds };
}

function inBoth(names: readonly string[], others: readonly string[]): string[] {
  return names.filter((name) => others.includes(name));
}

function depthOf(override: PolicyOverride, { id, path }: Pick<OrgAccount, 'id' | 'path'>): number {
  if (override.accounts?.includes(id)) return ACCOUNT_DEPTH;
  const units = path?.split('/') ?? [];
  const depths = (override.organizationalUnits ?? []).map((unit) => units.indexOf(unit));
  return Math.max(NOT_MEANT, ...depths);
}

function layOver(
  policy: Policy,
  { protectTags = [], kinds, ...change }: PolicyOverride['policy'],
): Policy {
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  const own = withKinds(layOwnOver(policy.kinds, kinds));
  return withProtectTags({ ...policy, ...Object.fromEntries(given), ...own }, protectTags);
}
