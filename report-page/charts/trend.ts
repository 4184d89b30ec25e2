import type { TrendPoint } from '../../core/change.ts';
import { compare } from '../../core/order.ts';
import { formatCount, formatGiB, formatNoun, formatUsdUpTo } from '../../core/report/money.ts';
import type { Summary } from '../../core/summary.ts';
import type { Chart } from './chart.ts';
import { draw } from './draw.ts';
import { trendDrawing } from './trend-drawing.ts';

/** What was stale and removed in this execution and earlier ones of the same scope. */
export async function trendChart({ trend }: Summary): Promise<Chart | null> {
  const points = trend.toSorted((a, b) => compare(a.finishedAt, b.finishedAt));
  const [first, last] = [points[0], points.at(-1)];
  if (points.length < 2 || first === undefined || last === undefined) return null;
  const incomplete = points.filter(isIncomplete).length;
  const title = 'Trend over executions';
  const description = [
    `Stale went from ${formatGiB(first.staleGiB)} on ${dayOf(first)} to ${formatGiB(last.staleGiB)} on ${dayOf(last)}, in ${formatCount(points.length)} executions.`,
    incomplete === 0
      ? 'All of them saw everything in scope.'
      : `${formatNoun(incomplete, 'execution')} (hollow diamonds) did not see everything, so more may have been stale.`,
  ].join(' ');
  return {
    ...{ id: 'trend', title, description, minWidthPx: 340 },
    svg: await draw(trendDrawing(points.map(toDrawn)), `${title}. ${description}`),
    table: {
      columns: [
        ...['execution', 'finished (UTC)', 'seen completely', 'stale', 'stale GiB'],
        ...['USD a month, up to', 'removed', 'removed GiB'],
      ],
      rows: points.map((point) => [
        point.executionId,
        point.finishedAt.slice(0, 16).replace('T', ' '),
        `${formatCount(point.complete)} of ${formatCount(point.inScope)}`,
        formatCount(point.stale),
        formatGiB(point.staleGiB),
        point.staleMonthlyCostUsdUpTo === 0 && point.unpricedGiB > 0
          ? 'not known'
          : formatUsdUpTo(point.staleMonthlyCostUsdUpTo),
        formatCount(point.removed),
        formatGiB(point.removedGiB),
      ]),
    },
  };
}

function isIncomplete({ complete, inScope }: TrendPoint): boolean {
  return complete < inScope || inScope === 0;
}

function dayOf({ finishedAt }: TrendPoint): string {
  return finishedAt.slice(0, 10);
}

function toDrawn(point: TrendPoint) {
  const { finishedAt, staleGiB, removedGiB } = point;
  return {
    ...{ at: Date.parse(finishedAt), staleGiB, removedGiB },
    isIncomplete: isIncomplete(point),
  };
}
