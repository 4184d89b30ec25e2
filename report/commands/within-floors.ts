import { floorsBelow, type Part } from '../../core/floors/below-floor.ts';
import type { Floors } from '../../core/floors/floors.ts';
import type { LimitKey } from '../../core/input/input.ts';
import type { Summary } from '../../core/summary/summary.ts';

type Bounds = Pick<Summary, 'floors' | 'words'>;

/** What is proposed where an input may say so, or what remains where a floor refuses it. */
export function within<P extends Part, T>(
  summary: Bounds,
  part: P,
  proposed: (part: P) => T,
  refused: (keys: readonly (keyof Floors)[]) => T,
): T {
  const keys = floorsUnder(summary, part);
  return keys.length === 0 ? proposed(part) : refused(keys);
}

/** Whether an input may set each of these limits looser than it is now. */
export function raisable(
  summary: Bounds & Pick<Summary, 'input'>,
  names: readonly LimitKey[],
): boolean {
  return names.every(
    (name) =>
      floorsUnder(summary, { limits: { [name]: summary.input.limits[name] + 1 } }).length === 0,
  );
}

/** The floors that would refuse an input which says this. */
export function floorsUnder({ floors, words = {} }: Bounds, part: Part): (keyof Floors)[] {
  const own = Object.entries(words).map(([kind, { ownFloors }]) => [kind, ownFloors] as const);
  return floorsBelow(part, floors, Object.fromEntries(own));
}
