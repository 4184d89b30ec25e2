import { mostOf } from '../../../../core/model/order.ts';
import { type Content, markup, type Markup } from '../../markup/markup.ts';
import { dateLabels } from './dates.ts';
import { linear, ticksTo } from './scale.ts';
import type { DrawnPoint, Trend, TrendUnit } from './trend-points.ts';

/** Of a narrow screen: drawn larger its letters grow, drawn smaller nobody could read them. */
const WIDTH = 360;
const HEIGHT = 200;
const PLOT = { left: 46, right: WIDTH - 14, top: 32, bottom: HEIGHT - 24 };
const BETWEEN_DATES_PX = 84;
/** So many have their figures beside them. */
const FEW = 4;
const COMPACT = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });

/** A line of what was unused over one of what was saved so far, both on one scale from 0. */
export function trendDrawing({ points, unit }: Trend): Markup {
  const values = points.flatMap(({ unused, saved }) => [unused, saved ?? 0]);
  const ticks = ticksTo(mostOf(values) / unit.of);
  const y = linear([0, ticks.at(-1) ?? 1], [PLOT.bottom, PLOT.top]);
  const x = linear([points[0]?.at ?? 0, points.at(-1)?.at ?? 0], [PLOT.left + 8, PLOT.right]);
  const at = (point: DrawnPoint, value: number) => ({ x: x(point.at), y: y(value / unit.of) });
  const complete = points.filter(({ isIncomplete }) => !isIncomplete);
  const saved = points.flatMap((point) => (point.saved === null ? [] : [at(point, point.saved)]));
  const hasSaved = points.some((point) => (point.saved ?? 0) > 0);
  return markup`<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-size="12" fill="currentColor">
${legendOf(points, unit, hasSaved)}
${ticks.map((tick) => gridLine(tick, y(tick)))}
${dateLabels(
  points.map((point) => point.at),
  x,
  BETWEEN_DATES_PX,
).map(
  (label) =>
    markup`<text x="${Math.min(label.x, PLOT.right + 12)}" y="${HEIGHT - 6}" text-anchor="${anchorOf(label.x)}">${label.text}</text>`,
)}
${hasSaved ? lineOf(saved, 'c-removed') : null}
${lineOf(
  complete.map((point) => at(point, point.unused)),
  'c-stale',
)}
${points.map((point) => markOf(at(point, point.unused), point.isIncomplete))}
${points.length > FEW ? null : complete.map((point) => figureBeside(at(point, point.unused), unit.inWords(point.unused)))}
</svg>`;
}

interface At {
  readonly x: number;
  readonly y: number;
}

function gridLine(tick: number, y: number): Markup {
  return markup`<line x1="${PLOT.left}" x2="${PLOT.right}" y1="${y}" y2="${y}" stroke="var(--grid)"/><text x="${PLOT.left - 6}" y="${y + 4}" text-anchor="end">${COMPACT.format(tick).toLowerCase()}</text>`;
}

/** A figure at an edge would be cut. */
function anchorOf(x: number): string {
  if (x > PLOT.right - 30) return 'end';
  return x < PLOT.left + 30 ? 'start' : 'middle';
}

function figureBeside({ x, y }: At, text: string): Markup {
  return markup`<text x="${x}" y="${y - 8}" text-anchor="${anchorOf(x)}" font-weight="600">${text}</text>`;
}

export function lineOf(at: readonly At[], color: 'c-stale' | 'c-removed'): Content {
  if (at.length < 2) return null;
  const path = at.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${x},${y}`).join('');
  return markup`<path d="${path}" fill="none" stroke="${`var(--${color})`}" stroke-width="2"/>`;
}

function markOf({ x, y }: At, isHollow: boolean): Markup {
  return isHollow
    ? markup`<path d="${`M${x},${y - 5}l5,5l-5,5l-5,-5Z`}" fill="var(--page)" stroke="var(--c-stale)" stroke-width="2"/>`
    : markup`<circle cx="${x}" cy="${y}" r="3.5" fill="var(--c-stale)"/>`;
}

/** What lines and diamonds are, above the plot. */
function legendOf(points: readonly DrawnPoint[], unit: TrendUnit, hasSaved: boolean): Content {
  const hasHollow = points.some(({ isIncomplete }) => isIncomplete);
  const saved = hasSaved
    ? markup`<line x1="152" x2="168" y1="10" y2="10" stroke="var(--c-removed)" stroke-width="2"/><text x="173" y="14">saved so far</text>`
    : null;
  const hollow = hasHollow
    ? markup`${markOf({ x: 268, y: 10 }, true)}<text x="279" y="14">not all seen</text>`
    : null;
  return markup`<text x="0" y="14">${unit.name}</text><line x1="74" x2="90" y1="10" y2="10" stroke="var(--c-stale)" stroke-width="2"/><text x="95" y="14">unused</text>${saved}${hollow}`;
}
