import { failureOf, type Answered, type Request, type Watch, UNWATCHED } from './requests.ts';
import type { RecycleBinRule } from '../../../../core/outcome/recycle-bin.ts';

/** What can be set aside, copied and then removed. */
export interface Book {
  readonly id: string;
  /** What one request may be about. */
  readonly shelf: string;
  readonly state: 'SHELVED' | 'ASIDE' | 'COPIED';
  readonly isRead: boolean;
  /** Of which it was made again; null: it is the first. */
  readonly madeFrom: string | null;
  /** Where its copy is; null: nobody made one. */
  readonly copy: string | null;
}

/** What lists books, and keeps them. It goes into a bin. */
export interface Catalogue {
  readonly id: string;
  readonly startedAt: string;
  readonly isOpen: boolean;
  /** What only metrics show. */
  readonly hasReaders: boolean;
  readonly isPrinted: boolean;
  readonly tags: Readonly<Record<string, string>>;
  readonly books: readonly string[];
}

/** In the bin. Milliseconds since 1970. */
interface Binned {
  readonly catalogue: Catalogue;
  readonly enteredAt: number;
  readonly until: number;
}

/** Of one account. */
export class Library {
  readonly books = new Map<string, Book>();
  readonly copies = new Map<string, Book>();
  readonly catalogues = new Map<string, Catalogue>();
  readonly bin = new Map<string, Binned>();
  /** Which catalogue each card is for, in whichever account that is. */
  readonly cards = new Map<string, string>();
  rules: readonly RecycleBinRule[] = [];
  /** Metrics show nothing at all. */
  isSilent = false;

  addBook(id: string, given: Partial<Book> = {}): void {
    const book = { shelf: 'shelf-0', state: 'SHELVED', isRead: false } as const;
    this.books.set(id, { id, ...book, madeFrom: null, copy: null, ...given });
  }

  addCatalogue(id: string, given: Partial<Catalogue> = {}): void {
    const use = { isOpen: false, hasReaders: false, isPrinted: false };
    this.catalogues.set(id, { id, startedAt: OLD, ...use, tags: {}, books: [], ...given });
  }

  change(id: string, given: Partial<Book>): void {
    const book = this.books.get(id);
    if (book !== undefined) this.books.set(id, { ...book, ...given });
  }

  changeCatalogue(id: string, given: Partial<Catalogue>): void {
    const catalogue = this.catalogues.get(id);
    if (catalogue !== undefined) this.catalogues.set(id, { ...catalogue, ...given });
  }

  /** Also those that lie in the bin: whoever takes one out needs its books. */
  cataloguesOf(bookId: string): string[] {
    const binned = [...this.bin.values()].map(({ catalogue }) => catalogue);
    return [...this.catalogues.values(), ...binned]
      .filter(({ books }) => books.includes(bookId))
      .map(({ id }) => id);
  }

  /** Under a name that nobody had: as AWS names what it makes. */
  make(of: string, given: Partial<Book>): string {
    const made = [...this.books.values()].filter(({ madeFrom }) => madeFrom === of).length;
    let id = `${of}-again-${made + 1}`;
    while (this.books.has(id)) id += '+';
    this.addBook(id, { ...given, madeFrom: of });
    return id;
  }

  /** Under a rule into the bin; without one it is gone. */
  throwAway(id: string, now: number): void {
    const catalogue = this.catalogues.get(id);
    const [rule] = this.rules;
    this.catalogues.delete(id);
    if (catalogue === undefined || rule === undefined) return;
    const until = now + rule.retentionDays * DAY_MS;
    this.bin.set(id, { catalogue, enteredAt: now, until });
  }

  /** What its time in the bin is over for. */
  forget(now: number): void {
    for (const [id, { until }] of this.bin) if (until <= now) this.bin.delete(id);
  }
}

/** All libraries of the organization, as orgsweep and everybody else sees and changes them. */
export class World {
  now: () => number = () => Date.now();
  watch: Watch = UNWATCHED;
  readonly #libraries = new Map<string, Library>();

  of(accountId: string): Library {
    const library = this.#libraries.get(accountId) ?? new Library();
    this.#libraries.set(accountId, library);
    return library;
  }

  all(): readonly (readonly [accountId: string, library: Library])[] {
    return [...this.#libraries];
  }

  /** All there is, as JSON may have it. */
  state(): unknown {
    return [...this.#libraries].map(([accountId, { books, copies, catalogues, bin }]) => [
      accountId,
      ...[books, copies, catalogues, bin].map((all) => [...all]),
    ]);
  }

  /** A request that only looks. */
  async look<T>(
    of: AnyClients,
    name: string,
    see: (library: Library) => T,
    ids: readonly string[] = [],
  ): Promise<T> {
    const request: Request = { clients: of, accountId: of.accountId, name, ids };
    await this.watch.before(request);
    const library = this.of(of.accountId);
    library.forget(this.now());
    const seen = structuredClone(see(library));
    this.watch.saw(request, seen);
    await this.watch.after(request);
    return seen;
  }

  /** A request that changes some things, with an answer for each that was heard of. */
  async each(
    clients: AnyClients,
    name: string,
    ids: readonly string[],
    change: (library: Library, id: string) => Answered,
  ): Promise<Map<string, Answered>> {
    const { accountId } = clients;
    const request: Request = { clients, accountId, name, ids };
    await this.watch.before(request);
    const library = this.of(accountId);
    library.forget(this.now());
    const answers = new Map<string, Answered>();
    for (const id of ids) {
      const fate = this.watch.asked(request, id);
      if (fate === 'REFUSED') answers.set(id, refused('NotNow'));
      if (fate === 'REFUSED' || fate === 'BUSY') continue;
      const answer = change(library, id);
      if (!('refused' in answer)) this.watch.done(request, id, answer);
      if (fate === 'DONE') answers.set(id, answer);
    }
    await this.watch.after(request);
    return answers;
  }

  /** As `each`, of one. @throws what refuses it, or as of an answer that never came */
  async one(
    of: AnyClients,
    name: string,
    id: string,
    change: (library: Library, id: string) => Answered,
  ): Promise<Exclude<Answered, { readonly refused: unknown }>> {
    const answer = (await this.each(of, name, [id], change)).get(id);
    if (answer === undefined)
      throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    if ('refused' in answer) throw failureOf(answer.refused.code);
    return answer;
  }
}

interface AnyClients {
  readonly accountId: string;
}

export function refused(code: string): Answered {
  return { refused: { code, message: 'the library refuses' } };
}

const OLD = '2019-01-01T00:00:00.000Z';
export const DAY_MS = 86_400_000;
