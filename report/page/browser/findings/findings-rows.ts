import { formatCount, sizeInCell } from '../../../format/money.ts';
import { reasonOf } from '../../../words/reason-words.ts';
import { costInRow } from '../../findings/cost-in-row.ts';
import { VERDICT_WORDS } from '../../findings/verdict-words.ts';
import { element, isolated } from '../element.ts';
import type { Entry } from './entry.ts';
import { detailOf, type Execution } from './finding-detail.ts';
import type { SortId } from './order.ts';

interface ColumnToShow {
  readonly id: SortId;
  readonly title: string;
  readonly as?: 'figure';
  readonly cell: (entry: Entry) => readonly (Node | string)[];
}

const id = (text: string) => element('code', { class: 'id' }, isolated(text));

const NAME = { id: 'name', title: 'Name' } as const;

const OTHERS: readonly ColumnToShow[] = [
  {
    ...{ id: 'verdict', title: 'Verdict' },
    cell: ({ verdict }) => [
      element('span', { class: `verdict ${verdict.toLowerCase()}` }, VERDICT_WORDS[verdict]),
    ],
  },
  { id: 'fate', title: 'What happens', cell: ({ row }) => [row.fate.short] },
  {
    ...{ id: 'account', title: 'Account' },
    cell: ({ row: { accountId, accountName } }) =>
      accountName === '' ? [id(accountId)] : [isolated(accountName), ' ', id(accountId)],
  },
  { id: 'region', title: 'Region', cell: ({ region }) => [region] },
  {
    ...{ id: 'reason', title: 'Why' },
    cell: ({ reasons, own }) => [
      reasons.map((reason) => reasonOf(own, reason).says ?? reason).join('; '),
    ],
  },
  {
    ...{ id: 'age', title: 'Days', as: 'figure' },
    cell: ({ ageDays }) => [ageDays === null ? 'unknown' : formatCount(ageDays)],
  },
  { id: 'size', title: 'Size', as: 'figure', cell: ({ sizeGiB }) => [sizeInCell(sizeGiB)] },
  { id: 'cost', title: 'Cost', as: 'figure', cell: ({ row }) => [costInRow(row)] },
];

export const COLUMNS: readonly Omit<ColumnToShow, 'cell'>[] = [NAME, ...OTHERS];

/** Of what a row may cut off, the whole for whoever points at it. */
const MAY_BE_CUT: ReadonlySet<SortId> = new Set(['fate', 'account', 'reason']);

function inOneLine(made: HTMLElement, column: SortId): HTMLElement {
  if (MAY_BE_CUT.has(column)) made.title = made.textContent ?? '';
  return made;
}

/** The row of a finding, and below it what is known of it, once it is asked for. */
export function rowsOf(
  entry: Entry,
  {
    number,
    isOfSeveralKinds,
    isOpen,
    execution,
    onToggle,
  }: {
    number: number;
    /** Of one, the page says by its nouns which. */
    isOfSeveralKinds: boolean;
    isOpen: boolean;
    execution: Execution;
    onToggle: (isOpen: boolean) => void;
  },
): HTMLElement[] {
  const { row, own } = entry;
  const detailId = `finding-${number}`;
  const toggle = element('button', {
    ...{ type: 'button', class: 'toggle' },
    ...{ 'aria-expanded': String(isOpen), 'aria-controls': detailId },
  });
  if (row.name !== '') toggle.append(element('span', { class: 'called' }, isolated(row.name)), ' ');
  toggle.append(id(row.resourceId));
  const detailCell = element('td', { colspan: String(COLUMNS.length), role: 'cell' });
  const detail = element(
    'tr',
    { id: detailId, class: 'details', role: 'row', hidden: !isOpen },
    detailCell,
  );
  const open = () => detailCell.replaceChildren(detailOf(row, execution));
  if (isOpen) open();
  toggle.addEventListener('click', () => {
    const opens = detail.hidden !== false;
    if (opens) open();
    detail.hidden = !opens;
    toggle.setAttribute('aria-expanded', String(opens));
    onToggle(opens);
  });
  // A table whose rows are cards on a narrow screen stays one to who hears it: so each says its role.
  const cells = OTHERS.map(({ id: column, title, cell, as }) =>
    element(
      'td',
      { class: `of-${column} ${as ?? ''}`, role: 'cell', 'data-label': title },
      inOneLine(element('div', {}, ...cell(entry)), column),
    ),
  );
  const kind = isOfSeveralKinds ? [element('small', { class: 'kind' }, own?.one ?? row.kind)] : [];
  const head = element(
    'th',
    { scope: 'row', role: 'rowheader', class: 'of-name' },
    toggle,
    ...kind,
  );
  return [element('tr', { role: 'row' }, head, ...cells), detail];
}
