import { type Store, StoreConflict } from '../../store/store.ts';
import { StaleChange } from '../../core/history/stale-change.ts';
import { RecordTampered } from '../../core/model/errors.ts';
import { keysOf } from '../../store/keys.ts';
import { bodyOf, parseStored } from '../../store/stored-json.ts';

/**
 * Written once, and before any history: where it isn't there yet nobody has taken this execution's
 * looks in, so who writes it has compared them with what was there before.
 */
export async function writeChange(
  store: Store,
  executionId: string,
  change: StaleChange,
): Promise<void> {
  try {
    await store.put(keysOf(executionId).change, bodyOf(change), { absent: true });
  } catch (error) {
    if (!(error instanceof StoreConflict)) throw error;
  }
}

/** null: Plan didn't get so far, or somebody changed it: then nobody has compared. */
export async function readChange(store: Store, executionId: string): Promise<StaleChange | null> {
  const key = keysOf(executionId).change;
  const stored = await store.get(key).catch((error: unknown) => {
    if (error instanceof RecordTampered) return undefined;
    throw error;
  });
  return stored === undefined ? null : parseStored(StaleChange, stored.body, store.locationOf(key));
}
