import { chooseFindings } from '../../../findings/chosen-findings.ts';
import type { FindingFilter } from '../../../findings/finding-filter.ts';
import { formatCount, formatNoun } from '../../../format/money.ts';
import { PAUSE_MS } from '../../markup/search-pause.ts';
import type { FindingRow } from '../../findings/finding-row.ts';
import { copyButton } from '../copy.ts';
import { element } from '../element.ts';
import { openAddress } from '../filters/address.ts';
import { makeChips } from '../filters/chips.ts';
import { choicesOf } from '../filters/choices.ts';
import { makeControls } from '../filters/controls.ts';
import { followLinks } from '../filters/links.ts';
import { commonTagsOf } from '../filters/tag-input.ts';
import { Entry } from './entry.ts';
import { exportButton } from './export.ts';
import type { Execution } from './finding-detail.ts';
import { rowsOf } from './findings-rows.ts';
import { makeHeaders } from './headers.ts';
import { makeNothing } from './nothing.ts';
import { DEFAULT_SORT, nextSort, sorted, sortInLink, sortToLink } from './order.ts';
import { makePager, PAGE_SIZES } from './pager.ts';
import { worthLines } from './worth.ts';

/** Short enough not to be noticed by whoever types or scrolls. */
const AT_ONCE_MS = 10;

/** Shows the findings in `place`: to choose from, sort, turn over, open and take along. */
export function showFindings(
  place: HTMLElement,
  rows: readonly FindingRow[],
  execution: Execution,
): void {
  const all = rows.map((row) => new Entry(row, execution.words[row.kind]));
  const choices = choicesOf(all, execution.words);
  const isOfSeveralKinds = choices.kind.options.length > 1;
  const opened = new Set<Entry>();
  let chosen = chooseFindings(all, {});
  let inOrder: readonly Entry[] = [];
  let pageIndex = 0;

  const address = openAddress(({ isArrival }) => {
    choose();
    if (isArrival) arrive();
  });
  const onFilter = (filter: FindingFilter, options?: { readonly typing: boolean }) =>
    address.go({ filter, view: address.now.view }, options);
  const sortNow = () => sortInLink(address.now.view.sort) ?? DEFAULT_SORT;
  const pageSize = () => PAGE_SIZES.find((size) => size === address.now.view.rows) ?? 25;

  const status = element('p', { role: 'status', class: 'found' });
  const told = element('p', { class: 'note' });
  const worth = element('ul', { class: 'worth', 'aria-label': 'What the selection comes to' });
  const controls = makeControls({ choices, onFilter, commonTags: () => commonTagsOf(all) });
  const labelOf = (key: string, value: string) => {
    const options = Object.hasOwn(choices, key) ? choices[key as keyof typeof choices].options : [];
    return options.find(([one]) => one === value)?.[1] ?? value;
  };
  const chips = makeChips({ labelOf, onFilter, focusElsewhere: () => controls.focus() });
  const nothing = makeNothing((filter) => {
    onFilter(filter);
    controls.focus();
  });
  const headers = makeHeaders((by) => {
    const sort = sortToLink(nextSort(sortNow(), by));
    const { sort: _before, ...view } = address.now.view;
    address.go({ ...address.now, view: sort === undefined ? view : { ...view, sort } });
  });
  const pager = makePager({
    onTurn: (by) => {
      const to = pageIndex + by;
      if (to < 0 || to >= pageCount()) return;
      pageIndex = to;
      show();
    },
    onSize: (size) => address.go({ ...address.now, view: { ...address.now.view, rows: size } }),
  });
  const pageCount = () => Math.max(1, Math.ceil(inOrder.length / pageSize()));
  const links = followLinks(
    () => address.now.filter,
    (filter) => {
      onFilter(filter);
      arrive();
    },
  );
  /** As any link to a part of the page leads there, by the keyboard too. */
  const arrive = () => {
    (place.closest('section') ?? place).scrollIntoView();
    selection.focus({ preventScroll: true });
  };

  const body = element('tbody', { role: 'rowgroup' });
  const selection = element(
    'div',
    { class: 'selection', role: 'group', tabindex: '-1', 'aria-label': 'Selection' },
    element('div', { class: 'counted' }, status, worth),
    element(
      'div',
      { class: 'take' },
      exportButton(() => inOrder, execution.csvName),
      copyButton('Copy link', () => address.link),
    ),
  );

  const choose = () => {
    const { filter, view, ignored } = address.now;
    chosen = chooseFindings(all, filter);
    inOrder = sorted(chosen.found, sortNow());
    pageIndex = 0;
    const isUnsorted = view.sort !== undefined && sortInLink(view.sort) === undefined;
    const unknown = [...ignored, ...(isUnsorted ? [`sort=${view.sort}`] : [])];
    told.hidden = unknown.length === 0;
    told.textContent = `Left out of the link, as this page does not know it: ${unknown.join(', ')}`;
    controls.update(filter, chosen);
    chips.update(filter);
    nothing.update(filter, chosen);
    worth.replaceChildren(...worthLines(chosen.found, execution.words));
    headers.update(sortNow());
    links.update();
    show();
  };
  const show = () => {
    const from = pageIndex * pageSize();
    status.textContent = `${formatCount(inOrder.length)} of ${formatNoun(all.length, 'finding')}, page ${formatCount(pageIndex + 1)} of ${formatCount(pageCount())}`;
    body.replaceChildren(
      ...inOrder.slice(from, from + pageSize()).flatMap((entry, number) =>
        rowsOf(entry, {
          ...{ number, isOfSeveralKinds, execution, isOpen: opened.has(entry) },
          onToggle: (isOpen) => void (isOpen ? opened.add(entry) : opened.delete(entry)),
        }),
      ),
    );
    pager.update(pageIndex, pageCount(), pageSize());
  };

  const table = element(
    'table',
    { class: 'findings', role: 'table' },
    element('caption', { class: 'unseen' }, 'All findings'),
    element('thead', { role: 'rowgroup' }, element('tr', { role: 'row' }, ...headers.cells)),
    body,
  );
  prepareSearch(all);
  place.append(
    ...[controls.element, chips.element, told, selection, nothing.element, table, pager.element],
  );
  choose();
  place.hidden = false;
  if (address.isOpenedByLink) arrive();
}

/** Puts together what is searched, bit by bit between other work, so that the first search is quick too. */
function prepareSearch(entries: readonly Entry[]): void {
  let next = 0;
  const prepareSome = () => {
    const until = performance.now() + AT_ONCE_MS;
    while (next < entries.length && performance.now() < until) void entries[next++]?.text;
    if (next < entries.length) setTimeout(prepareSome, AT_ONCE_MS);
  };
  setTimeout(prepareSome, PAUSE_MS);
}
