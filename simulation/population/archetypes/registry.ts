import type { Archetype } from '../archetype.ts';
import { GUARDED_ARCHETYPES } from './guarded.ts';
import { IN_USE_ARCHETYPES } from './in-use.ts';
import { ODD_ARCHETYPES } from './odd.ts';
import { CLOSER_LOOK_ARCHETYPES, REFERENCED_ARCHETYPES } from './referenced.ts';
import { STALE_ARCHETYPES } from './stale.ts';

/** Every archetype there is. */
export const ARCHETYPES: readonly Archetype[] = [
  ...IN_USE_ARCHETYPES,
  ...STALE_ARCHETYPES,
  ...GUARDED_ARCHETYPES,
  ...ODD_ARCHETYPES,
  ...REFERENCED_ARCHETYPES,
  ...CLOSER_LOOK_ARCHETYPES,
];

/**
 * Reasons that orgsweep doesn't find yet. An archetype with one of them has weight 0 unless it is
 * named: take a reason off this list as soon as its source is read.
 */
export const REASONS_NOT_FOUND_YET: ReadonlySet<string> = new Set([
  'AMI_IN_RECYCLE_BIN',
  'FAST_RESTORE_ENABLED',
  'LOCKED',
  'ON_OUTPOST',
  'SHARED',
  'STORAGE_GATEWAY_VOLUME',
  'USED_BY_ECS',
  'USED_BY_LAUNCH_CONFIGURATION',
  'USED_BY_LAUNCH_TEMPLATE',
  'VOLUME_IN_RECYCLE_BIN',
]);

/** An archetype's weight where the scenario doesn't name it. */
export function defaultWeight({ weight, snapshots }: Archetype): number {
  const reasons = snapshots.flatMap((shape) => shape.reasons);
  return reasons.some((reason) => REASONS_NOT_FOUND_YET.has(reason)) ? 0 : weight;
}

/** Lineages per rotation, by archetype name; one that isn't named has its default weight. */
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
    weight: weights[one.name] ?? defaultWeight(one),
  }));
  const present = chosen.filter(({ weight }) => weight > 0);
  if (present.length === 0) throw new Error('every archetype has weight 0; accepted: at least one');
  return present;
}
