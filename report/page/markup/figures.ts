import type { Chart } from './chart.ts';
import { markup, type Markup, verbatim } from './markup.ts';
import { tableOf } from './table.ts';
import { isHarmlessSvg } from './harmless-svg.ts';
import { isolated } from './text.ts';

/** Two charts of this width stand side by side. */
const WIDEST_OF_TWO_PX = 400;

/** A chart with its caption; the table is there for whoever can't see it, or wants to count. */
export function figureOf({ id, title, description, svg, minWidthPx, table }: Chart): Markup {
  const columns = table.columns.map((column, i) => ({
    title: column,
    cell: (row: readonly string[]) => isolated(row[i] ?? ''),
    ...(i > 0 && { as: 'figure' as const }),
  }));
  // What would be hard to read scrolls instead of shrinking, and has the whole width.
  const isWide = minWidthPx > WIDEST_OF_TWO_PX;
  const picture = isHarmlessSvg(svg)
    ? markup`<div class="picture ${isWide ? 'wide' : ''}" role="img" aria-label="${`${title}. ${description}`}">
        ${verbatim(svg)}
      </div>`
    : markup`<p class="note">
        The picture was left out: it had something in it that a picture doesn't need.
      </p>`;
  return markup`<figure id="${`chart-${id}`}" class="${isWide ? 'wide' : ''}">
    <figcaption><strong>${title}</strong> <span>${description}</span></figcaption>
    ${picture}
    <details>
      <summary>Figures<span class="unseen"> of ${title}</span></summary>
      ${tableOf(title, columns, table.rows)}
    </details>
  </figure>`;
}
