import { add } from '../model/amount.ts';
import { mergeShares } from './breakdown.ts';
import { compare } from '../model/order.ts';
import { unitsOnPath } from '../scope/organizational-units.ts';
import type { TargetOutcome } from '../outcome/outcome.ts';
import type { Summary } from './summary.ts';
import { targetKey } from '../model/target.ts';

type Units = Summary['byOrganizationalUnit'];

/** The shares of the units that accounts are directly in, by the paths that Organizations gives. */
export function byOrganizationalUnit(
  byAccount: Summary['byAccount'],
  known: {
    readonly accounts: readonly { readonly id: string; readonly path: string | null }[];
    readonly organizationalUnitNames: Readonly<Record<string, string>>;
  },
): Units {
  const unitOf = new Map(known.accounts.map(({ id, path }) => [id, unitsOnPath(path).at(-1)]));
  const units = new Map<string, Units[string]>();
  for (const [accountId, { accountName: _accountName, ...share }] of Object.entries(byAccount)) {
    const unit = unitOf.get(accountId);
    if (unit === undefined) continue;
    const before = units.get(unit);
    const name = known.organizationalUnitNames[unit] ?? null;
    units.set(
      unit,
      before === undefined
        ? { ...share, name, accounts: 1 }
        : { ...mergeShares(before, share), name, accounts: before.accounts + 1 },
    );
  }
  return Object.fromEntries([...units].toSorted(([a], [b]) => compare(a, b)));
}

export function staleGiBByTarget(outcomes: readonly TargetOutcome[]): Summary['staleGiBByTarget'] {
  const byAccount: Record<string, Record<string, number>> = {};
  const inOrder = outcomes.toSorted((a, b) => compare(targetKey(a), targetKey(b)));
  for (const { accountId, region, kinds } of inOrder) {
    const staleGiB = Object.values(kinds).reduce((sum, counts) => add(sum, counts.staleGiB), 0);
    if (region === null || staleGiB === 0) continue;
    const regions = (byAccount[accountId] ??= {});
    regions[region] = add(regions[region] ?? 0, staleGiB);
  }
  return byAccount;
}
