import type { AcceptedGap, Scope } from '../input/input.ts';
import type { ExclusionReason, TargetOutcome } from '../outcome/outcome.ts';
import type { OrgAccount } from '../model/org-account.ts';
import type { Retried } from './retry.ts';
import type { Target } from '../model/target.ts';
import { refuseUnknownAccounts, refuseUnknownUnits } from './unknown-in-scope.ts';

export interface AccountSelection {
  /** To be looked at. */
  readonly inScope: OrgAccount[];
  readonly excluded: (Pick<OrgAccount, 'name' | 'path'> & {
    accountId: string;
    excluded: ExclusionReason;
  })[];
  /** In scope, but in a state orgsweep doesn't know: a gap, never a guess. */
  readonly unknownState: OrgAccount[];
  /** To be tried again, and not in the organization any more: a gap as well. */
  readonly missing: string[];
}

// PENDING_CLOSURE is "functional and can still be used"; ACTIVE is also what `Status` says.
const USABLE_STATES: readonly string[] = ['ACTIVE', 'PENDING_CLOSURE'];
const UNUSABLE_STATES = new Map<string, ExclusionReason>([
  ['SUSPENDED', 'ACCOUNT_SUSPENDED'],
  ['CLOSED', 'ACCOUNT_CLOSED'],
  ['PENDING_ACTIVATION', 'ACCOUNT_PENDING_ACTIVATION'],
]);
/** An account that is excluded so has nothing more to look at, and neither have its Regions. */
export const UNUSABLE: ReadonlySet<ExclusionReason | undefined> = new Set(UNUSABLE_STATES.values());

/**
 * Which accounts of the organization an execution looks at: the union of the accounts and OUs
 * asked for (all, when none are), or those to be tried again, minus the excluded ones.
 *
 * @throws {InvalidInput} when the scope names an account or OU the organization hasn't, or OUs
 *   where the accounts' OU paths aren't known
 */
export function selectAccounts(
  accounts: readonly OrgAccount[],
  scope: Scope,
  retried?: Retried,
): AccountSelection {
  refuseUnknownAccounts(accounts, scope);
  refuseUnknownUnits(accounts, scope);
  const known = new Set(accounts.map(({ id }) => id));
  const selection: AccountSelection = {
    inScope: [],
    excluded: [],
    unknownState: [],
    missing: Object.keys(retried ?? {}).filter((id) => !known.has(id)),
  };
  for (const account of accounts) {
    const excluded = exclusionOf(account, scope, retried);
    if (excluded !== undefined) {
      const { id: accountId, name, path } = account;
      selection.excluded.push({ accountId, name, path, excluded });
    } else if (isUsable(account)) selection.inScope.push(account);
    else selection.unknownState.push(account);
  }
  return selection;
}

/** Why nothing is looked at in an account; undefined: it is in scope, if its state is one we know. */
export function exclusionOf(
  account: OrgAccount,
  scope: Scope,
  retried: Retried | undefined,
): ExclusionReason | undefined {
  const everything = scope.accounts.length === 0 && scope.organizationalUnits.length === 0;
  const asked =
    everything ||
    scope.accounts.includes(account.id) ||
    isInAny(account.path, scope.organizationalUnits);
  const isRetried = retried === undefined || Object.hasOwn(retried, account.id);
  if (!asked || !isRetried) return 'ACCOUNT_NOT_IN_SCOPE';
  if (scope.excludeAccounts.includes(account.id)) return 'ACCOUNT_EXCLUDED';
  return UNUSABLE_STATES.get(account.state);
}

/** Whether it is in a state in which an account is known to be usable. */
export function isUsable({ state }: Pick<OrgAccount, 'state'>): boolean {
  return USABLE_STATES.includes(state);
}

