import { compare } from '../../core/model/order.ts';
import { groupBy } from '../../core/model/group-by.ts';
import type { Summary } from '../../core/summary/summary.ts';
import { wordsIn } from '../../core/words/words-in.ts';
import { capitalized } from '../format/layout.ts';
import { formatNoun } from '../format/money.ts';
import { nounOfKinds } from '../format/noun.ts';

type Of = Pick<Summary, 'notLookedAt' | 'blindSpots' | 'words' | 'reportFailure'>;

/** What could need a resource and was checked nowhere, of the kinds that `of` names. */
export interface NotChecked {
  /** "Snapshots and AMIs" */
  readonly of: string;
  readonly spots: readonly string[];
}

const BY_POLICY = 'Left out by the policy';
/** Of a summary that is older than its kinds' own lists. */
const OF_ANY = 'Any kind';

/** Each once: what the policy leaves out, what several kinds have in common, then what each has alone. */
export function notCheckedByKind(summary: Of): NotChecked[] {
  const { notLookedAt, blindSpots } = summary;
  if (blindSpots === undefined)
    return notLookedAt.length === 0 ? [] : [{ of: OF_ANY, spots: notLookedAt }];
  const kindsOf = new Map<string, string[]>();
  for (const [kind, spots] of Object.entries(blindSpots))
    for (const spot of new Set(spots)) kindsOf.set(spot, [...(kindsOf.get(spot) ?? []), kind]);
  const skipped = notLookedAt.filter((one) => !kindsOf.has(one));
  const groups = groupBy([...kindsOf], ([, kinds]) => kinds.toSorted(compare).join(' '));
  return [
    ...(skipped.length === 0 ? [] : [{ of: BY_POLICY, spots: skipped }]),
    ...groups
      .toSorted(([a], [b]) => (b?.[1].length ?? 0) - (a?.[1].length ?? 0))
      .map((group) => ({
        of: named(group[0]?.[1] ?? [], summary),
        spots: group.map(([spot]) => spot),
      })),
  ];
}

function named(kinds: readonly string[], summary: Of): string {
  const words = wordsIn(summary);
  const names = kinds.map((kind) => nounOfKinds([kind], words).many);
  return capitalized([names.slice(0, -1).join(', '), names.at(-1)].filter(Boolean).join(' and '));
}

/** "Not checked: 22 possible uses of a resource, listed on the page" */
export function notCheckedInShort(summary: Of): string | undefined {
  const spots = notCheckedByKind(summary).flatMap((group) => group.spots).length;
  if (spots === 0) return undefined;
  const where =
    summary.reportFailure === null ? 'listed on the page' : 'see notLookedAt in summary.json';
  return `Not checked: ${formatNoun(spots, 'possible use')} of a resource, ${where}`;
}
