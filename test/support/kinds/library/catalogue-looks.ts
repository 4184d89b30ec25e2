import { z } from 'zod';
import type { Excerpt, Listing, Source } from '../../../../kinds/listings/listing.ts';
import type { Question } from '../../../../kinds/question.ts';
import type { Catalogue, World } from './library.ts';

/** As AWS lists those that are there, and those that lie in the bin. */
export interface ListedCatalogue extends Catalogue {
  readonly isBinned: boolean;
}

export const CatalogueFacts = z.strictObject({
  id: z.string(),
  startedAt: z.string(),
  isOpen: z.boolean(),
  isPrinted: z.boolean(),
  tags: z.record(z.string(), z.string()),
  /** By the books in it, all that list them. */
  holders: z.record(z.string(), z.array(z.string())),
  cards: z.array(z.string()),
  /** null: nobody answered. */
  hasReaders: z.boolean().nullable(),
  isIncomplete: z.boolean(),
});
export type CatalogueFacts = z.infer<typeof CatalogueFacts>;

/** What several kinds read of the libraries, each listing once. */
export function listingsOf(world: World) {
  const catalogues: Listing<ListedCatalogue> = {
    ...{ name: 'catalogues', reach: 'global', iam: [], cost: '1 call' },
    list: async function* ({ clients }) {
      yield* await world.look(clients, 'ListCatalogues', (library) => [
        ...[...library.catalogues.values()].map((one) => ({ ...one, isBinned: false })),
        ...[...library.bin.values()].map((one) => ({ ...one.catalogue, isBinned: true })),
      ]);
    },
  };
  const cards: Listing<readonly [card: string, catalogueId: string]> = {
    ...{ name: 'cards', reach: 'global', iam: [], cost: '1 call' },
    list: async function* ({ clients }) {
      yield* await world.look(clients, 'ListCards', (library) => [...library.cards]);
    },
  };
  const listing: Source<ListedCatalogue, 'catalogues'> = {
    ...{ name: 'catalogues', skippable: false, crossesAccounts: false, listing: catalogues },
    take: ({ id, books }) => ({ by: id, keys: books }),
  };
  const all: Excerpt<ListedCatalogue, ListedCatalogue> = {
    listing: catalogues,
    take: (one) => one,
  };
  const holding: Source<readonly [string, string], 'cards'> = {
    ...{ name: 'cards', skippable: false, crossesAccounts: true, listing: cards },
    take: ([by, id]) => ({ by, keys: [id] }),
  };
  return { listing, all, holding };
}

/** Silence says nothing unless an open one shows: those have readers, always. */
export function readersOf(world: World): Question<CatalogueFacts, boolean> {
  return {
    ...{ name: 'readers', askedOf: 'stale', skippable: false, batchSize: 3, mostPerTarget: 100 },
    controls: async (at) =>
      world.look(at, 'ListOpen', ({ catalogues }) =>
        [...catalogues.values()].filter(({ isOpen }) => isOpen).map(({ id }) => id),
      ),
    ask: async (at, batch, controls) => {
      const shown = await world.look(at, 'GetReaders', ({ catalogues, isSilent }) =>
        [...catalogues.values()]
          .filter(({ isOpen, hasReaders }) => !isSilent && (isOpen || hasReaders))
          .map(({ id }) => id),
      );
      return {
        of: new Map(batch.map(({ id }) => [id, shown.includes(id)])),
        seen: controls.filter((id) => shown.includes(id)),
      };
    },
    answered: (facts, hasReaders) => ({ ...facts, hasReaders }),
  };
}