/** The lines of `targets.jsonl` for the accounts that have no target. */
export function outcomesWithoutTarget(
  selection: AccountSelection,
  scope: Pick<Scope, 'accepted'>,
  at: Date,
): TargetOutcome[] {
  const line = { region: null, kinds: {}, at: at.toISOString() };
  return [
    ...selection.excluded.map(({ accountId, name, path, excluded }) => ({
      ...line,
      accountId,
      accountName: name,
      status: 'EXCLUDED' as const,
      excluded,
      ...refersToNothing({ accountId, region: null }, scope, path),
    })),
    ...selection.unknownState.map(({ id, name, state }) => ({
      ...line,
      accountId: id,
      accountName: name,
      status: 'FAILED' as const,
      failure: {
        code: 'AccountStateUnknown',
        message: `AWS Organizations says the account's state is ${JSON.stringify(state)}, which orgsweep doesn't know`,
      },
    })),
    ...selection.missing.map((accountId) => ({
      ...line,
      accountId,
      status: 'FAILED' as const,
      failure: {
        code: 'AccountNotInOrganization',
        message:
          "it was to be tried again, and AWS Organizations doesn't list the account any more",
      },
    })),
  ];
}

/**
 * Splits the Regions AWS lists for an account into those to look at and those left out, and why.
 *
 * @param seenBefore what a retry leaves out
 */
export function selectRegions(
  regions: readonly { name: string; enabled: boolean }[],
  scope: Scope,
  seenBefore: readonly string[] = [],
): { targets: string[]; excluded: { region: string; excluded: ExclusionReason }[] } {
  const targets: string[] = [];
  const excluded: { region: string; excluded: ExclusionReason }[] = [];
  for (const { name, enabled } of regions) {
    const isAsked = scope.regions.length === 0 || scope.regions.includes(name);
    if (!isAsked || seenBefore.includes(name))
      excluded.push({ region: name, excluded: 'REGION_NOT_IN_SCOPE' });
    else if (scope.excludeRegions.includes(name))
      excluded.push({ region: name, excluded: 'REGION_EXCLUDED' });
    else if (!enabled) excluded.push({ region: name, excluded: 'REGION_NOT_ENABLED' });
    else targets.push(name);
  }
  return { targets, excluded };
}

/**
 * The targets of one account. Global kinds are looked for in the partition's global Region only,
 * which becomes a target for them alone where it isn't in scope otherwise.
 */
export function expandTargets(
  accountId: string,
  regions: readonly string[],
  kinds: readonly { kind: string; reach: 'regional' | 'global' }[],
  globalRegion: string,
): Target[] {
  const looksGlobally = kinds.some(({ reach }) => reach === 'global');
  const all = new Set(looksGlobally ? [...regions, globalRegion] : regions);
  return [...all]
    .toSorted()
    .map((region) => ({
      accountId,
      region,
      kinds: kinds
        .filter(({ reach }) =>
          reach === 'global' ? region === globalRegion : regions.includes(region),
        )
        .map(({ kind }) => kind),
    }))
    .filter((target) => target.kinds.length > 0);
}

/**
 * The reason given for a gap that is known and wanted, or undefined. An entry that names Regions
 * doesn't cover an account as a whole.
 */
export function acceptedReason(
  gap: Place,
  { accepted }: Pick<Scope, 'accepted'>,
  accountPath: string | null,
): string | undefined {
  return accepted.find((entry) => covers(entry, gap, accountPath))?.reason;
}

/** Whether somebody said that nothing there refers to what other accounts have. */
export function refersToNothing(
  place: Place,
  { accepted }: Pick<Scope, 'accepted'>,
  accountPath: string | null,
): Pick<TargetOutcome, 'mayRefer'> {
  const says = accepted.some(
    (entry) => entry.mayRefer === false && covers(entry, place, accountPath),
  );
  return says ? { mayRefer: false } : {};
}

interface Place {
  readonly accountId: string;
  readonly region: string | null;
}

function covers(
  { accounts, organizationalUnits, regions }: AcceptedGap,
  { accountId, region }: Place,
  accountPath: string | null,
): boolean {
  return (
    (accounts === undefined || accounts.includes(accountId)) &&
    (organizationalUnits === undefined || isInAny(accountPath, organizationalUnits)) &&
    (regions === undefined || (region !== null && regions.includes(region)))
  );
}

function isInAny(path: string | null, units: readonly string[]): boolean {
  const segments = path?.split('/') ?? [];
  return units.some((unit) => segments.includes(unit));
}
