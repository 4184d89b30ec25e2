import { adviceOfBoth } from '../outcome/advice.ts';
import { emptyCounts, freedOfBoth, mergeCounts, mergeRecords, reasonsOfBoth } from './counts.ts';
import type { KindCounts, TargetOutcome } from '../outcome/outcome.ts';
import { compare } from '../model/order.ts';
import type { Share, Summary } from './summary.ts';
import { addStaleWorth, toStaleWorth, worthOfStale } from './worth.ts';

/** The counted part of a summary: the total, and its shares by kind, account and Region. */
export type Breakdown = Pick<Summary, 'counts' | 'byKind' | 'byAccount' | 'byRegion'>;

type KindShare = Breakdown['byKind'][string];
type AccountShare = Breakdown['byAccount'][string];

/** @internal Part of a law that a test holds. */
export function emptyBreakdown(): Breakdown {
  return { counts: emptyCounts(), byKind: {}, byAccount: {}, byRegion: {} };
}

/** @internal Part of a law that a test holds. */
export function breakdownOf(outcome: TargetOutcome): Breakdown {
  const { accountId, accountName = null, region } = outcome;
  const kinds = Object.entries(outcome.kinds);
  if (kinds.length === 0) return emptyBreakdown();
  const counts = kinds.map(([, of]) => of).reduce(mergeCounts, emptyCounts());
  const share = shareOf(counts);
  return {
    counts,
    byKind: Object.fromEntries(kinds.map(([kind, of]) => [kind, kindShareOf(of)])),
    byAccount: { [accountId]: { ...share, accountName } },
    byRegion: region === null ? {} : { [region]: share },
  };
}

/** Halves at a time: in a row, every merge would copy the shares of all accounts seen so far. */
export function breakdownOfAll(outcomes: readonly TargetOutcome[]): Breakdown {
  const [only] = outcomes;
  if (only === undefined) return emptyBreakdown();
  if (outcomes.length === 1) return breakdownOf(only);
  const middle = Math.ceil(outcomes.length / 2);
  return mergeBreakdowns(
    breakdownOfAll(outcomes.slice(0, middle)),
    breakdownOfAll(outcomes.slice(middle)),
  );
}

/**
 * Associative and commutative, with `emptyBreakdown()` as its identity.
 *
 * @internal Part of a law that a test holds.
 */
export function mergeBreakdowns(a: Breakdown, b: Breakdown): Breakdown {
  return {
    counts: mergeCounts(a.counts, b.counts),
    byKind: mergeRecords(a.byKind, b.byKind, mergeKindShares),
    byAccount: mergeRecords(a.byAccount, b.byAccount, mergeAccountShares),
    byRegion: mergeRecords(a.byRegion, b.byRegion, mergeShares),
  };
}

function shareOf(counts: KindCounts): Share {
  return {
    resources: counts.resources,
    stale: counts.verdicts.STALE,
    ...toStaleWorth(worthOfStale(counts)),
  };
}

export const NO_SHARE: Share = shareOf(emptyCounts());

function kindShareOf(counts: KindCounts): KindShare {
  const { reasonsByVerdict, advice, frees } = counts;
  return {
    ...shareOf(counts),
    ...(reasonsByVerdict && { reasonsByVerdict }),
    ...(advice && { advice }),
    ...(frees && { frees }),
  };
}

function mergeKindShares(a: KindShare, b: KindShare): KindShare {
  return {
    ...mergeShares(a, b),
    ...reasonsOfBoth(a, b),
    ...adviceOfBoth(a, b),
    ...freedOfBoth(a, b),
  };
}

export function mergeShares(a: Share, b: Share): Share {
  return {
    resources: a.resources + b.resources,
    stale: a.stale + b.stale,
    ...addStaleWorth(a, b),
  };
}

function mergeAccountShares(a: AccountShare, b: AccountShare): AccountShare {
  return { ...mergeShares(a, b), accountName: firstName(a.accountName, b.accountName) };
}

/** An account has one name; should two be told, the same one wins in whatever order. */
function firstName(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return compare(a, b) <= 0 ? a : b;
}
