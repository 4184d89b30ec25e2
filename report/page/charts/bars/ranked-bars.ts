import type { Drawing, Layer } from '../drawing/draw.ts';
import { fitted, fittedToEnd, FONT_SIZE_PX, wellFormed, widthPx } from '../drawing/label.ts';
import { textLayer } from '../drawing/marks.ts';
import { type ColorName, colorOf } from '../../markup/palette.ts';

const WIDTH_PX = 520;
const ROW_PX = 23;
const HEADING_PX = 24;
const BAR_PX = 13;
const LEAST_BARS_PX = 150;
const NAME_GAP_PX = 8;
const TEXT_GAP_PX = 6;

export interface Bar {
  readonly label: string;
  readonly value: number;
  /** The value in words, beside the bar. */
  readonly text: string;
  /** Where there is no room for all of the label its end stays, not its beginning. */
  readonly keepsEnd?: boolean;
  /** Where it is not that of its group. */
  readonly color?: ColorName;
}

export interface BarGroup {
  readonly heading?: string;
  readonly color: ColorName;
  readonly bars: readonly Bar[];
  /** Where it counts something else than the other groups: its longest bar is as long as theirs. */
  readonly hasOwnScale?: boolean;
}

interface Layout {
  /** Of the whole drawing. */
  readonly widthPx: number;
  readonly barsFromPx: number;
  readonly barsToPx: number;
  /** What the longest bar stands for. */
  readonly max: number;
}

/** Bars one below the other in the order given, each with its name before and its value behind it. */
export function rankedBars(groups: readonly BarGroup[], mostPx = WIDTH_PX): Drawing {
  const layout = layoutOf(
    groups.flatMap(({ bars }) => bars),
    mostPx,
  );
  const layers: Layer[] = [];
  let top = 0;
  for (const group of groups) {
    if (group.heading !== undefined) {
      if (top > 0) top += HEADING_PX / 2;
      layers.push(headingLayer(group.heading, top + HEADING_PX / 2 - 2));
      top += HEADING_PX;
    }
    const max = group.hasOwnScale === true ? largestOf(group.bars) : layout.max;
    layers.push(...groupLayers(group, top, { ...layout, max }));
    top += group.bars.length * ROW_PX;
  }
  return { widthPx: mostPx, heightPx: top, layers };
}

function layoutOf(bars: readonly Bar[], mostPx: number): Layout {
  const textPx = Math.max(...bars.map(({ text }) => widthPx(text)));
  const namesPx = Math.max(...bars.map(({ label }) => widthPx(wellFormed(label))));
  const barsToPx = mostPx - textPx - TEXT_GAP_PX;
  return {
    widthPx: mostPx,
    barsFromPx: Math.min(namesPx + NAME_GAP_PX, barsToPx - LEAST_BARS_PX),
    barsToPx,
    max: largestOf(bars),
  };
}

function largestOf(bars: readonly Bar[]): number {
  return Math.max(...bars.map(({ value }) => value)) || 1;
}

function headingLayer(text: string, y: number): Layer {
  return textLayer([{ x: 0, y, text }], { fontWeight: 'bold', fontSize: FONT_SIZE_PX + 1 });
}

function groupLayers({ bars, color }: BarGroup, top: number, layout: Layout): Layer[] {
  const { barsFromPx, barsToPx, max } = layout;
  const rows = bars.map((bar, i) => ({
    // A share: all bars of a drawing have one scale.
    ...{ value: bar.value / max, text: bar.text, y: top + (i + 0.5) * ROW_PX },
    color: colorOf(bar.color ?? color),
    name: (bar.keepsEnd === true ? fittedToEnd : fitted)(bar.label, barsFromPx - NAME_GAP_PX),
  }));
  const x = {
    ...{ field: 'value', type: 'quantitative' as const, axis: null },
    scale: { domain: [0, 1], range: [barsFromPx, barsToPx], nice: false },
  };
  const y = { field: 'y', type: 'quantitative' as const, scale: null, axis: null };
  const paint = { field: 'color', type: 'nominal' as const, scale: null };
  return [
    textLayer(rows.map((row) => ({ x: 0, y: row.y, text: row.name }))),
    {
      data: { values: rows.filter(({ value }) => value > 0) },
      // The outline keeps the smallest of values visible.
      mark: { type: 'bar', orient: 'horizontal', height: BAR_PX, strokeWidth: 1 },
      encoding: { x, y, color: paint, stroke: paint },
    },
    {
      data: { values: rows },
      mark: { type: 'text', align: 'left', dx: TEXT_GAP_PX },
      encoding: { x, y, text: { field: 'text', type: 'nominal' } },
    },
  ];
}
