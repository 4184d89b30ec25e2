import { floorsBelow, type Part } from '../../core/floors/below-floor.ts';
import type { Floors } from '../../core/floors/floors.ts';
import type { LimitKey } from '../../core/input/input.ts';
import type { Summary } from '../../core/summary/summary.ts';

/** What is proposed where an input may say so, or what remains where a floor refuses it. */
export function within<P extends Part, T>(
  { floors }: Pick<Summary, 'floors'>,
  part: P,
  proposed: (part: P) => T,
  refused: (keys: readonly (keyof Floors)[]) => T,
): T {
  const keys = floorsBelow(part, floors);
  return keys.length === 0 ? proposed(part) : refused(keys);
}

/** Whether an input may set each of these limits looser than it is now. */
export function raisable(
  { floors, input }: Pick<Summary, 'floors' | 'input'>,
  names: readonly LimitKey[],
): boolean {
  return names.every(
    (name) => floorsBelow({ limits: { [name]: input.limits[name] + 1 } }, floors).length === 0,
  );
}
