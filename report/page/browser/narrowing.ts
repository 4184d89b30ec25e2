import { filterInLink, findingsLink } from '../findings/filter-link.ts';
import { button, element } from './element.ts';
import type { FindingsTable } from './findings-table.ts';

/**
 * Narrows the findings to what the address of the page asks for, when the page is opened and whenever
 * somebody follows such a link, and says so above them.
 */
export function makeNarrowing(table: FindingsTable, show: () => void) {
  const says = element('span');
  const all = button('Show all', () => {
    location.hash = findingsLink({});
  });
  const line = element('p', { class: 'narrowed', hidden: '' }, says, ' ', all);
  const read = (): boolean => {
    // The page as it was opened asks for all; a link to another part of it, for nothing of these.
    const asked = filterInLink(location.hash || findingsLink({}));
    if (asked === null) return false;
    const { filter, ignored } = asked;
    const parts = partsOf(filter);
    table.narrow(parts.length === 0 ? null : filter);
    line.hidden = parts.length + ignored.length === 0;
    says.textContent = [
      ...(parts.length === 0 ? [] : [`Narrowed to ${parts.join(', ')}.`]),
      ...(ignored.length === 0 ? [] : [`Not understood: ${ignored.join(', ')}.`]),
    ].join(' ');
    return true;
  };
  addEventListener('hashchange', () => {
    if (!read()) return;
    show();
    document.getElementById('findings')?.scrollIntoView();
  });
  return { element: line, read };
}

/** As they are in the address, which says what they are. */
function partsOf(filter: Readonly<Record<string, number | readonly string[]>>): string[] {
  return Object.entries(filter).flatMap(([key, of]) =>
    (typeof of === 'number' ? [of] : of).map((value) => `${key} ${value}`),
  );
}
