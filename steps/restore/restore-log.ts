import type { Store } from '../../store/store.ts';
import { RestoreLine } from '../../core/removal/restore.ts';
import { parseStored } from '../../store/stored-json.ts';
import { updateStored } from '../../store/update-stored.ts';
import { keysOf } from '../../store/keys.ts';

/** Adds lines to an execution's `restores.jsonl`; restores that run side by side lose none. */
export async function noteRestores(
  store: Store,
  executionId: string,
  lines: readonly RestoreLine[],
): Promise<void> {
  if (lines.length === 0) return;
  const key = keysOf(executionId).restores;
  const added = lines.map((line) => `${JSON.stringify(RestoreLine.parse(line))}\n`).join('');
  let isFirst = true;
  await updateStored(store, key, async () => {
    const stored = await store.get(key);
    // Our own write, whose answer was lost.
    if (!isFirst && stored?.body.includes(added)) return null;
    isFirst = false;
    return { stored, body: `${stored?.body ?? ''}${added}` };
  });
}

/** @throws when a line can't be read: what was brought back before isn't known then */
export async function readRestores(store: Store, executionId: string): Promise<RestoreLine[]> {
  const key = keysOf(executionId).restores;
  const written = (await store.get(key))?.body.split('\n').filter((line) => line !== '') ?? [];
  return written.map((line) => parseStored(RestoreLine, line, store.locationOf(key)));
}
