import { z } from 'zod';
import { PROTECT_TAG } from '../../../../core/tags/protection.ts';
import type { BringingBack, RecycleBin } from '../../../../kinds/removal.ts';
import type { CatalogueFacts } from './catalogue-looks.ts';
import { refused, type World } from './library.ts';

export async function tagged(
  world: World,
  clients: { readonly accountId: string },
  name: string,
  { id, tag }: { readonly id: string; readonly tag: Readonly<Record<string, string>> },
): Promise<void> {
  await world.one(clients, name, id, (library) => {
    const catalogue = library.catalogues.get(id);
    if (catalogue === undefined) return refused('CatalogueNotFound');
    library.changeCatalogue(id, { tags: { ...catalogue.tags, ...tag } });
    return {};
  });
}

export async function tagsOf(
  world: World,
  clients: { readonly accountId: string },
  ids: readonly string[],
): Promise<Map<string, Readonly<Record<string, string>>>> {
  const found = await world.look(clients, 'DescribeCatalogues', ({ catalogues }) =>
    ids.flatMap((id) => catalogues.get(id) ?? []),
  );
  return new Map(found.map(({ id, tags }) => [id, tags]));
}

export function binOf(world: World): RecycleBin {
  const rules: RecycleBin['rules'] = async (clients) =>
    world.look(clients, 'ListRules', (library) => [...library.rules]);
  return {
    way: 'RECYCLE_BIN',
    keeps: { resourceType: 'EC2_IMAGE', mostDays: 365 },
    rules,
    rule: async (clients, identifier) =>
      (await rules(clients)).find((one) => one.identifier === identifier) ?? null,
    find: async (clients, ids) => {
      const entries = await world.look(clients, 'ListBin', ({ bin }) =>
        [...bin].filter(([id]) => ids.includes(id)),
      );
      const iso = (at: number) => new Date(at).toISOString();
      return new Map(
        entries.map(([id, { enteredAt, until }]) => [
          id,
          { enteredAt: iso(enteredAt), restorableUntil: iso(until) },
        ]),
      );
    },
    findTags: async (clients, ids) => tagsOf(world, clients, ids),
    restore: async (clients, catalogueId) => {
      await world.one(clients, 'RestoreCatalogue', catalogueId, (library, id) => {
        const binned = library.bin.get(id);
        if (binned === undefined) return refused('CatalogueNotFound');
        library.bin.delete(id);
        library.catalogues.set(id, binned.catalogue);
        return {};
      });
    },
    protect: async (clients, id, value) =>
      tagged(world, clients, 'ProtectCatalogue', { id, tag: { [PROTECT_TAG]: value } }),
  };
}

/** Without its cards: those were for the one before. */
export function anew(world: World): BringingBack<CatalogueFacts> {
  const Kept = z.strictObject({ startedAt: z.string(), books: z.array(z.string()) });
  return {
    way: 'RECREATION',
    whatIsNew: 'Cards for it are for the one before.',
    record: ({ startedAt, holders }) => ({ startedAt, books: Object.keys(holders) }),
    find: async (clients, { resourceId }) =>
      (await tagsOf(world, clients, [resourceId])).has(resourceId) ? resourceId : null,
    bringBack: async (clients, { resourceId, record }) => {
      const { startedAt, books } = Kept.parse(record);
      await world.one(clients, 'MakeCatalogueAnew', resourceId, (library, id) => {
        if (library.catalogues.has(id)) return refused('CatalogueExists');
        library.addCatalogue(id, { startedAt, books });
        return {};
      });
      return resourceId;
    },
    protect: async (clients, id, value) =>
      tagged(world, clients, 'ProtectCatalogue', { id, tag: { [PROTECT_TAG]: value } }),
  };
}
