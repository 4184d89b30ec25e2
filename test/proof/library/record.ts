import type { Catalogue, Book } from '../../support/kinds/library/library.ts';
import type { ListedCatalogue } from '../../support/kinds/library/catalogue-looks.ts';
import type { Fate, Request } from '../../support/kinds/library/requests.ts';

/** Who asks now. */
export interface Acting {
  readonly executionId: string;
  readonly does: 'RUN' | 'RESTORE';
  /** Of a restore: these were asked for by name. */
  readonly named: readonly string[];
  readonly isDry: boolean;
}

/** Something that orgsweep asked to have changed. */
export interface Asked extends Acting {
  readonly order: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly accountId: string;
  readonly name: string;
  readonly id: string;
  fate: Fate;
  /** Whether the library did it. */
  isDone: boolean;
  made: string | undefined;
}

/** Whether nobody heard how it was answered: it may have been done. */
export function isUnheard({ fate }: Pick<Asked, 'fate'>): boolean {
  return fate === 'BUSY' || fate === 'LOST';
}

/** What an execution listed of one account first. */
interface Discovery {
  readonly order: number;
  /** Milliseconds since 1970, before anything was listed. */
  readonly at: number;
  readonly accountId: string;
  readonly isSure: boolean;
  readonly ids: Set<string>;
  /** Of those, what was closed. */
  readonly closed: Set<string>;
}

interface Sight<T> {
  readonly order: number;
  readonly at: number;
  readonly seen: T;
}

/** All that a world's own eyes saw, in the order in which it happened. */
export class Record {
  readonly asked: Asked[] = [];
  /** What others touched, and when. */
  readonly touched: {
    readonly order: number;
    readonly key: string;
    readonly isRemoval: boolean;
  }[] = [];
  readonly discoveries: Discovery[] = [];
  readonly #books = new Map<string, Sight<Book>>();
  readonly #found = new Map<string, Sight<string | null>>();
  readonly #listed = new Map<string, Sight<unknown>>();
  /** All that an execution listed in an account: a look that broke off is made again. */
  readonly #ever = new Map<string, Set<string>>();
  readonly #firsts = new Map<string, unknown>();
  #order = 0;

  next(): number {
    this.#order += 1;
    return this.#order;
  }

  saw({ accountId, name, ids }: Request, seen: unknown, { at, executionId }: SeenBy): void {
    const sight = { order: this.next(), at };
    const first = `${executionId} ${accountId} ${name}`;
    if (!this.#firsts.has(first)) this.#firsts.set(first, seen);
    this.#listed.set(`${accountId} ${name}`, { ...sight, seen });
    if (name === 'ListBooks' || name === 'ListCatalogues') {
      const of = `${executionId} ${accountId}`;
      const ids = (seen as { id: string }[]).map(({ id }) => id);
      this.#ever.set(of, new Set([...(this.#ever.get(of) ?? []), ...ids]));
    }
    if (name === 'ListBooks')
      for (const book of seen as Book[])
        this.#books.set(keyOf(accountId, book.id), { ...sight, seen: book });
    if (name === 'FindBook')
      this.#found.set(keyOf(accountId, ids[0] ?? ''), { ...sight, seen: seen as string | null });
  }

  touch(accountId: string, id: string, isRemoval: boolean): void {
    this.touched.push({ order: this.next(), key: keyOf(accountId, id), isRemoval });
  }

  /** What an execution listed there before its plan. */
  first(executionId: string, accountId: string, name: 'ListCards'): [string, string][] {
    return (this.#firsts.get(`${executionId} ${accountId} ${name}`) ?? []) as [string, string][];
  }

  /** @param isSure the execution took what it listed into the history; else perhaps so */
  discovered(executionId: string, accountId: string, at: number, isSure: boolean): void {
    const first = (name: string) => this.#firsts.get(`${executionId} ${accountId} ${name}`);
    const catalogues = (first('ListCatalogues') ?? []) as ListedCatalogue[];
    const there = catalogues.filter(({ isBinned }) => !isBinned);
    this.discoveries.push({
      ...{ order: this.next(), at, accountId, isSure },
      ids: this.#ever.get(`${executionId} ${accountId}`) ?? new Set(),
      closed: new Set(there.flatMap(({ id, isOpen }) => (isOpen ? [] : [id]))),
    });
  }

  /** As it was listed last. */
  book(accountId: string, id: string): Sight<Book> | undefined {
    return this.#books.get(keyOf(accountId, id));
  }

  /** Where a restore looked for it last. */
  found(accountId: string, id: string): Sight<string | null> | undefined {
    return this.#found.get(keyOf(accountId, id));
  }

  listed(accountId: string, name: 'ListCatalogues'): Sight<ListedCatalogue[]> | undefined;
  listed(accountId: string, name: 'ListCards'): Sight<[string, string][]> | undefined;
  listed(accountId: string, name: 'GetReaders' | 'ListOpen'): Sight<string[]> | undefined;
  listed(accountId: string, name: 'ListRules'): Sight<unknown[]> | undefined;
  listed(accountId: string, name: 'DescribeCatalogues'): Sight<Catalogue[]> | undefined;
  listed(accountId: string, name: string): unknown {
    return this.#listed.get(`${accountId} ${name}`);
  }

  /** For who looks for what broke a law. */
  lines(): string[] {
    const asked = this.asked.map(
      ({ order, at, executionId, does, accountId, name, id, ...how }) => {
        const { fate, isDone, made = '' } = how;
        const what = `${does} ${executionId} ${accountId} ${name} ${id} ${fate} ${isDone} ${made}`;
        return { order, line: `${order} ${new Date(at).toISOString()} ${what}` };
      },
    );
    const others = this.touched.map(({ order, key }) => ({
      order,
      line: `${order} others: ${key}`,
    }));
    return [...asked, ...others].toSorted((a, b) => a.order - b.order).map(({ line }) => line);
  }

  of(accountId: string, id: string): Asked[] {
    return this.asked.filter((one) => one.accountId === accountId && one.id === id);
  }

  wasTouchedSince(order: number, accountId: string, id: string): boolean {
    const key = keyOf(accountId, id);
    return this.touched.some((one) => one.key === key && one.order > order);
  }
}

interface SeenBy {
  readonly at: number;
  readonly executionId: string;
}

export function keyOf(accountId: string, id: string): string {
  return `${accountId}/${id}`;
}
