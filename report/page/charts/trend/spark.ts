import { mostOf } from '../../../../core/model/order.ts';
import type { Summary } from '../../../../core/summary/summary.ts';
import { dayFrom } from '../../../words/stage-words.ts';
import { pictureOf } from '../../markup/figures.ts';
import { markup, type Markup } from '../../markup/markup.ts';
import { linear } from './scale.ts';
import { lineOf } from './trend-drawing.ts';
import { type DrawnPoint, type Trend, trendOf } from './trend-points.ts';

const WIDTH = 160;
const HEIGHT = 32;
const MARGIN = 4;

/** The trend in short: a line from 0, without axes. */
export interface Spark {
  readonly picture: Markup;
  /** The same in a line or two. */
  readonly says: string;
}

/** null: there is nothing to compare. */
export function trendSpark(summary: Summary): Spark | null {
  const trend = trendOf(summary);
  const complete = trend?.points.filter(({ isIncomplete }) => !isIncomplete) ?? [];
  const [first, last] = [complete[0], complete.at(-1)];
  if (trend === null || first === undefined || last === undefined || first === last) return null;
  const most = mostOf(complete.map(({ unused }) => unused)) || 1;
  const x = linear([first.at, last.at], [MARGIN, WIDTH - MARGIN]);
  const y = linear([0, most], [HEIGHT - MARGIN, MARGIN]);
  const at = complete.map((point) => ({ x: x(point.at), y: y(point.unused) }));
  const end = at.at(-1) ?? { x: 0, y: 0 };
  const says = inShort(trend, summary.finishedAt, [first, last]);
  const svg = markup`<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">
<line x1="0" x2="${WIDTH}" y1="${HEIGHT - MARGIN}" y2="${HEIGHT - MARGIN}" stroke="var(--grid)"/>
${lineOf(at, 'c-stale')}
<circle cx="${end.x}" cy="${end.y}" r="3.5" fill="var(--c-stale)"/>
</svg>`;
  return { picture: pictureOf(svg, says), says };
}

/** "Unused a month: $87,985 on 29 November, $91,257 on 21 December." */
function inShort({ unit }: Trend, now: string, points: readonly DrawnPoint[]): string {
  const each = points.map(
    ({ at, unused }) => `${unit.inWords(unused)} on ${dayFrom(now, new Date(at).toISOString())}`,
  );
  return `Unused${unit.of === 1 ? ' a month' : ''}: ${each.join(', ')}.`;
}
