import { mergeShares, NO_SHARE } from '../../core/summary/breakdown.ts';
import type { Share, Summary } from '../../core/summary/summary.ts';
import { wordsIn } from '../../core/words/words-in.ts';

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
  const { input, counts } = summary;
  const kinds = input.kinds.filter((kind) => !isOnlyReported(summary, kind));
  if (kinds.length === input.kinds.length) return summary;
  const { stale, resources, ...worth } = shareOf(kinds, summary);
  const verdicts = { ...counts.verdicts, STALE: stale };
  return {
    ...summary,
    input: { ...input, kinds },
    byKind: Object.fromEntries(
      Object.entries(summary.byKind).filter(([kind]) => kinds.includes(kind)),
    ),
    counts: { ...counts, ...worth, resources, verdicts },
  };
}

function shareOf(kinds: readonly string[], { byKind }: Pick<Summary, 'byKind'>): Share {
  return kinds
    .flatMap((kind): Share[] => {
      const of = byKind[kind];
      return of === undefined ? [] : [of];
    })
    .reduce(mergeShares, NO_SHARE);
}

function isOnlyReported(summary: Of, kind: string): boolean {
  return wordsIn(summary)[kind]?.isOnlyReported === true;
}
