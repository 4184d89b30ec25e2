import { InvalidInput } from '../core/model/errors.ts';
import type { AskedSource } from '../core/scope/others-seen.ts';
import { executionInput } from '../core/input/input.ts';
import type { FloorsOfKeys, OwnFloors } from '../core/input/own-floors.ts';
import type { RulesByKind } from '../core/outcome/kind-rules.ts';
import { listAllowing, stepName, waysOf } from '../core/outcome/undo.ts';
import { sortedUnique } from '../core/model/order.ts';
import { allPrices, type AllPrices } from '../core/prices/all-prices.ts';
import { isRemovable, type Kind, type RemovableKind } from './kind.ts';
import { PRICES_OF_NO_KIND } from './prices/no-kind-yet.ts';
import { stepsOf } from './removal.ts';

/** One of these kinds. @throws {InvalidInput} for a name that none of them has */
export function kindNamed<K extends Kind>(kinds: readonly K[], name: string): K {
  const found = kinds.find(({ kind }) => kind === name);
  if (found !== undefined) return found;
  const names = kinds.map(({ kind }) => kind);
  throw new InvalidInput(`kind "${name}" doesn't exist; accepted: ${names.join(', ')}`);
}

/**
 * Those of these names, in their own order.
 *
 * @throws {InvalidInput} for a name that none of them has: without it there would seem to be nothing
 *   to do
 */
export function kindsNamed<K extends Kind>(
  kinds: readonly K[],
  names: readonly string[],
): readonly K[] {
  const named = new Set(names.map((name) => kindNamed(kinds, name)));
  return kinds.filter((kind) => named.has(kind));
}

/** The execution input's schema where these kinds, and what refers to them, are all there is. */
export function inputSchemaOf(kinds: readonly Kind[]): ReturnType<typeof executionInput> {
  return executionInput({
    kinds: namesOf(kinds),
    removable: removableNames(kinds),
    skippable: skippableReferencesOf(kinds),
    steps: {
      allowRecreation: stepsAllowedBy('allowRecreation', kinds),
      allowIrreversible: stepsAllowedBy('allowIrreversible', kinds),
    },
    own: Object.fromEntries(kinds.map(({ kind, policy }) => [kind, policy])),
  });
}

function stepsAllowedBy(list: ReturnType<typeof listAllowing>, kinds: readonly Kind[]): string[] {
  return kinds.flatMap((kind) =>
    stepsOf(kind)
      .filter((step) => waysOf(step).some((way) => listAllowing(way) === list))
      .map((step) => stepName(kind.kind, step)),
  );
}

/** The names of those that `remove` and `deletion.kinds` may name. */
export function removableNames(kinds: readonly Kind[]): string[] {
  return namesOf(kinds.filter(isRemovable));
}

function namesOf(kinds: readonly Kind[]): string[] {
  return kinds.map(({ kind }) => kind);
}

/** What `policy.skipReferences` may name where these are all the kinds, sorted. */
export function skippableReferencesOf(
  kinds: readonly Pick<Kind, 'references'>[],
): readonly string[] {
  return sortedUnique(
    kinds
      .flatMap(({ references }) => references.filter(({ skippable }) => skippable))
      .map(({ name }) => name),
  );
}

/** What `deletion.floors.skippableSources` may name: these, and what a kind's own keys do without. */
export function skippableSourcesOf(kinds: readonly Kind[]): readonly string[] {
  const ofKeys = kinds.flatMap((kind) =>
    Object.values(floorsOfKeys(kind)).flatMap((of) => ('source' in of ? [of.source] : [])),
  );
  return sortedUnique([...skippableReferencesOf(kinds), ...ofKeys]);
}

/** What the floors of a deployment say of each kind's own keys. */
export function ownFloorsOf(kinds: readonly Kind[]): OwnFloors {
  return Object.fromEntries(kinds.map((kind) => [kind.kind, floorsOfKeys(kind)]));
}

/** Those of its keys that fall under one. */
export function floorsOfKeys({ policy }: Pick<Kind, 'policy'>): FloorsOfKeys {
  const entries = Object.entries(policy?.floors ?? {}).flatMap(([key, of]) =>
    'because' in of ? [] : [[key, of] as const],
  );
  return Object.fromEntries(entries);
}

/** The price table of these kinds, with what is in it for none of them. */
export function pricesAmong(kinds: readonly Kind[]): AllPrices {
  return allPrices([
    ...kinds.flatMap(({ kind, prices }) => (prices === undefined ? [] : [{ kind, prices }])),
    { kind: null, prices: PRICES_OF_NO_KIND },
  ]);
}

/** Whether what names a resource of the kind by its id may be in any Region, and not in its own alone. */
export function isUsedFromAnywhere({ reach }: Pick<Kind, 'reach'>): boolean {
  return reach === 'global';
}

/** Whether what it asks for may be in any Region, and not in its own alone. */
export function isAskedFromAnywhere({ reach, asks }: Pick<Kind, 'reach' | 'asks'>): boolean {
  return reach === 'global' || asks?.from === 'ORGANIZATION';
}

/** A source that a kind asks for elsewhere. One that it doesn't read is read nowhere. */
export function sourceAsked(
  kinds: readonly Pick<Kind, 'kind' | 'reach' | 'reads' | 'asks'>[],
  { serviceRegions }: { readonly serviceRegions: Readonly<Record<string, readonly string[]>> },
  { kind: name, source }: { readonly kind: string; readonly source: string },
): AskedSource {
  const kind = kinds.find((one) => one.kind === name);
  const listing = kind?.reads.find((read) => 'name' in read && read.name === source)?.listing;
  const regions = listing?.service === undefined ? undefined : serviceRegions[listing.service];
  const isFromAnywhere = kind === undefined || isAskedFromAnywhere(kind);
  return {
    ...{ kind: name, source, from: isFromAnywhere ? 'ORGANIZATION' : 'REGION' },
    isGlobal: isFromAnywhere && listing?.reach === 'global',
    isSeenInPart: kind?.reach === 'global' && listing?.reach !== 'global',
    isAbsent: (region) => regions !== undefined && !regions.includes(region),
  };
}

/** What planning goes by, kind by kind. */
export function rulesByKind(kinds: readonly Kind[]): RulesByKind {
  return new Map(
    kinds.map((kind) => {
      const origin = kind.groups?.origin;
      const rules = { watched: kind.watched, steps: stepsOf(kind) };
      const { madeBy } = kind;
      return [
        kind.kind,
        { ...rules, ...(origin !== undefined && { origin }), ...(madeBy && { madeBy }) },
      ];
    }),
  );
}

/**
 * The kinds that can be removed, such that each comes after all that its `removal.after` names.
 *
 * @throws when they go in a circle
 */
export function inRemovalOrder(kinds: readonly Kind[]): RemovableKind[] {
  const removable = kinds.filter(isRemovable);
  const ordered: RemovableKind[] = [];
  while (ordered.length < removable.length) {
    const next = removable.find(
      (kind) =>
        !ordered.includes(kind) &&
        kind.removal.after.every(
          (name) =>
            ordered.some((earlier) => earlier.kind === name) ||
            !removable.some((other) => other.kind === name),
        ),
    );
    if (next === undefined) throw new Error('The kinds wait for each other in a circle');
    ordered.push(next);
  }
  return ordered;
}
