import { mostOf } from '../../../../core/model/order.ts';
import type { VerdictName } from '../../../../core/model/verdict.ts';
import type { Summary } from '../../../../core/summary/summary.ts';
import { formatCount, formatNoun } from '../../../format/money.ts';
import { findingsLink } from '../../findings/filter-link.ts';
import type { Chart } from '../../markup/chart.ts';
import { type Content, markup } from '../../markup/markup.ts';
import type { ColorName } from '../../markup/palette.ts';
import { type BarGroup, type BarRow, barTable } from './bar-table.ts';
import { type ReasonCount, reasonCounts } from './reason-counts.ts';

interface Group {
  readonly verdict: VerdictName | null;
  readonly heading: string;
  readonly color: ColorName;
}

/** What somebody may do something about. */
const OPEN: readonly Group[] = [
  { verdict: 'STALE', heading: 'Unused', color: 'c-stale' },
  { verdict: 'UNKNOWN', heading: 'Unknown, and so kept', color: 'c-unknown' },
];
/** Of these there are dozens, and nothing to do. */
const FOLDED: readonly Group[] = [
  { verdict: 'KEEP', heading: 'Kept', color: 'c-kept' },
  { verdict: null, heading: 'Other reasons', color: 'c-kept' },
];

const COLUMNS = ['reason', 'resources'];

/** Why resources are unused, kept or unknown, the most frequent first. */
export function reasonsChart(summary: Summary): Chart | null {
  const { counts } = summary;
  const reasons = reasonCounts(summary);
  if (reasons.length === 0) return null;
  const { STALE, KEEP, UNKNOWN } = counts.verdicts;
  const title = 'Why they are unused, kept or unknown';
  const open = groupsOf(OPEN, reasons, summary);
  return {
    ...{ id: 'reasons', title },
    description: `${formatCount(STALE)} unused, ${formatCount(KEEP)} kept, ${formatCount(UNKNOWN)} unknown. A resource may have several reasons, and counts in each.`,
    body: markup`${open.length === 0 ? null : barTable(title, COLUMNS, open)}
    ${folded(groupsOf(FOLDED, reasons, summary))}`,
  };
}

function folded(groups: readonly BarGroup[]): Content {
  const count = groups.reduce((sum, { rows }) => sum + rows.length, 0);
  if (count === 0) return null;
  return markup`<details>
    <summary>${formatNoun(count, 'reason')} to keep resources</summary>
    ${barTable('Why resources are kept', COLUMNS, groups)}
  </details>`;
}

function groupsOf(
  groups: readonly Group[],
  reasons: readonly ReasonCount[],
  { counts }: Pick<Summary, 'counts'>,
): BarGroup[] {
  return groups
    .map(({ verdict, heading, color }): BarGroup => {
      const own = reasons.filter((reason) => reason.verdict === verdict);
      const longest = mostOf(own.map(({ count }) => count));
      const of = verdict === null ? '' : `: ${formatCount(counts.verdicts[verdict])}`;
      return {
        ...{ heading: `${heading}${of}`, color },
        rows: own.map((reason) => rowOf(reason, longest)),
      };
    })
    .filter(({ rows }) => rows.length > 0);
}

function rowOf({ verdict, reason, label, count, kinds }: ReasonCount, longest: number): BarRow {
  // What is plainly in use is in no list of findings.
  const link =
    verdict === 'KEEP' || verdict === null ? undefined : { reason, kind: kinds, verdict };
  return {
    name: label,
    ...(link && { link: findingsLink(link) }),
    ...(label !== reason && { more: reason }),
    share: count / longest,
    figures: [formatCount(count)],
  };
}
