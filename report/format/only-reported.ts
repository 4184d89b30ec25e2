import { compare } from '../../core/model/order.ts';
import { mergeShares, NO_SHARE } from '../../core/summary/breakdown.ts';
import { freedOfBoth } from '../../core/summary/counts.ts';
import type { Funnel } from '../../core/summary/funnel/funnel.ts';
import type { Ends, Share, Summary } from '../../core/summary/summary.ts';
import { mostStaleFirst } from '../../core/summary/worth.ts';
import { wordsIn } from '../../core/words/words-in.ts';
import { countOf, countOfKinds } from './noun.ts';

/** What of a summary is of kinds that orgsweep removes none of. */
export interface OnlyReported extends Share {
  readonly kinds: readonly string[];
}

type Of = Pick<Summary, 'words' | 'byKind' | 'input'>;

export function onlyReported(summary: Of): OnlyReported {
  const kinds = summary.input.kinds.filter((kind) => isOnlyReported(summary, kind));
  return { kinds, ...shareOf(kinds, summary) };
}

/**
 * The same summary as of the kinds that something can be removed of: a way out, a plan and what they
 * come to are of these alone.
 */
export function ofRemovable(summary: Summary): Summary {
  return ofKinds(
    summary,
    summary.input.kinds.filter((kind) => !isOnlyReported(summary, kind)),
  );
}

/**
 * The kinds whose part of the funnel is told each by itself, what has most unused first; none where it
 * is of one alone, or of a file that doesn't tell.
 */
export function kindsOnTheirWay({ funnelByKind = {}, byKind }: Summary): string[] {
  const kinds = Object.keys(funnelByKind)
    .filter((kind) => (byKind[kind]?.resources ?? 0) > 0)
    .toSorted((a, b) => mostStaleFirst(shareIn(byKind, a), shareIn(byKind, b)) || compare(a, b));
  return kinds.length < 2 ? [] : kinds;
}

/** "1 volume and 2 snapshots"; where nobody tells of which kinds, of all. */
export function countByKind(summary: Summary, count: (funnel: Funnel) => number): string {
  const { funnelByKind = {}, funnel } = summary;
  const each = kindsOnTheirWay(summary).flatMap((kind) => {
    const of = funnelByKind[kind];
    const own = of === undefined ? 0 : count(of);
    return own === 0 ? [] : [countOfKinds(own, [kind], wordsIn(summary))];
  });
  return each.length > 0
    ? each.join(' and ')
    : countOf(funnel === null ? 0 : count(funnel), summary);
}

/** The same summary as of one kind: its own funnel, and how its own removals ended. */
export function ofKind(summary: Summary, kind: string): Summary {
  const { funnelByKind, funnel, removals } = summary;
  const ends = removals.byKind?.[kind] ?? (removals.byKind && NONE_ENDED);
  return {
    ...ofKinds(summary, [kind]),
    funnel: funnelByKind?.[kind] ?? funnel,
    removals: { ...removals, ...ends },
  };
}

const NONE_ENDED: Ends = {
  planned: 0,
  byOutcome: {
    ...{ REMOVED: 0, ALREADY_GONE: 0, NO_LONGER_STALE: 0, PROTECTED: 0, DENIED: 0, FAILED: 0 },
    ...{ NOT_ATTEMPTED: 0, STEP_DONE: 0 },
  },
  ...{ removedGiB: 0, removedMonthlyCostUsdUpTo: 0, removedUnpricedGiB: 0 },
  ...{ removedUnpricedUnsized: 0, restorable: 0, restorableUntil: null },
};

/** What is counted, as of these kinds; the plan and what came of it are of all. */
export function ofKinds(summary: Summary, kinds: readonly string[]): Summary {
  const { input, counts, byKind } = summary;
  if (kinds.length === input.kinds.length) return summary;
  const { frees: _ofAll, ...others } = counts;
  const { stale, resources, ...worth } = shareOf(kinds, summary);
  const verdicts = { ...counts.verdicts, STALE: stale };
  return {
    ...summary,
    input: { ...input, kinds: [...kinds] },
    byKind: Object.fromEntries(Object.entries(byKind).filter(([kind]) => kinds.includes(kind))),
    counts: { ...others, ...freedBy(kinds, summary), ...worth, resources, verdicts },
  };
}

function freedBy(kinds: readonly string[], { byKind }: Pick<Summary, 'byKind'>) {
  return kinds.map((kind) => byKind[kind] ?? {}).reduce(freedOfBoth, {});
}

/** Whether all that was found is of kinds that are only reported. */
export function isAllOnlyReported(summary: Summary): boolean {
  const { resources } = onlyReported(summary);
  return resources > 0 && resources === summary.counts.resources;
}

/** Whether there is a way out for none of what is unused: orgsweep removes nothing of its kind. */
export function hasNoWayOut({ stale, onlyReported }: Funnel): boolean {
  return stale.resources > 0 && onlyReported?.resources === stale.resources;
}

function shareIn(byKind: Summary['byKind'], kind: string): Share {
  return byKind[kind] ?? NO_SHARE;
}

function shareOf(kinds: readonly string[], { byKind }: Pick<Summary, 'byKind'>): Share {
  return kinds
    .flatMap((kind): Share[] => {
      const of = byKind[kind];
      return of === undefined ? [] : [of];
    })
    .reduce(mergeShares, NO_SHARE);
}

export function isOnlyReported(summary: Of, kind: string): boolean {
  return wordsIn(summary)[kind]?.isOnlyReported === true;
}
