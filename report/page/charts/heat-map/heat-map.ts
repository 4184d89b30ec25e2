import type { Summary } from '../../../../core/summary/summary.ts';
import { formatNoun, sizeUnitOf } from '../../../format/money.ts';
import { type FilterToLink, findingsLink } from '../../findings/filter-link.ts';
import type { Chart } from '../../markup/chart.ts';
import { type Content, markup, type Markup } from '../../markup/markup.ts';
import { accountOf, isolated } from '../../markup/text.ts';
import { addedSizes } from '../added-sizes.ts';
import { type HeatClasses, heatClassesOf, heatOf } from './heat-classes.ts';
import { heatLegend } from './heat-legend.ts';
import { inCell, inFull, type Measure, measureOf, valueOf } from './in-cell.ts';
import {
  type Cell,
  type SeenTarget,
  type TargetGrid,
  targetGrid,
  type Unused,
} from './target-grid.ts';

/** Up to here a table fits a narrow screen, and a middling one. */
const NARROW = 3;
const MIDDLING = 8;

/** Accounts × Regions by what is unused there: shaded cells, each with its figure. */
export function heatMap(summary: Summary, seen: Iterable<SeenTarget>): Chart | null {
  const grid = targetGrid(summary, seen);
  // One account or Region alone is told by the bars.
  if (grid.rows.length === 0 || (grid.rows.length === 1 && grid.regions.length === 1)) return null;
  const { regions, rows, otherRegions } = grid;
  const by = measureOf(rows.map(({ total }) => total));
  const ofCells = rows.flatMap(({ cells }) =>
    cells.flatMap((cell) => (isUnused(cell) ? (valueOf(cell.worth, by) ?? []) : [])),
  );
  const classes = heatClassesOf(ofCells, (value) => (by === 'usd' ? 1 : sizeUnitOf(value).ofGiB));
  const title = 'Unused, by account and Region';
  const accounts = formatNoun(grid.accountsWithUnused, 'account has', 'accounts have');
  const where = formatNoun(regions.length + otherRegions, 'Region');
  return {
    ...{ id: 'accounts-and-regions', title, isWide: true },
    description: [
      `${accounts} something unused, in ${where}. ${by === 'usd' ? 'Dollars a month, at most' : 'By size'}; highest first.`,
      ...(by === 'size' ? addedSizes(summary) : []),
    ].join(' '),
    body: markup`${hintOf(regions.length)}
      <div class="scroll heat-scroll" role="region" tabindex="0" aria-label="${title}">
        ${tableOf(title, grid, by, classes)}
      </div>
      ${heatLegend(grid, by, classes)}`,
  };
}

function hintOf(regions: number): Content {
  if (regions <= NARROW) return null;
  const where = regions <= MIDDLING ? 'hint if-narrow' : 'hint if-middling';
  return markup`<p class="${where}">${formatNoun(regions, 'Region')}: scroll the table sideways.</p>`;
}

function tableOf(caption: string, grid: TargetGrid, by: Measure, classes: HeatClasses): Markup {
  const { regions, otherRegions, rows, others } = grid;
  return markup`<table class="heat">
    <caption class="unseen">
      ${caption}
    </caption>
    <thead>
      <tr>
        <th scope="col">account</th>
        <th scope="col" class="figure">all Regions</th>
        ${regions.map(
          (region) =>
            markup`<th scope="col" class="figure"><a href="${linkTo({ region })}">${inTwoLines(region)}</a></th> `,
        )}
        ${
          otherRegions === 0
            ? null
            : markup`<th scope="col" class="figure">${formatNoun(otherRegions, 'other Region')}</th>`
        }
      </tr>
    </thead>
    <tbody>
      ${rows.map(({ accountId, name, total, cells, elsewhere }) => {
        const link = (region: string | undefined) =>
          region === undefined ? undefined : linkTo({ account: accountId, region });
        return markup`<tr>
          <th scope="row">
            <a href="${linkTo({ account: accountId })}">${nameOf(accountId, name)}</a>
          </th>
          ${plain(total, by)}
          ${cells.map((cell, i) => cellOf(cell, by, classes, link(regions[i])))}
          ${elsewhere === null ? null : plain(elsewhere, by)}
        </tr>`;
      })}
      ${
        others === null
          ? null
          : markup`<tr class="others">
              <th scope="row">${formatNoun(others.accounts, 'other account')}</th>
              ${plain(others.total, by)}
              ${others.cells.map((cell) => (isUnused(cell) ? plain(cell, by) : cellOf(cell, by, classes)))}
              ${others.elsewhere === null ? null : plain(others.elsewhere, by)}
            </tr>`
      }
    </tbody>
  </table>`;
}

/** To what is shaded by how much of it there is: what is unused. */
function linkTo(of: FilterToLink): string {
  return findingsLink({ ...of, verdict: 'STALE' });
}

/** Its number stays with what it counts. */
function inTwoLines(region: string): Content {
  const at = region.indexOf('-') + 1;
  return [region.slice(0, at), markup`<span class="unbroken">${region.slice(at)}</span>`];
}

function nameOf(accountId: string, name: string | null): Markup {
  return name === null || name === '' ? accountOf(accountId, null) : isolated(name);
}

/** Sums: shaded, they would outshine what they are the sum of. */
function plain(of: Unused, by: Measure): Markup {
  return markup`<td class="figure">${of.resources === 0 ? '0' : inFull(of, by)}</td>`;
}

function cellOf(cell: Cell, by: Measure, classes: HeatClasses, link?: string): Markup {
  if (cell === null) return markup`<td class="cell"></td>`;
  if (cell === 'none') return markup`<td class="cell none">0</td>`;
  if (cell === 'unseen')
    return markup`<td class="cell not-scanned">?<span class="unseen"> not scanned</span></td>`;
  const value = valueOf(cell.worth, by);
  const shade = value === null ? 'no-price' : `heat-${heatOf(value, classes)}`;
  const text = `${inCell(cell, by)}${cell.isPartial ? '+' : ''}`;
  return markup`<td class="${`cell ${shade}`}">${
    link === undefined ? text : markup`<a href="${link}">${text}</a>`
  }</td>`;
}

function isUnused(cell: Cell): cell is Exclude<Cell, string | null> {
  return cell !== null && typeof cell === 'object';
}
