import { gapsByStatus } from '../../gaps/gaps-by-status.ts';
import { formatCount } from '../../format/money.ts';
import { GAP_WORDS } from '../../words/target-words.ts';
import type { Summary } from '../../../core/summary/summary.ts';
import type { Chart } from '../markup/chart.ts';
import { type Drawing, draw } from './drawing/draw.ts';
import { fitted, widthPx } from './drawing/label.ts';
import { boxLayer, textLayer } from './drawing/marks.ts';
import type { ColorName } from '../markup/palette.ts';

const WIDTH_PX = 520;
const BAR_PX = 30;
const LEAST_PX = 4;
const BETWEEN_PX = 2;
const ROW_PX = 22;

interface Part {
  readonly words: string;
  readonly count: number;
  readonly color: ColorName;
}

/** How much of what was asked for was seen, where it wasn't simply all: one bar and its parts. */
export async function coverageChart({ coverage }: Summary): Promise<Chart | null> {
  const parts = partsOf(coverage).filter(({ count }) => count > 0);
  if (parts.length === 0) return null;
  const { complete, inScope, percent } = coverage;
  if (inScope > 0 && complete === inScope && coverage.acceptedGaps.length === 0) return null;
  const title = 'Coverage';
  const description =
    inScope === 0
      ? 'Nothing was in scope.'
      : `${formatCount(complete)} of ${formatCount(inScope)} account-Regions in scope were scanned (${percent}%).`;
  return {
    ...{ id: 'coverage', title, description, minWidthPx: 340 },
    svg: await draw(drawingOf(parts), `${title}. ${description}`),
    table: {
      columns: ['result', 'account-Regions'],
      rows: parts.map(({ words, count }) => [words, formatCount(count)]),
    },
  };
}

function partsOf({ complete, gaps, acceptedGaps, excluded }: Summary['coverage']): Part[] {
  const ofSomeKinds = gaps.filter(({ missingKinds }) => missingKinds);
  return [
    { words: 'scanned', count: complete, color: 'c-complete' },
    { words: 'scanned, but not for every kind', count: ofSomeKinds.length, color: 'c-gap' },
    ...gapsByStatus(gaps.filter((gap) => !ofSomeKinds.includes(gap))).map(
      ([status, ofStatus]): Part => ({
        ...{
          words: `not scanned: ${GAP_WORDS[status].listed}`,
          count: ofStatus.length,
          color: 'c-gap',
        },
      }),
    ),
    { words: 'accepted gaps', count: acceptedGaps.length, color: 'c-accepted' },
    { words: 'excluded', count: excluded, color: 'c-excluded' },
  ];
}

function drawingOf(parts: readonly Part[]): Drawing {
  const all = parts.reduce((sum, { count }) => sum + count, 0);
  const room = WIDTH_PX - (parts.length - 1) * BETWEEN_PX - parts.length * LEAST_PX;
  const rowY = (i: number) => BAR_PX + 22 + i * ROW_PX;
  const countPx = Math.max(...parts.map(({ count }) => widthPx(formatCount(count))));
  let x = 0;
  const segments = parts.map(({ count, color }) => {
    // One target of thousands is what this is looked at for: it is never too thin to see.
    const widthPx = LEAST_PX + (room * count) / all;
    const segment = { ...{ x, y: 0, widthPx, heightPx: BAR_PX }, color };
    x += widthPx + BETWEEN_PX;
    return segment;
  });
  const swatches = parts.map(({ color }, i) => ({
    ...{ x: 0, y: rowY(i) - 6, widthPx: 12, heightPx: 12, color },
  }));
  const at = (left: number, text: (part: Part) => string) =>
    parts.map((part, i) => ({ x: left, y: rowY(i), text: text(part) }));
  return {
    widthPx: WIDTH_PX,
    heightPx: rowY(parts.length - 1) + 12,
    layers: [
      boxLayer([...segments, ...swatches]),
      textLayer(
        at(22 + countPx, ({ count }) => formatCount(count)),
        { align: 'right', fontWeight: 'bold' },
      ),
      textLayer(at(32 + countPx, ({ words }) => fitted(words, WIDTH_PX - 32 - countPx))),
    ],
  };
}
