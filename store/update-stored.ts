import { type Store, StoreConflict, type StoredObject } from './store.ts';

/** More lost races than this, each to another writer of the object, are one writer too many. */
const MOST_ATTEMPTS = 10;

/** What an object of the store is to become, and what it was when that was worked out. */
export interface StoredUpdate {
  readonly stored: StoredObject | undefined;
  readonly body: string;
}

/**
 * Changes an object that others write too, so that nobody's change is lost.
 *
 * @param change asked again, for what is stored by then, whenever somebody else was first; null when
 *   there is nothing left to write
 * @throws {Error} after too many lost races, and whatever else the store or `change` throws
 */
export async function updateStored(
  store: Store,
  key: string,
  change: () => Promise<StoredUpdate | null>,
): Promise<void> {
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
    const changed = await change();
    // Also our own write, whose answer was lost.
    if (changed === null || changed.stored?.body === changed.body) return;
    const { stored, body } = changed;
    const condition = stored ? { version: stored.version } : ({ absent: true } as const);
    try {
      await store.put(key, body, condition);
      return;
    } catch (error) {
      if (!(error instanceof StoreConflict)) throw error;
    }
  }
  throw new Error(`${store.locationOf(key)} could not be written`);
}
