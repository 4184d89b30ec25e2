import { formatNoun, sizeUnitOf } from '../../../format/money.ts';
import type { Drawing, Layer } from '../drawing/draw.ts';
import { type HeatClasses, heatClassesOf, heatOf } from './heat-classes.ts';
import { heatLegend } from './heat-legend.ts';
import { fitted, widthPx } from '../drawing/label.ts';
import { boxLayer, textLayer } from '../drawing/marks.ts';
import { colorOf } from '../../markup/palette.ts';
import type { Cell, TargetGrid } from './target-grid.ts';

const WIDTH_PX = 900;
/** For the last Region's name, which is slanted. */
const RIGHT_PX = 56;
const ROW_PX = 22;
const BETWEEN_PX = 2;
const LEAST_COLUMN_PX = 34;
const MOST_COLUMN_PX = 110;
const LEAST_WIDTH_PX = 520;
const MOST_NAME_PX = 190;
const SMALL_PX = 10;
const MOST_LABELLED = 200;

const THREE_DIGITS = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 });

/** In a cell: 512 G, 1.8 T. The legend says what the letters are. */
function inCell(sizeGiB: number): string {
  const { unit, ofGiB } = sizeUnitOf(sizeGiB);
  return `${THREE_DIGITS.format(sizeGiB / ofGiB)}${unit.charAt(0)}`;
}

interface Layout {
  readonly left: number;
  readonly top: number;
  readonly columnPx: number;
  readonly classes: HeatClasses;
}

/** @param knowsNone whether blank means that there is no such target */
export function heatMap(grid: TargetGrid, knowsNone: boolean): Drawing {
  const { regions, rows, others } = grid;
  const names = rows.map(({ name }) => fitted(name, MOST_NAME_PX));
  const more = others === null ? [] : [formatNoun(others.accounts, 'more account')];
  const left = Math.max(...[...names, ...more].map((name) => widthPx(name))) + 10;
  const columnPx = Math.min(
    MOST_COLUMN_PX,
    Math.max(LEAST_COLUMN_PX, Math.floor((WIDTH_PX - RIGHT_PX - left) / regions.length)),
  );
  const width = Math.max(LEAST_WIDTH_PX, left + regions.length * columnPx + RIGHT_PX);
  const isSlanted = columnPx < Math.max(...regions.map((region) => widthPx(region))) + 6;
  const slantedPx = Math.max(...regions.map((region) => widthPx(region))) * 0.72;
  const layout: Layout = {
    ...{ left, columnPx, top: isSlanted ? Math.ceil(slantedPx) + 14 : 24 },
    classes: heatClassesOf(rows.flatMap(({ cells }) => cells.filter(isSize))),
  };
  const lines = rows.length + more.length;
  const bottom = layout.top + lines * ROW_PX + (others === null ? 0 : 6);
  const legend = heatLegend(layout.classes, bottom + 16, width, marksOf(grid, knowsNone));
  return {
    widthPx: width,
    heightPx: legend.bottom,
    layers: [
      textLayer(
        regions.map((text, i) => ({
          ...{ x: left + (i + 0.5) * columnPx, y: layout.top - 10, text },
        })),
        isSlanted ? { angle: -45 } : { align: 'center' },
      ),
      textLayer(
        [...names, ...more].map((text, i) => ({ x: 0, y: rowY(i, layout, rows.length), text })),
      ),
      ...cellLayers(grid, layout),
      ...legend.layers,
    ],
  };
}

/** The row of the others keeps a distance. */
function rowY(i: number, { top }: Layout, named: number): number {
  return top + i * ROW_PX + ROW_PX / 2 + (i >= named ? 6 : 0);
}

function cellLayers({ rows, others }: TargetGrid, layout: Layout): Layer[] {
  const { left, columnPx, classes } = layout;
  const at = (row: number, column: number) => ({
    ...{ x: left + column * columnPx, y: rowY(row, layout, rows.length) - ROW_PX / 2 + 1 },
    ...{ widthPx: columnPx - BETWEEN_PX, heightPx: ROW_PX - BETWEEN_PX },
  });
  const middle = (row: number, column: number) => ({
    ...{ x: left + (column + 0.5) * columnPx - 1, y: rowY(row, layout, rows.length) },
  });
  const cells = rows.flatMap((row, i) =>
    row.cells.map((cell, column) => ({ cell, box: at(i, column), middle: middle(i, column) })),
  );
  const sized = cells.flatMap((of) => (isSize(of.cell) ? [{ ...of, cell: of.cell }] : []));
  const isLabelled = sized.length <= MOST_LABELLED && columnPx >= 40;
  const sums = (others?.cells ?? []).map((sum, column) => ({
    ...{ box: at(rows.length, column), middle: middle(rows.length, column) },
    text: sum === 0 ? '0' : inCell(sum),
  }));
  return [
    boxLayer(
      sized.map(({ cell, box }) => ({ ...box, color: `heat-${heatOf(cell, classes)}` as const })),
    ),
    boxLayer(
      [...cells.filter(({ cell }) => cell === 'none'), ...sums].map(({ box }) => ({
        ...{ ...box, x: box.x + 0.5, y: box.y + 0.5 },
        ...{ widthPx: box.widthPx - 1, heightPx: box.heightPx - 1, color: 'grid' as const },
      })),
      true,
    ),
    textLayer(
      cells.flatMap(({ cell, middle: of }) =>
        cell === 'none' ? [{ ...of, text: '0' }] : cell === 'unseen' ? [{ ...of, text: '×' }] : [],
      ),
      { align: 'center', fontSize: SMALL_PX + 1 },
    ),
    textLayer(
      sums.map(({ middle: of, text }) => ({ ...of, text })),
      { align: 'center', fontSize: SMALL_PX },
    ),
    ...(isLabelled
      ? [
          onHeatLayer(
            sized.map(({ cell, middle: of }) => ({
              ...of,
              text: inCell(cell),
              paint: colorOf(`on-heat-${heatOf(cell, classes)}`),
            })),
          ),
        ]
      : []),
  ];
}

/** Text on coloured cells. */
function onHeatLayer(
  texts: readonly { x: number; y: number; text: string; paint: string }[],
): Layer {
  return {
    data: { values: texts.map((text) => ({ ...text })) },
    mark: { type: 'text', align: 'center', fontSize: SMALL_PX + 1 },
    encoding: {
      x: { field: 'x', type: 'quantitative', scale: null, axis: null },
      y: { field: 'y', type: 'quantitative', scale: null, axis: null },
      text: { field: 'text', type: 'nominal' },
      color: { field: 'paint', type: 'nominal', scale: null },
    },
  };
}

function marksOf({ rows, hasUnsized }: TargetGrid, knowsNone: boolean): string[] {
  const has = (wanted: Cell) => rows.some(({ cells }) => cells.includes(wanted));
  return [
    ...(has('none') ? [`0: scanned, nothing unused${hasUnsized ? ' with a size' : ''}`] : []),
    ...(has('unseen') ? ['×: not scanned completely'] : []),
    ...(has(null)
      ? [knowsNone ? 'blank: not there, or excluded' : 'blank: nothing unused seen']
      : []),
  ];
}

function isSize(cell: Cell): cell is number {
  return typeof cell === 'number';
}
