import { compare } from '../../../../core/model/order.ts';
import { formatCount } from '../../../format/money.ts';
import { REASON_WORDS, verdictOf } from '../../../words/reason-words.ts';
import type { Summary } from '../../../../core/summary/summary.ts';
import type { VerdictName } from '../../../../core/model/verdict.ts';
import type { Chart } from '../drawing/chart.ts';
import { draw } from '../drawing/draw.ts';
import { fitted } from '../drawing/label.ts';
import type { ColorName } from '../drawing/palette.ts';
import { rankedBars } from './ranked-bars.ts';

/** Its words are longer than names. */
const WIDTH_PX = 680;

const GROUPS: readonly { verdict: VerdictName; heading: string; color: ColorName }[] = [
  { verdict: 'STALE', heading: 'Unused', color: 'c-stale' },
  { verdict: 'KEEP', heading: 'Kept', color: 'c-kept' },
  { verdict: 'UNKNOWN', heading: 'Unknown, and so kept', color: 'c-unknown' },
];

/** Why resources are stale, kept or unknown, the most frequent first. */
export async function reasonsChart({ counts }: Summary): Promise<Chart | null> {
  const reasons = Object.entries(counts.reasons)
    .filter(([, count]) => count > 0)
    .toSorted(([a, countOfA], [b, countOfB]) => countOfB - countOfA || compare(a, b));
  if (reasons.length === 0) return null;
  const groups = GROUPS.map((group) => ({
    ...group,
    heading: `${group.heading}: ${formatCount(counts.verdicts[group.verdict])}`,
    bars: reasons
      .filter(([reason]) => verdictOf(reason) === group.verdict)
      .map(([reason, count]) => ({
        ...{ label: inWords(reason), value: count, text: formatCount(count), reason },
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
        bars.map(({ label, reason, text }) => [verdict, label, reason, text]),
      ),
    },
  };
}

function inWords(reason: string): string {
  return Object.hasOwn(REASON_WORDS, reason)
    ? (REASON_WORDS[reason] ?? reason)
    : fitted(reason, 400);
}
