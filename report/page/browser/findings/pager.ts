import { button, element } from '../element.ts';

export const PAGE_SIZES = [25, 100, 500];

/** Turns the pages of a table, and says how long they are. */
export function makePager(of: {
  readonly onTurn: (by: number) => void;
  readonly onSize: (size: number) => void;
}) {
  // Never `disabled`: whoever came to the last page by the keyboard stays where they are.
  const previous = button('Previous page', () => of.onTurn(-1));
  const next = button('Next page', () => of.onTurn(1));
  const size = element(
    'select',
    {},
    ...PAGE_SIZES.map((value) => element('option', { value: String(value) }, String(value))),
  );
  size.addEventListener('change', () => of.onSize(Number(size.value)));
  return {
    element: element(
      'div',
      { class: 'pager', role: 'group', 'aria-label': 'Pages of findings' },
      ...[previous, next],
      element('label', {}, element('span', {}, 'Findings on a page'), size),
    ),
    update: (index: number, count: number, pageSize: number) => {
      previous.setAttribute('aria-disabled', String(index === 0));
      next.setAttribute('aria-disabled', String(index >= count - 1));
      size.value = String(pageSize);
    },
  };
}
