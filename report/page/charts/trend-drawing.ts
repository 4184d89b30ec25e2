import { DAY_MS } from '../../../core/model/age.ts';
import { mostOf } from '../../../core/model/order.ts';
import { formatSize, sizeUnitOf } from '../../format/money.ts';
import type { Drawing, Layer } from './drawing/draw.ts';
import { boxLayer, type Swatch, textLayer, type TextAt } from './drawing/marks.ts';
import { colorOf } from '../markup/palette.ts';
import { widthPx } from './drawing/label.ts';

const PADDING_PX = { left: 52, right: 34, top: 34, bottom: 24 };
const PLOT_WIDTH_PX = 520 - PADDING_PX.left - PADDING_PX.right;
const PLOT_HEIGHT_PX = 200;
const MOST_DATES = 5;
const LEAST_BETWEEN_DATES = 0.16;

/** One execution, the earliest first. */
export interface DrawnPoint {
  readonly at: number;
  readonly staleGiB: number;
  readonly removedGiB: number;
  readonly isIncomplete: boolean;
}

/** A line of what was stale over bars of what was removed, both on one scale from 0. */
export function trendDrawing(points: readonly DrawnPoint[]): Drawing {
  const [from, to] = [points[0]?.at ?? 0, points.at(-1)?.at ?? 0];
  const { unit, ofGiB, max } = scaleOf(points);
  const values = points.map(({ staleGiB, removedGiB, ...point }) => ({
    ...{ ...point, stale: staleGiB / ofGiB, removed: removedGiB / ofGiB },
  }));
  const x = xOver(points, from, to);
  const y = (field: 'stale' | 'removed') => ({
    field,
    type: 'quantitative' as const,
    scale: { domain: [0, max || 1], range: [PLOT_HEIGHT_PX, 0], nice: true },
    axis: {
      title: null,
      tickCount: 4,
      domain: false,
      ticks: false,
      labelExpr: "format(datum.value, ',.2~f')",
    },
  });
  const stale = { x, y: y('stale') };
  const barPx = Math.max(3, Math.min(14, PLOT_WIDTH_PX / points.length / 2));
  return {
    widthPx: PLOT_WIDTH_PX,
    heightPx: PLOT_HEIGHT_PX,
    paddingPx: PADDING_PX,
    layers: [
      {
        data: { values: values.filter(({ removed }) => removed > 0) },
        mark: { type: 'bar', orient: 'vertical', width: barPx, color: colorOf('c-removed') },
        encoding: { x, y: y('removed') },
      },
      {
        // What didn't see everything is no point of a line: less seen isn't less stale.
        data: { values: values.filter(({ isIncomplete }) => !isIncomplete) },
        mark: { type: 'line', color: colorOf('c-stale'), strokeWidth: 2 },
        encoding: stale,
      },
      pointLayer(
        values.filter(({ isIncomplete }) => !isIncomplete),
        stale,
        'circle',
      ),
      pointLayer(
        values.filter(({ isIncomplete }) => isIncomplete),
        stale,
        'diamond',
      ),
      ...legendLayers(points, unit),
    ],
  };
}

/** In the unit of the largest: nobody reads 214,000 GiB. */
function scaleOf(points: readonly DrawnPoint[]): { unit: string; ofGiB: number; max: number } {
  const maxGiB = mostOf(points.flatMap(({ staleGiB, removedGiB }) => [staleGiB, removedGiB]));
  const { unit, ofGiB } = sizeUnitOf(maxGiB);
  return { unit, ofGiB, max: maxGiB / ofGiB };
}

type Encoding = NonNullable<Extract<Layer, { mark: unknown }>['encoding']>;

function pointLayer(
  values: readonly object[],
  encoding: Encoding,
  shape: 'circle' | 'diamond',
): Layer {
  const isHollow = shape === 'diamond';
  return {
    data: { values: values.map((point) => ({ ...point })) },
    mark: {
      ...{ type: 'point', shape, filled: true, opacity: 1, size: isHollow ? 110 : 45 },
      ...{ fill: colorOf(isHollow ? 'page' : 'c-stale'), stroke: colorOf('c-stale') },
      strokeWidth: isHollow ? 2 : 1,
    },
    encoding,
  };
}

/** Dates of executions below the line, in UTC; times of day where they are all of two days. */
function xOver(points: readonly DrawnPoint[], from: number, to: number) {
  return {
    field: 'at',
    type: 'temporal' as const,
    scale: {
      type: 'utc' as const,
      domain: from === to ? [from - DAY_MS, to] : [from, to],
      range: [10, PLOT_WIDTH_PX - 10],
      nice: false,
    },
    axis: {
      title: null,
      grid: false,
      values: datesOf(points, from, to),
      labelOverlap: false,
      format: to - from < 2 * DAY_MS ? '%m-%d %H:%M' : '%Y-%m-%d',
    },
  };
}

/** The last and as many before it as have room for their dates. */
function datesOf(points: readonly DrawnPoint[], from: number, to: number): number[] {
  const between = (to - from) * Math.max(LEAST_BETWEEN_DATES, 1 / MOST_DATES);
  const dates: number[] = [];
  for (const { at } of points.toReversed()) {
    const later = dates.at(-1);
    if (later === undefined || later - at >= between) dates.push(at);
  }
  return dates.toReversed();
}

/** What line, bars and diamonds are, above the plot. */
function legendLayers(points: readonly DrawnPoint[], unit: string): Layer[] {
  const y = -22;
  let x = 10;
  const entry = (text: string) => {
    const at = { x, y, text };
    x += 22 + widthPx(text) + 16;
    return at;
  };
  const last = points.at(-1);
  const stale = entry(
    last === undefined || last.isIncomplete
      ? 'unused'
      : `unused, at last ${formatSize(last.staleGiB)}`,
  );
  const removed = points.some(({ removedGiB }) => removedGiB > 0) ? [entry('deleted')] : [];
  const unseen = points.some(({ isIncomplete }) => isIncomplete) ? [entry('not all scanned')] : [];
  const boxes: Swatch[] = [
    { x: stale.x, y: y - 1, widthPx: 16, heightPx: 2, color: 'c-stale' },
    ...removed.map((at): Swatch => ({
      ...{ x: at.x + 3, y: y - 6, widthPx: 10, heightPx: 12, color: 'c-removed' },
    })),
  ];
  const pixel = { type: 'quantitative' as const, scale: null, axis: null };
  const at = { x: { field: 'x', ...pixel }, y: { field: 'y', ...pixel } };
  const moved = (of: TextAt) => ({ x: of.x + 8, y });
  return [
    textLayer([{ x: -PADDING_PX.left + 14, y, text: unit }]),
    textLayer([stale, ...removed, ...unseen].map((of) => ({ ...of, x: of.x + 22 }))),
    boxLayer(boxes),
    pointLayer([moved(stale)], at, 'circle'),
    pointLayer(unseen.map(moved), at, 'diamond'),
  ];
}
