import { addWorth, mostWorthFirst, NO_WORTH, type Worth } from '../../../../core/model/amount.ts';
import { compare } from '../../../../core/model/order.ts';
import { targetKey } from '../../../../core/model/target.ts';
import type { TargetOutcome } from '../../../../core/outcome/outcome.ts';
import type { Summary } from '../../../../core/summary/summary.ts';
import { worthOfStale } from '../../../../core/summary/worth.ts';
import { firstOf } from '../first-of.ts';

const NAMED_ACCOUNTS = 20;
const NAMED_REGIONS = 12;

export type SeenTarget = Pick<TargetOutcome, 'accountId' | 'region' | 'status' | 'kinds'>;

/** What of an account and Region is unused. */
export interface Unused {
  readonly worth: Worth;
  readonly resources: number;
}

/** `none`: scanned, nothing unused; `unseen`: not scanned completely; null: no such target. */
export type Cell = (Unused & { readonly isPartial: boolean }) | 'none' | 'unseen' | null;

interface Row {
  readonly total: Unused;
  readonly cells: readonly Cell[];
  /** In Regions without a column; null: there is no such column. */
  readonly elsewhere: Unused | null;
}

export interface TargetGrid {
  /** What most is unused in first. */
  readonly regions: readonly string[];
  readonly otherRegions: number;
  /** What has most unused first. */
  readonly rows: readonly (Row & { readonly accountId: string; readonly name: string | null })[];
  /** What the accounts without a row come to; null: there are none. */
  readonly others: (Row & { readonly accounts: number }) | null;
  readonly accountsWithUnused: number;
}

/** Accounts and Regions that have something unused, and what each has of it. */
export function targetGrid(summary: Summary, seen: Iterable<SeenTarget>): TargetGrid {
  const { unused, complete } = countedOf(seen);
  const byRegion = new Map<string, Unused>();
  for (const regions of unused.values())
    for (const [region, of] of regions) byRegion.set(region, sumOf([byRegion.get(region), of]));
  const { first: regions, rest: elsewhere } = firstOf(
    [...byRegion].toSorted(mostFirst).map(([region]) => region),
    NAMED_REGIONS,
  );
  const accounts = [...unused]
    .map(([accountId, of]) => [accountId, sumOf([...of.values()])] as const)
    .toSorted(mostFirst);
  const { first, rest } = firstOf(accounts, NAMED_ACCOUNTS);
  const restOf = (of: ReadonlyMap<string, Unused> | undefined) =>
    elsewhere.length === 0 ? null : sumOf(elsewhere.map((region) => of?.get(region)));
  const gaps = new Set([...summary.coverage.gaps, ...summary.coverage.acceptedGaps].map(targetKey));
  const isGap = (accountId: string, region: string) =>
    [region, null].some((of) => gaps.has(targetKey({ accountId, region: of })));
  const cellOf = (accountId: string, region: string): Cell => {
    const of = unused.get(accountId)?.get(region);
    const isPartial = isGap(accountId, region);
    if (of !== undefined) return { ...of, isPartial };
    if (isPartial) return 'unseen';
    return complete.has(targetKey({ accountId, region })) ? 'none' : null;
  };
  const ofRest = new Map(
    [...byRegion.keys()].map((region) => [
      region,
      sumOf(rest.map(([accountId]) => unused.get(accountId)?.get(region))),
    ]),
  );
  return {
    regions,
    otherRegions: elsewhere.length,
    rows: first.map(([accountId, total]) => ({
      ...{ accountId, name: summary.byAccount[accountId]?.accountName ?? null, total },
      cells: regions.map((region) => cellOf(accountId, region)),
      elsewhere: restOf(unused.get(accountId)),
    })),
    others:
      rest.length === 0
        ? null
        : {
            accounts: rest.length,
            total: sumOf(rest.map(([, of]) => of)),
            cells: regions.map((region) => summedCell(ofRest.get(region))),
            elsewhere: restOf(ofRest),
          },
    accountsWithUnused: accounts.length,
  };
}

function countedOf(seen: Iterable<SeenTarget>) {
  const unused = new Map<string, Map<string, Unused>>();
  const complete = new Set<string>();
  for (const { accountId, region, status, kinds } of seen) {
    if (region === null) continue;
    if (status === 'COMPLETE') complete.add(targetKey({ accountId, region }));
    const of = Object.values(kinds).map((counts): Unused => ({
      worth: worthOfStale(counts),
      resources: counts.verdicts.STALE,
    }));
    const sum = sumOf(of);
    if (sum.resources === 0) continue;
    const regions = unused.get(accountId) ?? new Map<string, Unused>();
    regions.set(region, sumOf([regions.get(region), sum]));
    unused.set(accountId, regions);
  }
  return { unused, complete };
}

const NOTHING: Unused = { worth: NO_WORTH, resources: 0 };

function sumOf(all: readonly (Unused | undefined)[]): Unused {
  return all.reduce<Unused>(
    (sum, of) =>
      of === undefined
        ? sum
        : {
            worth: addWorth(sum.worth, of.worth),
            resources: sum.resources + of.resources,
          },
    NOTHING,
  );
}

function summedCell(of: Unused | undefined): Cell {
  return of === undefined || of.resources === 0 ? 'none' : { ...of, isPartial: false };
}

function mostFirst([a, ofA]: readonly [string, Unused], [b, ofB]: readonly [string, Unused]) {
  return mostWorthFirst(ofA.worth, ofB.worth) || ofB.resources - ofA.resources || compare(a, b);
}
