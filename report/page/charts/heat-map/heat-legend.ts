import { formatSize } from '../../../format/money.ts';
import type { Layer } from '../drawing/draw.ts';
import { type HeatClasses, stepOf } from './heat-classes.ts';
import { widthPx } from '../drawing/label.ts';
import { boxLayer, type Swatch, textLayer, type TextAt } from '../drawing/marks.ts';

const LINE_PX = 22;

/** What the colours and signs mean, from `y` down, as wide as it may be. */
export function heatLegend(
  { from }: HeatClasses,
  y: number,
  mostPx: number,
  signs: readonly string[],
): { readonly layers: Layer[]; readonly bottom: number } {
  const swatches: Swatch[] = [];
  const texts: TextAt[] = [{ x: 0, y, text: 'Size' }];
  let [x, line] = [36, y];
  const place = (widthOfIt: number) => {
    if (x + widthOfIt > mostPx) [x, line] = [36, line + LINE_PX];
    const at = { x, y: line };
    x += widthOfIt + 14;
    return at;
  };
  classesInWords(from).forEach((text, i, all) => {
    const at = place(18 + widthPx(text));
    const color = `heat-${stepOf(i, all.length)}` as const;
    swatches.push({ x: at.x, y: at.y - 7, widthPx: 14, heightPx: 14, color });
    texts.push({ x: at.x + 18, y: at.y, text });
  });
  for (const text of signs) texts.push({ ...place(widthPx(text)), text });
  return { layers: [boxLayer(swatches), textLayer(texts)], bottom: line + LINE_PX / 2 };
}

function classesInWords(from: readonly number[]): string[] {
  const [first] = from;
  if (first === undefined) return ['more than 0'];
  const bounds = from.map((bound) => inWords(bound));
  return [
    `under ${inWords(first)}`,
    ...bounds.map((bound, i) => {
      const next = bounds[i + 1];
      return next === undefined ? `${bound} and more` : `${withoutUnitOf(next, bound)} to ${next}`;
    }),
  ];
}

/** 10 to 20 GiB */
function withoutUnitOf(next: string, bound: string): string {
  const [size = '', unit] = bound.split(' ');
  return next.endsWith(` ${unit}`) ? size : bound;
}

function inWords(bound: number): string {
  return bound < 0.1 ? `${bound} GiB` : formatSize(bound);
}
