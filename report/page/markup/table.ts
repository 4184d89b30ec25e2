import { type Content, markup, type Markup } from './markup.ts';

export interface Column<T> {
  readonly title: string;
  readonly cell: (row: T) => Content;
  /** Figures stand to the right, what is short isn't broken into lines. */
  readonly as?: 'figure' | 'short';
}

/** A table for reading; wide ones are scrolled, by the keyboard too. */
export function tableOf<T>(
  caption: string,
  columns: readonly Column<T>[],
  rows: readonly T[],
): Markup {
  const cells = (row: T) =>
    columns.map(({ cell, as }) => markup`<td class="${as ?? 'words'}">${cell(row)}</td>`);
  return markup`<div class="scroll" role="region" tabindex="0" aria-label="${caption}">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${columns.map(
            ({ title, as }) => markup`<th scope="col" class="${as ?? 'words'}">${title}</th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            markup`<tr>
              ${cells(row)}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
}

/** The first rows, and in words how many there are besides and where. */
export function firstRows<T>(
  caption: string,
  columns: readonly Column<T>[],
  rows: readonly T[],
  cut: { readonly most: number; readonly of?: number; readonly rest: string },
): Content {
  const of = cut.of ?? rows.length;
  const shown = rows.slice(0, cut.most);
  return [
    tableOf(caption, columns, shown),
    of > shown.length
      ? markup`<p class="note">
          The first ${shown.length} of ${of.toLocaleString('en-US')}; ${cut.rest}
        </p>`
      : null,
  ];
}
