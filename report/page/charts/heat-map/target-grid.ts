import { add } from '../../../../core/model/amount.ts';
import { compare } from '../../../../core/model/order.ts';
import type { TargetOutcome } from '../../../../core/outcome/outcome.ts';
import type { Summary } from '../../../../core/summary/summary.ts';
import { targetKey } from '../../../../core/model/target.ts';

const NAMED_ACCOUNTS = 40;

/** GiB; `none`: seen, nothing stale; `unseen`: not seen completely; null: not such a target, or not known. */
export type Cell = number | 'none' | 'unseen' | null;

export interface TargetGrid {
  readonly regions: readonly string[];
  readonly rows: readonly {
    readonly accountId: string;
    readonly name: string;
    readonly cells: readonly Cell[];
  }[];
  /** What the accounts without a row of their own come to, by Region; null: there are none. */
  readonly others: { readonly accounts: number; readonly cells: readonly number[] } | null;
  readonly accountsWithStale: number;
  /** Whether some of what is stale has no size, and so is in no cell. */
  readonly hasUnsized: boolean;
}

export type SeenTarget = Pick<TargetOutcome, 'accountId' | 'region' | 'status'>;

/** The accounts with the most stale GiB first; only Regions that have any. */
export function targetGrid(summary: Summary, seen: Iterable<SeenTarget> = []): TargetGrid {
  const regionSums = new Map<string, number>();
  const accounts = Object.entries(summary.staleGiBByTarget).map(([accountId, byRegion]) => {
    let staleGiB = 0;
    for (const [region, ofRegion] of Object.entries(byRegion)) {
      staleGiB = add(staleGiB, ofRegion);
      regionSums.set(region, add(regionSums.get(region) ?? 0, ofRegion));
    }
    return { accountId, byRegion, staleGiB };
  });
  const regions = [...regionSums.keys()].toSorted(compare);
  const sorted = accounts
    .filter(({ staleGiB }) => staleGiB > 0)
    .toSorted((a, b) => b.staleGiB - a.staleGiB || compare(a.accountId, b.accountId));
  const named = sorted.slice(
    0,
    sorted.length === NAMED_ACCOUNTS + 1 ? sorted.length : NAMED_ACCOUNTS,
  );
  const others = sorted.slice(named.length);
  const statuses = statusesOf(summary, seen);
  return {
    regions,
    rows: named.map(({ accountId, byRegion }) => ({
      accountId,
      name: summary.byAccount[accountId]?.accountName ?? accountId,
      cells: regions.map((region) => byRegion[region] ?? statuses(accountId, region)),
    })),
    others:
      others.length === 0
        ? null
        : {
            accounts: others.length,
            cells: regions.map((region) =>
              others.reduce((sum, { byRegion }) => add(sum, byRegion[region] ?? 0), 0),
            ),
          },
    accountsWithStale: sorted.length,
    hasUnsized: Object.values(summary.byKind).some(
      ({ stale, staleGiB }) => stale > 0 && staleGiB === 0,
    ),
  };
}

/** Of a target without stale resources. */
function statusesOf({ coverage }: Summary, seen: Iterable<SeenTarget>) {
  const complete = new Set<string>();
  const gaps = new Set([...coverage.gaps, ...coverage.acceptedGaps].map(targetKey));
  for (const target of seen) if (target.status === 'COMPLETE') complete.add(targetKey(target));
  return (accountId: string, region: string): Cell => {
    if (complete.has(targetKey({ accountId, region }))) return 'none';
    const isGap = [region, null].some((of) => gaps.has(targetKey({ accountId, region: of })));
    return isGap ? 'unseen' : null;
  };
}
