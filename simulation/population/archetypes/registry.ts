import type { Archetype } from '../archetype.ts';
import { GUARDED_ARCHETYPES } from './guarded.ts';
import { IN_USE_ARCHETYPES } from './in-use.ts';
import { ODD_ARCHETYPES } from './odd.ts';
import { CLOSER_LOOK_ARCHETYPES, REFERENCED_ARCHETYPES } from './referenced.ts';
import { STALE_ARCHETYPES } from './stale.ts';

/** Every archetype there is. @internal Tests go through all of them. */
export const ARCHETYPES: readonly Archetype[] = [
  ...IN_USE_ARCHETYPES,
  ...STALE_ARCHETYPES,
  ...GUARDED_ARCHETYPES,
  ...ODD_ARCHETYPES,
  ...REFERENCED_ARCHETYPES,
  ...CLOSER_LOOK_ARCHETYPES,
];

/** Lineages per rotation, by archetype name; one that isn't named has its own weight. */
export type ArchetypeWeights = Readonly<Record<string, number>>;

/** @throws when a name is no archetype's, or nothing is left */
export function weighted(weights: ArchetypeWeights): readonly Archetype[] {
  const names = new Set(ARCHETYPES.map(({ name }) => name));
  const unknown = Object.keys(weights).find((name) => !names.has(name));
  if (unknown !== undefined) {
    throw new Error(`no archetype "${unknown}"; accepted: ${[...names].join(', ')}`);
  }
  const chosen = ARCHETYPES.map((one) => ({
    ...one,
    weight: weights[one.name] ?? one.weight,
  }));
  const present = chosen.filter(({ weight }) => weight > 0);
  if (present.length === 0) throw new Error('every archetype has weight 0; accepted: at least one');
  return present;
}
