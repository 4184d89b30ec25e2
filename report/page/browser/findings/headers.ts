import { button, element } from '../element.ts';
import { COLUMNS } from './findings-rows.ts';
import type { Sort, SortId } from './order.ts';

/** The heads of the columns; each sorts by its own. */
export function makeHeaders(onSort: (by: SortId) => void) {
  const all = COLUMNS.map(({ id, title, as }) => {
    const sort = button(title, () => onSort(id));
    const cell = element(
      'th',
      { scope: 'col', role: 'columnheader', class: `of-${id} ${as ?? ''}` },
      sort,
    );
    return { id, cell };
  });
  return {
    cells: all.map(({ cell }) => cell),
    update: (sort: Sort) => {
      for (const { id, cell } of all) {
        if (sort.by !== id) cell.removeAttribute('aria-sort');
        else cell.setAttribute('aria-sort', sort.descends ? 'descending' : 'ascending');
      }
    },
  };
}
