import { compare } from '../../../core/model/order.ts';
import { formatCount, formatNoun } from '../../format/money.ts';
import { reasonOf } from '../../words/reason-words.ts';
import { accountChoices } from '../findings/account-choices.ts';
import { PAUSE_MS } from '../markup/search-pause.ts';
import { filterInLink, findingsLink } from '../findings/filter-link.ts';
import { fateWords } from '../findings/fate-words.ts';
import type { FindingRow } from '../findings/finding-row.ts';
import { button, element } from './element.ts';
import { makeNarrowing } from './narrowing.ts';
import type { Execution } from './finding-detail.ts';
import { COLUMNS, rowsOf } from './findings-rows.ts';
import {
  type Choice,
  type Entry,
  type FindingsTable,
  makeFindingsTable,
} from './findings-table.ts';

const PAGE_SIZES = [25, 100, 500];
/** Short enough not to be noticed by whoever types or scrolls. */
const AT_ONCE_MS = 10;

/** Shows the findings in `place`: to search, choose from, sort, turn over and open. */
export function showFindings(
  place: HTMLElement,
  rows: readonly FindingRow[],
  execution: Execution,
): void {
  const table = makeFindingsTable(rows, execution.words);
  const opened = new Set<Entry>();
  const status = element('p', { role: 'status', class: 'found' });
  const body = element('tbody');
  const isOfSeveralKinds = distinct(rows.map(({ kind }) => kind)).length > 1;
  const heads = headers(table, () => show());
  const pager = makePager(table, () => show());

  const filters = controls(table, execution, () => show());
  const nothing = element(
    'p',
    { class: 'nothing' },
    'Nothing matches. ',
    button('Clear the filters', () => filters.clear()),
  );

  const show = () => {
    const { entries, found, index, count } = table.page;
    nothing.hidden = found > 0;
    status.textContent = `${formatCount(found)} of ${formatNoun(rows.length, 'finding')}, page ${formatCount(index + 1)} of ${formatCount(count)}`;
    body.replaceChildren(
      ...entries.flatMap((entry, number) =>
        rowsOf(entry, {
          ...{ number, isOfSeveralKinds, execution, isOpen: opened.has(entry) },
          onToggle: (isOpen) => void (isOpen ? opened.add(entry) : opened.delete(entry)),
        }),
      ),
    );
    heads.update();
    pager.update(index, count);
  };

  const caption = element('caption', { class: 'unseen' }, 'All findings');
  const head = element('thead', {}, element('tr', {}, ...heads.cells));
  const scroller = element(
    'div',
    { class: 'scroll', role: 'region', tabindex: '0', 'aria-label': 'All findings' },
    element('table', { class: 'findings' }, caption, head, body),
  );
  prepareSearch(table.entries);
  const narrowing = makeNarrowing(table, () => show());
  place.append(filters.element, narrowing.element, status, nothing, scroller, pager.element);
  narrowing.read();
  show();
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

function headers(table: FindingsTable, show: () => void) {
  const columns = [{ id: 'resource', title: 'Resource', as: 'words' }, ...COLUMNS];
  const all = columns.map(({ id, title, as }) => {
    const sort = button(title, () => {
      table.sortBy(id);
      show();
    });
    const cell = element('th', { scope: 'col', class: as ?? 'words' }, sort);
    return { id, cell };
  });
  return {
    cells: all.map(({ cell }) => cell),
    update: () => {
      for (const { id, cell } of all) {
        const way = table.sortedAs(id);
        if (way === false) cell.removeAttribute('aria-sort');
        else cell.setAttribute('aria-sort', way === 'asc' ? 'ascending' : 'descending');
      }
    },
  };
}

function controls(table: FindingsTable, { words }: Execution, show: () => void) {
  const search = element('input', { type: 'search', id: 'search', autocomplete: 'off' });
  let pause: ReturnType<typeof setTimeout> | undefined;
  search.addEventListener('input', () => {
    clearTimeout(pause);
    pause = setTimeout(() => {
      table.search(search.value);
      show();
    }, PAUSE_MS);
  });
  const chooser = (
    of: Choice,
    label: string,
    options: readonly (readonly [string, string])[],
    others?: string,
  ) => {
    const made = select(['', 'all'], options, (value) => (table.choose(of, value), show()));
    if (others !== undefined) made.append(element('option', { disabled: '' }, others));
    return labelled(label, made);
  };
  const rows = table.entries.map(({ row }) => row);
  const accounts = accountChoices(rows);
  const kinds = distinct(rows.map(({ kind }) => kind));
  const fates = new Set<string>(rows.flatMap(({ fate }) => fate.codes));
  const all = element(
    'div',
    { class: 'controls', role: 'search', 'aria-label': 'Findings' },
    labelled('Search', search),
    ...(kinds.length > 1 ? [chooser('kind', 'Kind', same(kinds))] : []),
    chooser('verdict', 'Verdict', same(['STALE', 'UNKNOWN', 'KEEP'])),
    chooser(
      'fate',
      'What happens',
      fateWords(words).filter(([code]) => fates.has(code)),
    ),
    chooser('reason', 'Reason', reasonsOf(table.entries)),
    chooser('account', 'Account', accounts.choices, accounts.others),
    chooser('region', 'Region', same(distinct(rows.map(({ region }) => region)))),
  );
  const clear = () => {
    clearTimeout(pause);
    search.value = '';
    for (const choice of all.querySelectorAll('select')) choice.value = '';
    // A link that narrowed them would do so again when somebody follows it.
    if (filterInLink(location.hash) !== null) location.hash = findingsLink({});
    table.clear();
    show();
    // The button is gone with what it said.
    search.focus();
  };
  return { element: all, clear };
}

function makePager(table: FindingsTable, show: () => void) {
  const turn = (by: number) => () => {
    const { index, count } = table.page;
    const to = index + by;
    if (to < 0 || to >= count) return;
    table.turnTo(to);
    show();
  };
  // Never `disabled`: whoever came to the last page by the keyboard stays where they are.
  const previous = button('Previous page', turn(-1));
  const next = button('Next page', turn(1));
  const [first = 25, ...others] = PAGE_SIZES;
  const size = select([String(first), String(first)], same(others.map(String)), (value) => {
    table.setPageSize(Number(value));
    show();
  });
  return {
    element: element(
      'div',
      { class: 'pager', role: 'group', 'aria-label': 'Pages of findings' },
      ...[previous, next, labelled('Findings on a page', size)],
    ),
    update: (index: number, count: number) => {
      previous.setAttribute('aria-disabled', String(index === 0));
      next.setAttribute('aria-disabled', String(index >= count - 1));
    },
  };
}

function labelled(label: string, control: HTMLElement): HTMLElement {
  return element('label', {}, element('span', {}, label), control);
}

function select(
  first: readonly [string, string],
  options: readonly (readonly [string, string])[],
  onChoice: (value: string) => void,
): HTMLSelectElement {
  const made = element(
    'select',
    {},
    ...[first, ...options].map(([value, label]) => element('option', { value }, label)),
  );
  made.addEventListener('change', () => onChoice(made.value));
  return made;
}

function same(values: readonly string[]): (readonly [string, string])[] {
  return values.map((value) => [value, value] as const);
}

/** Each code once, with what it says: of two kinds, both. */
function reasonsOf(entries: readonly Entry[]): [reason: string, label: string][] {
  const says = new Map<string, Set<string>>();
  for (const { row, own } of entries)
    for (const reason of row.reasons) {
      const of = says.get(reason) ?? new Set();
      says.set(reason, of.add(reasonOf(own, reason).says ?? ''));
    }
  return [...says]
    .toSorted(([a], [b]) => compare(a, b))
    .map(([reason, of]) => [reason, `${reason}: ${[...of].join(', or ')}`]);
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].toSorted();
}
