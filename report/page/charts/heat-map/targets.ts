import { formatSize, formatNoun } from '../../../format/money.ts';
import type { Summary } from '../../../../core/summary/summary.ts';
import type { Chart } from '../../markup/chart.ts';
import { addedSizes } from '../added-sizes.ts';
import { draw } from '../drawing/draw.ts';
import { heatMap } from './heat-map.ts';
import { inSentence, wellFormed } from '../drawing/label.ts';
import { type Cell, type SeenTarget, targetGrid } from './target-grid.ts';

/** In a sentence. */
const MOST_NAME_PX = 400;

/**
 * Accounts × Regions by stale GiB.
 *
 * @param seen all targets that there were; without them, a target that was seen and has nothing
 *   stale can't be told from one that doesn't exist
 */
export async function targetsChart(
  summary: Summary,
  seen?: Iterable<SeenTarget>,
): Promise<Chart | null> {
  const grid = targetGrid(summary, seen);
  const { regions, rows, others } = grid;
  if (rows.length === 0) return null;
  const title = 'Unused, by account and Region';
  const description = [
    `${formatNoun(grid.accountsWithStale, 'account has', 'accounts have')} something unused${grid.hasUnsized ? ' with a size' : ''}, in ${formatNoun(regions.length, 'Region')}; most: ${inSentence(rows[0]?.name ?? '', MOST_NAME_PX)}.`,
    ...(others === null
      ? []
      : [`The first ${rows.length} have a row each, the others one together.`]),
    ...addedSizes(summary),
  ].join(' ');
  const drawing = heatMap(grid, seen !== undefined);
  return {
    ...{ id: 'targets', title, description },
    minWidthPx: Math.floor(drawing.widthPx * 0.85),
    svg: await draw(drawing, `${title}. ${description}`),
    table: {
      columns: ['account', 'id', ...regions],
      rows: [
        ...rows.map(({ accountId, name, cells }) => [
          ...[name === accountId ? '' : wellFormed(name), accountId],
          ...cells.map(inWords),
        ]),
        ...(others === null
          ? []
          : [[moreAccounts(others.accounts), '', ...others.cells.map(formatSize)]]),
      ],
    },
  };
}

function moreAccounts(count: number): string {
  return formatNoun(count, 'more account');
}

function inWords(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return formatSize(cell);
  return cell === 'none' ? '0 GiB' : 'not scanned completely';
}
