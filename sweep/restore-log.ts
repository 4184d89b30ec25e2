import { type Store, StoreConflict } from '../adapters/store.ts';
import { RestoreLine } from '../core/restore.ts';
import { keysOf } from './keys.ts';

/** More lost races than this, each to another restore's lines, are one restore too many. */
const MOST_ATTEMPTS = 10;

/** Adds lines to an execution's `restores.jsonl`; restores that run side by side lose none. */
export async function noteRestores(
  store: Store,
  executionId: string,
  lines: readonly RestoreLine[],
): Promise<void> {
  if (lines.length === 0) return;
  const key = keysOf(executionId).restores;
  const added = lines.map((line) => `${JSON.stringify(RestoreLine.parse(line))}\n`).join('');
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
    const found = await store.get(key);
    // Our own write, whose answer was lost.
    if (attempt > 0 && found?.body.includes(added)) return;
    const condition = found ? { version: found.version } : ({ absent: true } as const);
    try {
      await store.put(key, `${found?.body ?? ''}${added}`, condition);
      return;
    } catch (error) {
      if (!(error instanceof StoreConflict)) throw error;
    }
  }
  throw new Error(`${store.locationOf(key)} could not be written`);
}
