import type { Summary } from '../../../../core/summary/summary.ts';
import { worthOfStale } from '../../../../core/summary/worth.ts';
import { day } from '../../../format/dates.ts';
import { formatCount, formatNoun, formatSize } from '../../../format/money.ts';
import { costInCell, sizeInWords } from '../../../words/worth-words.ts';
import type { Chart } from '../../markup/chart.ts';
import { pictureOf } from '../../markup/figures.ts';
import { markup, type Markup } from '../../markup/markup.ts';
import { type Column, tableOf } from '../../markup/table.ts';
import { isolated } from '../../markup/text.ts';
import { addedSizes } from '../added-sizes.ts';
import { trendDrawing } from './trend-drawing.ts';
import { isIncomplete, type Trend, trendOf } from './trend-points.ts';

/** What was unused and saved in this run and earlier ones of the same scope. */
export function trendChart(summary: Summary): Chart | null {
  const trend = trendOf(summary);
  if (trend === null) return null;
  const title = 'Trend over runs';
  const added = addedSizes(summary);
  const jump = 'The first run that scans a new kind shows more because of it.';
  const isInSizes = trend.unit.of !== 1;
  const description = [
    ...[changeOf(trend), ...unseenOf(trend)],
    ...(isInSizes ? added : []),
    ...(added.length > 0 ? [jump] : []),
  ].join(' ');
  return {
    ...{ id: 'trend', title, description },
    body: markup`${pictureOf(trendDrawing(trend), `${title}. ${description}`)}
      <details>
        <summary>Figures<span class="unseen"> of ${title}</span></summary>
        ${figuresOf(title, trend)}
      </details>`,
  };
}

/** From the first that saw everything to the last that did. */
function changeOf({ points, runs, unit }: Trend): string {
  const complete = points.flatMap((point, i) => {
    const run = runs[i];
    return point.isIncomplete || run === undefined ? [] : [{ ...point, run }];
  });
  const [first, last] = [complete[0], complete.at(-1)];
  if (first === undefined || last === undefined || first === last)
    return `Nothing can be compared: fewer than two of ${formatCount(points.length)} runs scanned everything.`;
  const [from, to] = [first, last].map(
    ({ unused, run }) => `${unit.inWords(unused)} on ${day(run.finishedAt)}`,
  );
  return `Unused went from ${from} to ${to}, in ${formatCount(complete.length)} runs that scanned everything in scope.`;
}

function unseenOf({ points }: Trend): string[] {
  const count = points.filter((point) => point.isIncomplete).length;
  if (count === 0) return [];
  const many = `${formatNoun(count, 'run')} (hollow diamonds, not on the line) did not scan everything, so more may have been unused.`;
  return points.at(-1)?.isIncomplete === true
    ? [many, "The last one is among them: it can't be compared."]
    : [many];
}

type Run = Trend['runs'][number];

function figuresOf(title: string, { runs }: Trend): Markup {
  const figure = (name: string, cell: (run: Run) => string): Column<Run> => ({
    ...{ title: name, cell, as: 'figure' },
  });
  return tableOf(
    title,
    [
      { title: 'run', cell: ({ executionId }) => isolated(executionId) },
      figure('finished (UTC)', (run) => run.finishedAt.slice(0, 16).replace('T', ' ')),
      figure(
        'scanned',
        (run) =>
          `${formatCount(run.complete)} of ${formatCount(run.inScope)}${isIncomplete(run) ? ' (not all)' : ''}`,
      ),
      figure('unused', (run) => formatCount(run.stale)),
      figure('size', (run) => sizeInWords(worthOfStale(run)) ?? ''),
      figure('cost a month, up to', (run) => costInCell(worthOfStale(run), 'not known')),
      figure('deleted', (run) => formatCount(run.removed)),
      figure('deleted, size', (run) =>
        run.removed > 0 && run.removedGiB === 0 ? '' : formatSize(run.removedGiB),
      ),
      figure('saved so far, a month', ({ saved }) =>
        saved === undefined ? '' : costInCell(saved, 'not known'),
      ),
    ],
    runs,
  );
}
