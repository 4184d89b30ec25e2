import type { KindWords, WordsByKind } from '../../../core/words/kind-words.ts';
import {
  columnFilteringFeature,
  constructTable,
  createColumnHelper,
  createFilteredRowModel,
  createPaginatedRowModel,
  createSortedRowModel,
  rowPaginationFeature,
  rowSortingFeature,
  tableFeatures,
} from '@tanstack/table-core';
import { storeReactivityBindings } from '@tanstack/table-core/store-reactivity-bindings';
import { reasonsInWords } from '../../words/reason-words.ts';
import { compare } from '../../../core/model/order.ts';
import { type Filterable, type FindingFilter, matcherOf } from '../../findings/finding-filter.ts';
import type { FateCode } from '../findings/fate-words.ts';
import type { FindingRow } from '../findings/finding-row.ts';

/** A finding with what it is searched by, which is put together when it is first needed. */
export class Entry {
  readonly row: FindingRow;
  /** The words of its kind. */
  readonly own: KindWords | undefined;
  #text: string | undefined;

  constructor(row: FindingRow, own: KindWords | undefined) {
    this.row = row;
    this.own = own;
  }

  get name(): string {
    return this.row.name;
  }

  /** As links within the page filter it. */
  get filterable(): Filterable {
    const { row, text } = this;
    return { ...row, unitId: row.unitId || null, next: row.fate.codes, text };
  }

  get text(): string {
    const { row } = this;
    this.#text ??= [
      ...[row.verdict, row.kind, row.resourceId, row.accountId, row.accountName, row.region],
      ...[reasonsInWords(row.reasons, this.own), ...row.tags.flat(), ...row.words],
      // Its codes, and not its words: what is held back "could be removed" some day, too.
      ...[...row.fate.codes.filter((code) => code !== 'PLANNED'), row.fate.said],
    ]
      .join('\n')
      .toLowerCase();
    return this.#text;
  }
}

const features = tableFeatures({
  coreReactivityFeature: storeReactivityBindings(),
  columnFilteringFeature,
  rowSortingFeature,
  rowPaginationFeature,
  filteredRowModel: createFilteredRowModel(),
  sortedRowModel: createSortedRowModel(),
  paginatedRowModel: createPaginatedRowModel(),
});

const helper = createColumnHelper<typeof features, Entry>();

/** By value, what has none last whichever way. */
const byNumber = (id: string, value: (row: FindingRow) => number | null) =>
  helper.accessor(({ row }) => value(row) ?? undefined, {
    id,
    sortDescFirst: true,
    sortUndefined: 'last' as const,
    sortFn: (a, b) => (value(a.original.row) ?? 0) - (value(b.original.row) ?? 0),
  });

const byText = (id: string, value: (entry: Entry) => string) =>
  helper.accessor(value, {
    id,
    sortDescFirst: false,
    sortFn: (a, b) => compare(value(a.original), value(b.original)),
  });

/** One that is filtered by its very value. */
const byChoice = (id: string, value: (row: FindingRow) => string) =>
  helper.accessor(({ row }) => value(row), {
    id,
    filterFn: (entry, _id, chosen: string) => value(entry.original.row) === chosen,
    sortDescFirst: false,
    sortFn: (a, b) => compare(value(a.original.row), value(b.original.row)),
  });

const columns = helper.columns([
  byChoice('kind', ({ kind }) => kind),
  byChoice('verdict', ({ verdict }) => verdict),
  byText('resource', ({ row }) => row.resourceId),
  helper.accessor(({ row }) => row.accountId, {
    id: 'account',
    filterFn: (entry, _id, chosen: string) => entry.original.row.accountId === chosen,
    sortDescFirst: false,
    sortFn: (a, b) => compare(accountOf(a.original), accountOf(b.original)),
  }),
  byChoice('region', ({ region }) => region),
  helper.accessor(({ row }) => row.reasons.join(' '), {
    id: 'reason',
    filterFn: (entry, _id, chosen: string) => entry.original.row.reasons.includes(chosen),
    sortDescFirst: false,
    sortFn: (a, b) => compare(a.original.row.reasons.join(' '), b.original.row.reasons.join(' ')),
  }),
  helper.accessor(({ row }) => row.fate.short, {
    id: 'fate',
    filterFn: (entry, _id, chosen: FateCode) => entry.original.row.fate.codes.includes(chosen),
    sortDescFirst: false,
    sortFn: (a, b) => compare(a.original.row.fate.short, b.original.row.fate.short),
  }),
  byNumber('age', ({ ageDays }) => ageDays),
  byNumber('size', ({ sizeGiB }) => sizeGiB),
  byNumber('cost', ({ usdUpTo }) => usdUpTo),
  byText('name', ({ name }) => name),
  helper.accessor(() => '', {
    id: 'text',
    filterFn: (entry, _id, words: readonly string[]) => {
      const { text } = entry.original;
      return words.every((word) => text.includes(word));
    },
  }),
  helper.accessor(() => '', {
    id: 'link',
    filterFn: (entry, _id, link: { readonly matches: ReturnType<typeof matcherOf> }) =>
      link.matches(entry.original.filterable),
  }),
]);

function accountOf({ row }: Entry): string {
  return `${row.accountName.toLowerCase()}\n${row.accountId}`;
}

export type Choice = 'kind' | 'verdict' | 'fate' | 'reason' | 'account' | 'region';

/** What is searched, chosen, sorted and turned over; who shows it asks for the page then. */
export function makeFindingsTable(rows: readonly FindingRow[], words: WordsByKind) {
  const entries = rows.map((row) => new Entry(row, words[row.kind]));
  const table = constructTable({
    features,
    columns,
    data: entries,
    autoResetPageIndex: false,
    enableSortingRemoval: true,
    initialState: { pagination: { pageIndex: 0, pageSize: 25 } },
  });
  const toFirstPage = () => table.setPageIndex(0);
  return {
    entries,
    search: (text: string) => {
      const words = text
        .toLowerCase()
        .split(/\s+/)
        .filter((word) => word !== '');
      table.getColumn('text')?.setFilterValue(words.length === 0 ? undefined : words);
      toFirstPage();
    },
    choose: (of: Choice, value: string) => {
      table.getColumn(of)?.setFilterValue(value === '' ? undefined : value);
      toFirstPage();
    },
    /** To what a link asks for; null: to all. A function alone would be called for a value. */
    narrow: (filter: FindingFilter | null) => {
      table
        .getColumn('link')
        ?.setFilterValue(filter === null ? undefined : { matches: matcherOf(filter) });
      toFirstPage();
    },
    /** Finds all of them again. */
    clear: () => {
      table.resetColumnFilters(true);
      toFirstPage();
    },
    /** One way, the other way, and as they came. */
    sortBy: (id: string) => {
      table.getColumn(id)?.toggleSorting();
      toFirstPage();
    },
    sortedAs: (id: string) => table.getColumn(id)?.getIsSorted() ?? false,
    turnTo: (page: number) => table.setPageIndex(page),
    setPageSize: (size: number) => {
      table.setPageSize(size);
      toFirstPage();
    },
    get page() {
      return {
        entries: table.getRowModel().rows.map(({ original }) => original),
        found: table.getFilteredRowModel().rows.length,
        index: table.atoms.pagination.get().pageIndex,
        count: Math.max(1, table.getPageCount()),
      };
    },
  };
}

export type FindingsTable = ReturnType<typeof makeFindingsTable>;
