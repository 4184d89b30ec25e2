import { fault } from '../input/bad-input.ts';
import { InvalidInput } from '../model/errors.ts';
import type { PolicyOverride, Scope } from '../input/input.ts';
import type { OrgAccount } from '../model/org-account.ts';

const LISTED_OUS = 20;

/**
 * @param known every Region AWS lists, enabled or not
 * @throws {InvalidInput} when the scope names a Region that isn't among them
 */
export function refuseUnknownRegions(scope: Scope, known: readonly string[]): void {
  const named = [
    ...entries('regions', scope.regions),
    ...entries('excludeRegions', scope.excludeRegions),
    ...scope.accepted.flatMap((gap, i) => entries(`accepted[${i}].regions`, gap.regions ?? [])),
  ];
  refuse(named, new Set(known), known.toSorted().join(', '));
}

/** @throws {InvalidInput} when the scope names an account the organization hasn't */
export function refuseUnknownAccounts(accounts: readonly OrgAccount[], scope: Scope): void {
  const named = [
    ...entries('accounts', scope.accounts),
    ...entries('excludeAccounts', scope.excludeAccounts),
    ...scope.accepted.flatMap((gap, i) => entries(`accepted[${i}].accounts`, gap.accounts ?? [])),
  ];
  refuseAccounts(named, accounts);
}

/** @throws {InvalidInput} when the scope names an OU without accounts, or the accounts' paths aren't known */
export function refuseUnknownUnits(accounts: readonly OrgAccount[], scope: Scope): void {
  const named = [
    ...entries('organizationalUnits', scope.organizationalUnits),
    ...scope.accepted.flatMap((gap, i) =>
      entries(`accepted[${i}].organizationalUnits`, gap.organizationalUnits ?? []),
    ),
  ];
  refuseUnits(named, accounts);
}

/**
 * Not being in this execution's scope is no fault: overrides are written once, for all executions.
 *
 * @throws {InvalidInput} when an override names an account the organization hasn't, or an OU
 *   without accounts: a policy that was to protect it would silently hold nowhere
 */
export function refuseUnknownInOverrides(
  accounts: readonly OrgAccount[],
  overrides: readonly PolicyOverride[],
): void {
  const named = (list: 'accounts' | 'organizationalUnits') =>
    overrides.flatMap((override, i) =>
      entriesOf(`input.policyOverrides[${i}].${list}`, override[list] ?? []),
    );
  refuseAccounts(named('accounts'), accounts);
  refuseUnits(named('organizationalUnits'), accounts);
}

function refuseAccounts(named: readonly Named[], accounts: readonly OrgAccount[]): void {
  refuse(named, new Set(accounts.map(({ id }) => id)), 'an account of this organization');
}

function refuseUnits(named: readonly Named[], accounts: readonly OrgAccount[]): void {
  const first = named[0];
  if (first === undefined) return;
  if (accounts.some(({ path }) => path === null)) {
    throw new InvalidInput(
      fault(first.path, first.value, "accounts only, as the accounts' OU paths aren't known here"),
    );
  }
  const known = new Set(
    accounts.flatMap(({ path }) => path?.split('/') ?? []).filter((id) => id.startsWith('ou-')),
  );
  const ids = [...known].toSorted();
  const more = ids.length - LISTED_OUS;
  const listed = [...ids.slice(0, LISTED_OUS), ...(more > 0 ? [`and ${more} more`] : [])];
  refuse(named, known, `an OU with accounts in it: ${listed.join(', ')}`);
}

interface Named {
  path: string;
  value: string;
}

function entries(list: string, values: readonly string[]): Named[] {
  return entriesOf(`input.scope.${list}`, values);
}

function entriesOf(path: string, values: readonly string[]): Named[] {
  return values.map((value, i) => ({ path: `${path}[${i}]`, value }));
}

function refuse(named: readonly Named[], known: ReadonlySet<string>, accepted: string): void {
  const unknown = named.filter(({ value }) => !known.has(value)).slice(0, 5);
  if (unknown.length === 0) return;
  throw new InvalidInput(unknown.map(({ path, value }) => fault(path, value, accepted)).join('; '));
}
