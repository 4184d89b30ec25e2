import { formatCount, sizeInCell } from '../../format/money.ts';
import { reasonOf } from '../../words/reason-words.ts';
import { costInRow } from '../findings/cost-in-row.ts';
import { element, isolated } from './element.ts';
import { detailOf, type Execution } from './finding-detail.ts';
import type { Entry } from './findings-table.ts';

export interface ColumnToShow {
  readonly id: string;
  readonly title: string;
  readonly as?: 'figure' | 'short' | 'clipped';
  readonly cell: (entry: Entry) => readonly (Node | string)[];
}

const id = (text: string) => element('code', { class: 'id' }, isolated(text));

export const COLUMNS: readonly ColumnToShow[] = [
  {
    id: 'verdict',
    title: 'Verdict',
    as: 'short',
    cell: ({ row: { verdict } }) => [
      element('span', { class: `verdict ${verdict.toLowerCase()}` }, verdict),
    ],
  },
  { id: 'fate', title: 'What happens', cell: ({ row }) => [row.fate.short] },
  {
    id: 'account',
    title: 'Account',
    cell: ({ row: { accountId, accountName } }) =>
      accountName === '' ? [id(accountId)] : [isolated(accountName), ' ', id(accountId)],
  },
  { id: 'region', title: 'Region', as: 'short', cell: ({ row }) => [row.region] },
  {
    id: 'reason',
    title: 'Why',
    cell: ({ row, own }) =>
      row.reasons.flatMap((reason, i) => {
        const { says } = reasonOf(own, reason);
        return [
          ...(i > 0 ? ['; '] : []),
          ...(says === undefined ? [] : [`${says} `]),
          element('code', { class: 'reason' }, reason),
        ];
      }),
  },
  {
    ...{ id: 'age', title: 'Age, days', as: 'figure' },
    cell: ({ row: { ageDays } }) => [ageDays === null ? 'unknown' : formatCount(ageDays)],
  },
  {
    ...{ id: 'size', title: 'Size', as: 'figure' },
    cell: ({ row }) => [sizeInCell(row.sizeGiB)],
  },
  {
    ...{ id: 'cost', title: 'Cost a month, up to', as: 'figure' },
    cell: ({ row }) => [costInRow(row)],
  },
  { id: 'name', title: 'Name', as: 'clipped', cell: ({ name }) => [isolated(name)] },
];

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
  const { row } = entry;
  const detailId = `finding-${number}`;
  const toggle = element(
    'button',
    { type: 'button', class: 'toggle', 'aria-expanded': String(isOpen), 'aria-controls': detailId },
    id(row.resourceId),
  );
  const detailCell = element('td', { colspan: String(COLUMNS.length + 1) });
  const detail = element('tr', { id: detailId, class: 'details', hidden: !isOpen }, detailCell);
  const open = () => detailCell.replaceChildren(detailOf(row, execution));
  if (isOpen) open();
  toggle.addEventListener('click', () => {
    const opens = detail.hidden !== false;
    if (opens) open();
    detail.hidden = !opens;
    toggle.setAttribute('aria-expanded', String(opens));
    onToggle(opens);
  });
  const cells = COLUMNS.map(({ cell, as }) =>
    element('td', { class: as ?? 'words' }, ...cell(entry)),
  );
  const kind = isOfSeveralKinds ? [element('small', { class: 'kind' }, row.kind)] : [];
  const head = element('th', { scope: 'row' }, toggle, ...kind);
  return [element('tr', {}, head, ...cells), detail];
}
