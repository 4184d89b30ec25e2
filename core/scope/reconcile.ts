import type { Scope } from '../input/input.ts';
import { failedAsAWhole } from '../outcome/kind-look.ts';
import { isGap } from '../outcome/outcome.ts';
import type { ExclusionReason, TargetOutcome, TargetStatus } from '../outcome/outcome.ts';
import { compare } from '../model/order.ts';
import { policyOf } from '../input/policy-for.ts';
import type { Policies } from '../input/policy-for.ts';
import { acceptedReason, refersToNothing } from './scope.ts';
import type { OrgAccount } from '../model/org-account.ts';
import { targetKey } from '../model/target.ts';

export interface Expected {
  /** The accounts Prepare found in scope. */
  readonly accounts: readonly OrgAccount[];
  /** The outcomes Prepare itself recorded: excluded accounts, and those in an unknown state. */
  readonly withoutTarget: readonly TargetOutcome[];
  /** The Regions to look at, by account id. An account whose list never arrived isn't in it. */
  readonly regionsByAccount: ReadonlyMap<string, readonly string[]>;
  readonly scope: Scope;
  readonly policies: Policies;
}

/** Best to worst: of two outcomes of one target the worse is believed. */
const BY_TRUST: readonly TargetStatus[] = [
  'EXCLUDED',
  'COMPLETE',
  'REGION_DISABLED',
  'DENIED_BY_SCP',
  'ACCESS_DENIED',
  'ROLE_UNAVAILABLE',
  'THROTTLED',
  'FAILED',
];

/**
 * One outcome for every expected target and every account, by comparing what was recorded with
 * what was expected, never by trusting that somebody reported.
 *
 * A target without an outcome is FAILED (`OutcomeMissing`), an account with neither Regions nor an
 * outcome is FAILED as a whole (`RegionsMissing`). An outcome nobody expected is kept, as FAILED
 * (`OutcomeUnexpected`): something looked where it wasn't asked to. Gaps named in
 * `scope.accepted` say so, every target its policy. Sorted by account, then Region.
 */
export function reconcile(
  expected: Expected,
  outcomes: Iterable<TargetOutcome>,
  now: Date,
): TargetOutcome[] {
  const at = now.toISOString();
  const recorded = [...expected.withoutTarget, ...outcomes];
  const byTarget = believeTheWorse(recorded);
  const reported = new Set([...byTarget.values()].map(({ accountId }) => accountId));
  for (const account of expected.accounts) {
    const regions = expected.regionsByAccount.get(account.id);
    for (const region of regions ?? []) {
      const key = targetKey({ accountId: account.id, region });
      const status = byTarget.get(key)?.status;
      // A Region left out on purpose may still be a target, for a global kind alone.
      if (status === undefined || status === 'EXCLUDED')
        byTarget.set(key, missing(account, region, 'OutcomeMissing', at));
    }
    const whole = targetKey({ accountId: account.id, region: null });
    const isUnnamed = regions === undefined || (regions.length === 0 && !reported.has(account.id));
    if (isUnnamed && !byTarget.has(whole))
      byTarget.set(whole, missing(account, null, 'RegionsMissing', at));
  }
  const leftOut = exclusionsOf(recorded);
  const accounts = new Map(expected.accounts.map((account) => [account.id, account]));
  const prepared = new Set(expected.withoutTarget.map(targetKey));
  return [...byTarget.values()]
    .map((outcome) => {
      if (!prepared.has(targetKey(outcome)) && !wasExpected(outcome, expected, accounts))
        return unexpected(outcome);
      const excluded = outcome.excluded ?? leftOut.get(targetKey(outcome));
      const { mayRefer, ...of } = outcome;
      const told = excluded === undefined ? of : { ...of, excluded };
      const known = named(told, accounts.get(outcome.accountId), expected);
      // Prepare knows where an account is that isn't in scope.
      return mayRefer === false && prepared.has(targetKey(outcome))
        ? { ...known, mayRefer }
        : known;
    })
    .toSorted(
      (a, b) => compare(a.accountId, b.accountId) || compare(a.region ?? '', b.region ?? ''),
    );
}

function believeTheWorse(outcomes: readonly TargetOutcome[]): Map<string, TargetOutcome> {
  const byTarget = new Map<string, TargetOutcome>();
  for (const outcome of outcomes) {
    const other = byTarget.get(targetKey(outcome));
    if (other === undefined || isWorse(outcome, other)) byTarget.set(targetKey(outcome), outcome);
  }
  return byTarget;
}

/** Of a Region that is left out, and is a target for global kinds alone: why it is left out. */
function exclusionsOf(outcomes: readonly TargetOutcome[]): Map<string, ExclusionReason> {
  return new Map(
    outcomes.flatMap((outcome) =>
      outcome.status === 'EXCLUDED' && outcome.excluded !== undefined
        ? [[targetKey(outcome), outcome.excluded] as const]
        : [],
    ),
  );
}

/** Between equals, the later one; between those, the same one in whatever order they come. */
function isWorse(a: TargetOutcome, b: TargetOutcome): boolean {
  return (
    (BY_TRUST.indexOf(a.status) - BY_TRUST.indexOf(b.status) ||
      Date.parse(a.at) - Date.parse(b.at) ||
      compare(JSON.stringify(a), JSON.stringify(b))) > 0
  );
}

function wasExpected(
  outcome: TargetOutcome,
  expected: Expected,
  accounts: ReadonlyMap<string, OrgAccount>,
): boolean {
  if (!accounts.has(outcome.accountId)) return false;
  if (outcome.region === null || outcome.status === 'EXCLUDED') return true;
  const regions = expected.regionsByAccount.get(outcome.accountId);
  // Without a list of Regions nobody can tell; the account is a gap already.
  return regions === undefined || regions.includes(outcome.region);
}

function unexpected(outcome: TargetOutcome): TargetOutcome {
  return failedAsAWhole(outcome, {
    code: 'OutcomeUnexpected',
    message: `${outcome.status} was recorded for a target that isn't in this execution's scope`,
  });
}

function missing(
  account: OrgAccount,
  region: string | null,
  code: 'OutcomeMissing' | 'RegionsMissing',
  at: string,
): TargetOutcome {
  const message =
    code === 'OutcomeMissing'
      ? 'no outcome of this target was recorded'
      : "neither the account's Regions nor an outcome of it were recorded";
  return {
    accountId: account.id,
    accountName: account.name,
    region,
    status: 'FAILED',
    failure: { code, message },
    kinds: {},
    at,
  };
}

function named(
  outcome: TargetOutcome,
  account: OrgAccount | undefined,
  { scope, policies }: Expected,
): TargetOutcome {
  const { accepted: _accepted, ...rest } = outcome;
  // A file that somebody changed is no gap that anybody wanted.
  const isTampered = rest.failure?.code === 'RecordTampered';
  const mayBeAccepted = isGap(rest) && !isTampered;
  const path = account?.path ?? null;
  const accepted = mayBeAccepted ? acceptedReason(rest, scope, path) : undefined;
  const state = account?.state ?? 'ACTIVE';
  const isTarget = outcome.region !== null && outcome.status !== 'EXCLUDED';
  return {
    ...rest,
    ...(account === undefined ? {} : { accountName: account.name }),
    ...(accepted === undefined ? {} : { accepted }),
    ...(!isTampered && refersToNothing(rest, scope, path)),
    ...(isGap(rest) && state !== 'ACTIVE' && { accountState: state }),
    ...(isTarget && { policy: policyOf(policies, outcome.accountId) }),
  };
}
