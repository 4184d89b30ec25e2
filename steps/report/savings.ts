import type { Store } from '../../store/store.ts';
import { leavingOf } from '../../core/summary/leaving.ts';
import { RemovalOutcome } from '../../core/outcome/outcome.ts';
import { RestoreLine, restoredOf } from '../../core/removal/restore.ts';
import type { Leaving } from '../../core/summary/savings.ts';
import { keysOf } from '../../store/keys.ts';
import { linesIfPresent, parseStored, Unreadable } from '../../store/stored-json.ts';

/** An execution whose removals are at hand; the store may not have them yet. */
export interface Removed {
  readonly executionId: string;
  readonly removals: readonly RemovalOutcome[];
}

/**
 * What of an execution's removals leaves the Recycle Bin, without what was restored.
 *
 * @returns undefined: nothing was restored. Nothing at all where it isn't known any more what was
 *   removed: then nothing of it counts as saved
 * @throws {Unreadable} where a file isn't what it should be
 */
export async function leavingWithoutRestored(
  store: Store,
  executionId: string,
  own: Removed,
): Promise<Leaving[] | undefined> {
  const { restores, removals: key } = keysOf(executionId);
  const stored = await store.get(restores);
  if (stored === undefined) return undefined;
  const location = store.locationOf(restores);
  const lines = stored.body.split('\n').filter((line) => line !== '');
  const restored = restoredOf(lines.map((line) => parseStored(RestoreLine, line, location)));
  if (restored.size === 0) return undefined;
  if (executionId === own.executionId) return leavingOf(own.removals, restored);
  return leavingOf(await removalsIn(store, key), restored);
}

/** None where there is no such file. @throws {Unreadable} where it isn't text, either */
async function removalsIn(store: Store, key: string): Promise<RemovalOutcome[]> {
  const location = store.locationOf(key);
  const removals: RemovalOutcome[] = [];
  try {
    for await (const line of (await linesIfPresent(store, key)) ?? [])
      removals.push(parseStored(RemovalOutcome, line, location));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new Unreadable(`${location} can't be read: it is not text`, { cause: error });
  }
  return removals;
}
