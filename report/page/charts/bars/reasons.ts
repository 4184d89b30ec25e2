import { groupBy } from '../../../../core/model/group-by.ts';
import { wordsIn } from '../../../../core/words/words-in.ts';
import type { KindWords, WordsByKind } from '../../../../core/words/kind-words.ts';
import { compare } from '../../../../core/model/order.ts';
import { formatCount } from '../../../format/money.ts';
import { reasonOf } from '../../../words/reason-words.ts';
import type { Summary } from '../../../../core/summary/summary.ts';
import type { VerdictName } from '../../../../core/model/verdict.ts';
import type { Chart } from '../../markup/chart.ts';
import { draw } from '../drawing/draw.ts';
import { fitted } from '../drawing/label.ts';
import type { ColorName } from '../../markup/palette.ts';
import { rankedBars } from './ranked-bars.ts';

/** Its words are longer than names. */
const WIDTH_PX = 680;

const GROUPS: readonly { verdict: VerdictName | null; heading: string; color: ColorName }[] = [
  { verdict: 'STALE', heading: 'Unused', color: 'c-stale' },
  { verdict: 'KEEP', heading: 'Kept', color: 'c-kept' },
  { verdict: 'UNKNOWN', heading: 'Unknown, and so kept', color: 'c-unknown' },
  { verdict: null, heading: 'Other reasons', color: 'c-kept' },
];

/** Why resources are stale, kept or unknown, the most frequent first. */
export async function reasonsChart(summary: Summary): Promise<Chart | null> {
  const { counts } = summary;
  const reasons = reasonsOf(summary).toSorted(
    (a, b) => b.count - a.count || compare(a.reason, b.reason),
  );
  if (reasons.length === 0) return null;
  const groups = GROUPS.map((group) => ({
    ...group,
    heading:
      group.verdict === null
        ? group.heading
        : `${group.heading}: ${formatCount(counts.verdicts[group.verdict])}`,
    bars: reasons
      .filter(({ verdict }) => verdict === group.verdict)
      .map(({ reason, label, count }) => ({
        ...{ label, value: count, text: formatCount(count), reason },
      })),
  })).filter(({ bars }) => bars.length > 0);
  const { STALE, KEEP, UNKNOWN } = counts.verdicts;
  const title = 'Why they are unused, kept or unknown';
  const description = `${formatCount(STALE)} unused, ${formatCount(KEEP)} kept, ${formatCount(UNKNOWN)} unknown. A resource may have several reasons, and counts in each.`;
  return {
    ...{ id: 'reasons', title, description, minWidthPx: 480 },
    svg: await draw(rankedBars(groups, WIDTH_PX), `${title}. ${description}`),
    table: {
      columns: ['verdict', 'reason', 'code', 'resources'],
      rows: groups.flatMap(({ verdict, bars }) =>
        bars.map(({ label, reason, text }) => [verdict ?? '', label, reason, text]),
      ),
    },
  };
}

interface Reason {
  /** null: nobody knows any more. */
  readonly verdict: VerdictName | null;
  readonly reason: string;
  readonly label: string;
  readonly count: number;
}

/** Those of each kind in its own words; what two kinds say alike is one. */
function reasonsOf(summary: Summary): Reason[] {
  const { counts, byKind } = summary;
  const words = wordsIn(summary);
  const told = Object.entries(byKind).flatMap(([kind, { reasonsByVerdict = {} }]) =>
    (Object.keys(reasonsByVerdict) as VerdictName[]).flatMap((verdict) =>
      Object.entries(reasonsByVerdict[verdict] ?? {}).map(([reason, count]): Reason => ({
        ...{ verdict, reason, count, label: labelOf(words[kind], reason) },
      })),
    ),
  );
  return isToldOfAll(summary) ? added(told) : reasonsByWords(counts.reasons, words);
}

function isToldOfAll({ byKind, counts }: Summary): boolean {
  const shares = Object.values(byKind).filter(({ reasonsByVerdict }) => reasonsByVerdict);
  return shares.reduce((sum, { resources }) => sum + resources, 0) === counts.resources;
}

function added(reasons: readonly Reason[]): Reason[] {
  const alike = groupBy(reasons, ({ verdict, reason, label }) => `${verdict} ${reason} ${label}`);
  return alike.flatMap((of) => {
    const [first] = of;
    return first === undefined
      ? []
      : [{ ...first, count: of.reduce((sum, { count }) => sum + count, 0) }];
  });
}

/** An older file counts them without their verdicts, which the words know. */
function reasonsByWords(counted: Readonly<Record<string, number>>, words: WordsByKind): Reason[] {
  return Object.entries(counted)
    .filter(([, count]) => count > 0)
    .map(([reason, count]) => {
      const own = Object.values(words).find((one) => reasonOf(one, reason).verdict !== null);
      const { verdict } = reasonOf(own, reason);
      return { verdict, reason, count, label: labelOf(own, reason) };
    });
}

function labelOf(own: KindWords | undefined, reason: string): string {
  return reasonOf(own, reason).says ?? fitted(reason, 400);
}
