import type { RecycleBinRule } from '../../../core/outcome/recycle-bin.ts';
import { PROTECT_TAG } from '../../../core/tags/protection.ts';
import type { Library, World } from '../../support/kinds/library/library.ts';
import type { Chance } from './chance.ts';

export const RULE: RecycleBinRule = {
  ...{ identifier: 'rule-1', retentionDays: 20, status: 'available' },
  ...{ resourceTags: [], excludeResourceTags: [] },
};

/** What somebody else does between two requests, and to which of them. */
type Act = (library: Library, id: string) => void;

const WITH_BOOKS: readonly Act[] = [
  (library, id) => library.change(id, { isRead: true }),
  (library, id) => library.change(id, { isRead: false }),
  (library, id) => library.change(id, { state: 'SHELVED' }),
  (library, id) => library.change(id, { state: 'ASIDE' }),
  (library, id) => library.change(id, { state: 'COPIED' }),
  (library, id) => library.books.delete(id),
  // Under its own name: nobody can tell it from the one before.
  (library, id) => library.addBook(id),
  (library, id) => library.make(id, { shelf: 'shelf-0' }),
  (library, id) => library.copies.delete(library.books.get(id)?.copy ?? ''),
];

const WITH_CATALOGUES: readonly Act[] = [
  (library, id) => library.changeCatalogue(id, { isOpen: true }),
  (library, id) => library.changeCatalogue(id, { isOpen: false }),
  (library, id) => library.changeCatalogue(id, { hasReaders: true }),
  (library, id) => library.changeCatalogue(id, { hasReaders: false }),
  (library, id) => library.changeCatalogue(id, { tags: {} }),
  (library, id) => library.changeCatalogue(id, { tags: { [PROTECT_TAG]: 'mine' } }),
  (library, id) => library.changeCatalogue(id, { books: ['book-0', 'book-1'] }),
  (library, id) => library.changeCatalogue(id, { books: [] }),
];

/** Everybody but orgsweep. */
export class Others {
  acts = 0;
  readonly #world: World;
  readonly #chance: Chance;
  /** Is told what they touched such that nobody can tell what orgsweep did to it. */
  readonly #touched: (accountId: string, id: string, isRemoval: boolean) => void;

  constructor(
    world: World,
    chance: Chance,
    touched: (accountId: string, id: string, isRemoval: boolean) => void,
  ) {
    this.#world = world;
    this.#chance = chance;
    this.#touched = touched;
  }

  act(): void {
    const [accountId = '', library] = this.#chance.pick(this.#world.all()) ?? [];
    if (library === undefined) return;
    this.acts += 1;
    const kind = this.#chance.pick(['BOOK', 'BOOK', 'CATALOGUE', 'CATALOGUE', 'REST'] as const);
    if (kind === 'BOOK')
      this.#actOn(accountId, library, [...ALL_BOOKS, ...library.books.keys()], WITH_BOOKS);
    else if (kind === 'CATALOGUE')
      this.#actOn(accountId, library, [...library.catalogues.keys()], WITH_CATALOGUES);
    else this.#rest(accountId, library);
  }

  #actOn(accountId: string, library: Library, ids: readonly string[], acts: readonly Act[]): void {
    const id = this.#chance.pick(ids);
    const act = this.#chance.pick(acts);
    if (id === undefined || act === undefined) return;
    act(library, id);
    this.#touched(accountId, id, false);
  }

  #rest(accountId: string, library: Library): void {
    const catalogue = this.#chance.pick([...library.catalogues.keys()]);
    const binned = this.#chance.pick([...library.bin.keys()]);
    const foreign = this.#chance.pick(
      this.#world.all().flatMap(([, { catalogues }]) => [...catalogues.keys()]),
    );
    const what = this.#chance.pick([
      'THROW',
      'TAKE_OUT',
      'CARD',
      'NO_CARD',
      'RULES',
      'SILENT',
    ] as const);
    if (what === 'THROW' && catalogue !== undefined) {
      library.throwAway(catalogue, this.#world.now());
      this.#touched(accountId, catalogue, true);
    }
    if (what === 'TAKE_OUT' && binned !== undefined) {
      const entry = library.bin.get(binned);
      library.bin.delete(binned);
      if (entry !== undefined) library.catalogues.set(binned, entry.catalogue);
      this.#touched(accountId, binned, false);
    }
    if (what === 'CARD' && foreign !== undefined) library.cards.set(`card-${this.acts}`, foreign);
    if (what === 'NO_CARD') library.cards.clear();
    if (what === 'RULES') library.rules = this.#chance.isOneIn(3) ? [] : [RULE];
    if (what === 'SILENT') library.isSilent = this.#chance.isOneIn(2);
  }
}

/** Also those that are gone: somebody may make one again. */
const ALL_BOOKS = Array.from({ length: 8 }, (_, at) => `book-${at}`);
