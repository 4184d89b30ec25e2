import { formatSize } from '../../../format/money.ts';
import { markup, type Markup } from '../../markup/markup.ts';
import { type HeatClasses, heatOf } from './heat-classes.ts';
import { type Measure, shortUsdUpTo } from './in-cell.ts';
import type { Cell, TargetGrid } from './target-grid.ts';

/** What the shades and signs mean. */
export function heatLegend(grid: TargetGrid, by: Measure, classes: HeatClasses): Markup {
  return markup`<ul class="heat-legend">
    ${classesInWords(classes, by).map(
      ({ heat, words }) => markup`<li><span class="${`sample heat-${heat}`}"></span>${words}</li> `,
    )}
    ${signsOf(grid, by).map(
      ({ sign, name, words }) =>
        markup`<li>
          ${sign === '' ? null : markup`<span class="${`sample ${name}`}">${sign}</span>`}${words}
        </li> `,
    )}
  </ul>`;
}

function classesInWords({ from }: HeatClasses, by: Measure) {
  const inWords = by === 'usd' ? shortUsdUpTo : formatSize;
  return from.length === 0
    ? []
    : [0, ...from].map((bound, i) => {
        const next = from[i];
        const words =
          i === 0
            ? `under ${inWords(next ?? 0)}`
            : next === undefined
              ? `${inWords(bound)} and more`
              : `${inWords(bound)} to ${inWords(next)}`;
        return { heat: heatOf(bound, { from }), words };
      });
}

/** Told apart in their form, for who sees no colours. */
function signsOf({ rows, others }: TargetGrid, by: Measure) {
  const cells = [...rows, ...(others === null ? [] : [others])].flatMap((row) => row.cells);
  const has = (is: (cell: Cell) => boolean) => cells.some(is);
  const isUnpriced = (cell: Cell) =>
    cell !== null && typeof cell === 'object' && cell.worth.monthlyCostUsdUpTo === 0;
  return [
    ...(by === 'usd' && has(isUnpriced)
      ? [{ sign: 'TiB', name: 'no-price', words: 'no known price: size, or how many' }]
      : []),
    ...(has((cell) => cell === 'none')
      ? [{ sign: '0', name: 'none', words: 'scanned, nothing unused' }]
      : []),
    ...(has((cell) => cell === 'unseen')
      ? [{ sign: '?', name: 'not-scanned', words: 'not scanned completely' }]
      : []),
    ...(has((cell) => cell !== null && typeof cell === 'object' && cell.isPartial)
      ? [{ sign: '+', name: 'none', words: 'and maybe more: not scanned completely' }]
      : []),
    ...(has((cell) => cell === null)
      ? [{ sign: '', name: 'none', words: 'blank: no such Region there, or excluded' }]
      : []),
  ];
}
