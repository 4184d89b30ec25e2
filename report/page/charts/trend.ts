import { compare } from '../../../core/model/order.ts';
import { formatCount, formatSize, formatNoun } from '../../format/money.ts';
import type { Summary, TrendPoint } from '../../../core/summary/summary.ts';
import type { Chart } from '../markup/chart.ts';
import { addedSizes } from './added-sizes.ts';
import { draw } from './drawing/draw.ts';
import { trendDrawing } from './trend-drawing.ts';
import { worthOfStale } from '../../../core/summary/worth.ts';
import { costInCell, sizeInWords } from '../../words/worth-words.ts';

/** What was stale and removed in this execution and earlier ones of the same scope. */
export async function trendChart(summary: Summary): Promise<Chart | null> {
  const { trend } = summary;
  const points = trend.toSorted((a, b) => compare(a.finishedAt, b.finishedAt));
  const hasSizes = points.some((point) => sizeOf(point) !== undefined);
  if (points.length < 2 || !hasSizes) return null;
  const title = 'Trend over runs';
  const description = [changeOf(points), ...unseenOf(points), ...sizesIn(summary)].join(' ');
  return {
    ...{ id: 'trend', title, description, minWidthPx: 340 },
    svg: await draw(trendDrawing(points.map(toDrawn)), `${title}. ${description}`),
    table: {
      columns: [
        ...['run', 'finished (UTC)', 'scanned', 'unused', 'unused, size'],
        ...['cost a month, up to', 'deleted', 'deleted, size'],
      ],
      rows: points.map((point) => [
        point.executionId,
        point.finishedAt.slice(0, 16).replace('T', ' '),
        `${formatCount(point.complete)} of ${formatCount(point.inScope)}`,
        formatCount(point.stale),
        sizeOf(point) ?? '',
        costInCell(worthOfStale(point), 'not known'),
        formatCount(point.removed),
        point.removed > 0 && point.removedGiB === 0 ? '' : formatSize(point.removedGiB),
      ]),
    },
  };
}

function sizesIn(summary: Summary): string[] {
  const added = addedSizes(summary);
  const jump = 'A run that was the first to look at one of them shows more for that alone.';
  return added.length === 0 ? [] : [...added, jump];
}

const NO_SIZE = 'nothing with a size';

function sizeOf(point: TrendPoint): string | undefined {
  return sizeInWords(worthOfStale(point));
}

/** From the first that saw everything to the last that did. */
function changeOf(points: readonly TrendPoint[]): string {
  const complete = points.filter((point) => !isIncomplete(point));
  const [first, last] = [complete[0], complete.at(-1)];
  if (first === undefined || last === undefined || first === last)
    return `Nothing can be compared: fewer than two of ${formatCount(points.length)} runs scanned everything.`;
  return `Unused went from ${sizeOf(first) ?? NO_SIZE} on ${dayOf(first)} to ${sizeOf(last) ?? NO_SIZE} on ${dayOf(last)}, in ${formatCount(complete.length)} runs that scanned everything in scope.`;
}

function unseenOf(points: readonly TrendPoint[]): string[] {
  const incomplete = points.filter(isIncomplete);
  const last = points.at(-1);
  if (incomplete.length === 0 || last === undefined) return [];
  const many = `${formatNoun(incomplete.length, 'run')} (hollow diamonds, not on the line) did not scan everything, so more may have been unused.`;
  return isIncomplete(last) ? [many, "The last one is among them: it can't be compared."] : [many];
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
