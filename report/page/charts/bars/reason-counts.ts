import { groupBy } from '../../../../core/model/group-by.ts';
import { compare, sortedUnique } from '../../../../core/model/order.ts';
import type { VerdictName } from '../../../../core/model/verdict.ts';
import type { Summary } from '../../../../core/summary/summary.ts';
import type { KindWords, WordsByKind } from '../../../../core/words/kind-words.ts';
import { wordsIn } from '../../../../core/words/words-in.ts';
import { reasonOf } from '../../../words/reason-words.ts';

export interface ReasonCount {
  /** null: nobody knows any more. */
  readonly verdict: VerdictName | null;
  readonly reason: string;
  readonly label: string;
  readonly count: number;
  /** Whose resources they are; none in files that don't tell. */
  readonly kinds: readonly string[];
}

/** The most frequent first. Those of each kind in its own words; what two kinds say alike is one. */
export function reasonCounts(summary: Summary): ReasonCount[] {
  const { counts, byKind } = summary;
  const words = wordsIn(summary);
  const told = Object.entries(byKind).flatMap(([kind, { reasonsByVerdict = {} }]) =>
    (Object.keys(reasonsByVerdict) as VerdictName[]).flatMap((verdict) =>
      Object.entries(reasonsByVerdict[verdict] ?? {}).map(([reason, count]): ReasonCount => ({
        ...{ verdict, reason, count, label: labelOf(words[kind], reason), kinds: [kind] },
      })),
    ),
  );
  const all = isToldOfAll(summary) ? added(told) : reasonsByWords(counts.reasons, words);
  return all.toSorted((a, b) => b.count - a.count || compare(a.reason, b.reason));
}

function isToldOfAll({ byKind, counts }: Summary): boolean {
  const shares = Object.values(byKind).filter(({ reasonsByVerdict }) => reasonsByVerdict);
  return shares.reduce((sum, { resources }) => sum + resources, 0) === counts.resources;
}

function added(reasons: readonly ReasonCount[]): ReasonCount[] {
  const alike = groupBy(reasons, ({ verdict, reason, label }) => `${verdict} ${reason} ${label}`);
  return alike.flatMap((of) => {
    const [first] = of;
    if (first === undefined) return [];
    const count = of.reduce((sum, one) => sum + one.count, 0);
    return [{ ...first, count, kinds: sortedUnique(of.flatMap(({ kinds }) => kinds)) }];
  });
}

/** An older file counts them without their verdicts, which the words know. */
function reasonsByWords(
  counted: Readonly<Record<string, number>>,
  words: WordsByKind,
): ReasonCount[] {
  return Object.entries(counted)
    .filter(([, count]) => count > 0)
    .map(([reason, count]) => {
      const own = Object.values(words).find((one) => reasonOf(one, reason).verdict !== null);
      const { verdict } = reasonOf(own, reason);
      return { verdict, reason, count, label: labelOf(own, reason), kinds: [] };
    });
}

function labelOf(own: KindWords | undefined, reason: string): string {
  return reasonOf(own, reason).says ?? reason;
}
