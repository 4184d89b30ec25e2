import { markup, type Markup, verbatim } from './markup.ts';
import { tableOf } from './table.ts';
import { isHarmlessSvg } from './harmless-svg.ts';
import { isolated } from './text.ts';

/** A picture of a summary, and the same in figures. */
export interface Chart {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly svg: string;
  readonly table: {
    readonly columns: readonly string[];
    readonly rows: readonly (readonly string[])[];
  };
}

/** A chart with its caption; the table is there for whoever can't see it, or wants to count. */
export function figureOf({ id, title, description, svg, table }: Chart): Markup {
  const columns = table.columns.map((column, i) => ({
    title: column,
    cell: (row: readonly string[]) => isolated(row[i] ?? ''),
    ...(i > 0 && { as: 'figure' as const }),
  }));
  const picture = isHarmlessSvg(svg)
    ? markup`<div class="picture" role="img" aria-label="${`${title}. ${description}`}">
        ${verbatim(svg)}
      </div>`
    : markup`<p class="note">
        The picture was left out: it had something in it that a picture doesn't need.
      </p>`;
  return markup`<figure id="${`chart-${id}`}">
    <figcaption><strong>${title}</strong> <span>${description}</span></figcaption>
    ${picture}
    <details>
      <summary>Figures<span class="unseen"> of ${title}</span></summary>
      ${tableOf(title, columns, table.rows)}
    </details>
  </figure>`;
}
