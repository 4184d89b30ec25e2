import { type Amount, Amounts } from '../model/amount.ts';
import type { Freed, FreedByKind } from '../model/billing.ts';
import { keyInTarget, type ResourceRef } from '../model/ids.ts';
import { compare } from '../model/order.ts';
import { targetKey } from '../model/target.ts';

/** One that goes where all its holders do. */
export interface WouldBeFreed<T> extends Omit<Freed, 'holders'> {
  /** The kind that it counts at: of several that hold it the first by name. */
  readonly holderKind: string;
  readonly holders: readonly T[];
  /** Over all accounts and Regions, of what it shares data with; undefined: nothing. */
  readonly sharingGroup: string | undefined;
}

interface Held<T> extends Freed {
  readonly place: string;
  readonly holderKeys: Set<string>;
  readonly goes: Map<string, T>;
  readonly holderKinds: Set<string>;
}

/**
 * Which resources would be freed by what goes, each once: only where every holder goes, only
 * where nothing else keeps it, and only where it doesn't go by itself, since its money is told there
 * then.
 */
export class Freeing<T extends ResourceRef & { readonly frees?: readonly Freed[] | undefined }> {
  readonly #held = new Map<string, Held<T>>();
  readonly #going = new Set<string>();
  readonly #staying = new Set<string>();

  /**
   * @param goes one that may or would be removed; what stays holds on to what it names
   * @param staysAnyway its own kind keeps it for more than what holds it: nothing frees it
   */
  add(resource: T, goes: boolean, staysAnyway = false): void {
    const place = targetKey(resource);
    const key = keyOf(place, resource);
    if (goes) this.#going.add(key);
    if (staysAnyway) this.#staying.add(key);
    for (const freed of resource.frees ?? []) {
      const freedKey = keyOf(place, freed);
      const held = this.#held.get(freedKey) ?? {
        ...freed,
        place,
        holderKeys: new Set(),
        goes: new Map(),
        holderKinds: new Set(),
      };
      this.#held.set(freedKey, held);
      held.holderKinds.add(resource.kind);
      for (const resourceId of [resource.resourceId, ...freed.holders])
        held.holderKeys.add(keyOf(place, { kind: resource.kind, resourceId }));
      if (goes) held.goes.set(key, resource);
    }
  }

  /** What something that goes names, and what stays all the same, as `keyInTarget`s. */
  get notFreed(): string[] {
    return [...this.#held]
      .filter(([key, { goes, holderKeys, holderKinds }]) => {
        const isHeldByAnotherKind = holderKinds.size > 1 && goes.size < holderKeys.size;
        return goes.size > 0 && (isHeldByAnotherKind || this.#staying.has(key));
      })
      .map(([, held]) => keyInTarget(held));
  }

  *[Symbol.iterator](): Generator<WouldBeFreed<T>> {
    for (const [key, held] of this.#held) {
      const { place, holderKeys, goes, holderKinds, ...freed } = held;
      if (this.#going.has(key) || goes.size < holderKeys.size) continue;
      if (this.#staying.has(key)) continue;
      const { kind, sharesWith } = freed;
      yield {
        ...freed,
        holderKind: [...holderKinds].toSorted(compare)[0] ?? '',
        holders: [...goes.values()],
        sharingGroup: sharesWith && `${place}/${kind}:${sharesWith}`,
      };
    }
  }
}

/** What may go once all of these are gone, by its kind; undefined: nothing. */
export function freedByAll(
  removals: Iterable<ResourceRef & { readonly frees?: readonly Freed[] | undefined }>,
): FreedByKind | undefined {
  const freeing = new Freeing();
  for (const removal of removals) freeing.add(removal, true);
  return freedByKind([...freeing]);
}

/** What they come to; they have no size here. */
export function amountOfFreed(
  all: Iterable<Pick<WouldBeFreed<unknown>, 'monthlyCostUsdUpTo' | 'sharingGroup'>>,
): Amount {
  const amounts = new Amounts();
  for (const { monthlyCostUsdUpTo, sharingGroup } of all)
    amounts.add({ sizeGiB: null, monthlyCostUsdUpTo }, sharingGroup);
  return amounts.total;
}

/** The same by their kinds; undefined: there are none. */
export function freedByKind(
  all: readonly Pick<WouldBeFreed<unknown>, 'kind' | 'monthlyCostUsdUpTo' | 'sharingGroup'>[],
): FreedByKind | undefined {
  if (all.length === 0) return undefined;
  const kinds = [...new Set(all.map(({ kind }) => kind))].toSorted(compare);
  return Object.fromEntries(
    kinds.map((kind) => {
      const of = all.filter((one) => one.kind === kind);
      const { monthlyCostUsdUpTo, unpricedUnsized: unpriced } = amountOfFreed(of);
      return [kind, { resources: of.length, monthlyCostUsdUpTo, unpriced }];
    }),
  );
}

function keyOf(place: string, of: { readonly kind: string; readonly resourceId: string }): string {
  return `${place}/${keyInTarget(of)}`;
}
