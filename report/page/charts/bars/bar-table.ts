import { bar } from '../../markup/bar.ts';
import { type Content, markup, type Markup } from '../../markup/markup.ts';
import type { ColorName } from '../../markup/palette.ts';
import { isolated } from '../../markup/text.ts';

export interface BarRow {
  readonly name: string;
  /** To the findings that it is about; left out: there are none to be found by it. */
  readonly link?: string;
  /** In small letters below the name, such as an id. */
  readonly more?: string;
  /** Of the longest bar; 0: none. */
  readonly share: number;
  /** One for each column but the first. */
  readonly figures: readonly string[];
}

export interface BarGroup {
  readonly heading?: string;
  readonly color: ColorName;
  readonly rows: readonly BarRow[];
}

/** Each row a name with its bar below it, and its figures beside them. */
export function barTable(
  caption: string,
  columns: readonly string[],
  groups: readonly BarGroup[],
): Markup {
  const [first = '', ...others] = columns;
  return markup`<table class="bars">
    <caption class="unseen">
      ${caption}
    </caption>
    <thead>
      <tr>
        <th scope="col">${first}</th>
        ${others.map((title) => markup`<th scope="col" class="figure">${title}</th>`)}
      </tr>
    </thead>
    ${groups.map((group) => groupOf(group, columns.length))}
  </table>`;
}

function groupOf({ heading, color, rows }: BarGroup, columns: number): Markup {
  const head =
    heading === undefined
      ? null
      : markup`<tr class="group">
          <th scope="rowgroup" colspan="${columns}">${heading}</th>
        </tr>`;
  return markup`<tbody>
    ${head} ${rows.map((row) => rowOf(row, color))}
  </tbody>`;
}

function rowOf({ name, link, more, share, figures }: BarRow, color: ColorName): Markup {
  return markup`<tr>
    <th scope="row">
      ${nameOf(name, link)}${more === undefined ? null : markup` <small>${isolated(more)}</small>`}
      ${share > 0 ? bar(share, color) : null}
    </th>
    ${figures.map((figure) => markup`<td class="figure">${unbroken(figure)}</td>`)}
  </tr>`;
}

/** A figure stays with its unit: "10.2 TiB and 2 resources" has two lines where there is little room. */
function unbroken(figure: string): string {
  return figure.replace(/(?<=\d) /g, '\u00a0');
}

function nameOf(name: string, link: string | undefined): Content {
  return link === undefined ? isolated(name) : markup`<a href="${link}">${isolated(name)}</a>`;
}
