import type { OwnPolicies } from '../input/of-kind.ts';
import type { OwnFloor, OwnFloors } from '../input/own-floors.ts';
import type { Floors } from './floors.ts';

/** What is said of kinds, before or after it is known to be right. */
export type SaidOfKinds = Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;

/** One of a kind's own keys that is below a floor. */
export interface OwnBelow {
  readonly kind: string;
  readonly key: string;
  /** undefined: it is left out, and its default is below the floor. */
  readonly value: unknown;
  readonly least: Least;
  readonly floor: keyof Floors;
}

/** A number: so much or more. Else: that and nothing else. */
type Least = boolean | string | number;

/** The kinds' own keys that are below the floors, said or left out. */
export function ownKeysBelow(
  said: SaidOfKinds = {},
  floors: Floors,
  own: OwnFloors,
): readonly OwnBelow[] {
  return Object.entries(own).flatMap(([kind, keys = {}]) =>
    Object.entries(keys).flatMap(([key, of]): OwnBelow[] => {
      const value = said[kind]?.[key];
      const { floor, least } = leastOf(of, floors);
      const isBelow = floor !== null && isLess(value ?? leftOutOf(of), least);
      return isBelow ? [{ kind, key, value, least, floor }] : [];
    }),
  );
}

/** What is said of kinds, with none of their own keys below a floor. */
export function ownKeysAtLeast(said: OwnPolicies, floors: Floors, own: OwnFloors): OwnPolicies {
  const below = ownKeysBelow(said, floors, own);
  if (below.length === 0) return said;
  const raised = { ...said };
  for (const { kind, key, least } of below) raised[kind] = { ...raised[kind], [key]: least };
  return raised;
}

function leastOf(of: OwnFloor, floors: Floors): { floor: keyof Floors | null; least: Least } {
  if ('atLeast' in of) return { floor: of.atLeast, least: Math.min(floors[of.atLeast], of.most) };
  if ('floor' in of) return { floor: floors[of.floor] ? of.floor : null, least: of.only };
  const isSkippable = floors.skippableSources.includes(of.source);
  return { floor: isSkippable ? null : 'skippableSources', least: of.only };
}

function leftOutOf(of: OwnFloor): Least {
  if ('atLeast' in of) return of.leftOut;
  return ('floor' in of ? of.leftOut : undefined) ?? of.only;
}

function isLess(value: unknown, least: Least): boolean {
  return typeof value === 'number' && typeof least === 'number' ? value < least : value !== least;
}
