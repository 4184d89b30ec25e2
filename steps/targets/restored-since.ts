import { z } from 'zod';
import type { Store, StoredObject } from '../../store/store.ts';
import { type History, withoutEnded } from '../../core/history/history.ts';
import { keyInTarget, Timestamp } from '../../core/model/ids.ts';
import { updateStored } from '../../store/update-stored.ts';
import { historyKeys } from '../../store/keys.ts';
import { bodyOf, parseJson } from '../../store/stored-json.ts';
import type { TargetRef } from '../../core/model/target.ts';

/**
 * Which grace a restore ended, by `keyInTarget`: the one that began at that time, or before. Who
 * restores writes this file, and never the history itself. So it can only begin a grace anew.
 */
const Ended = z.strictObject({
  schemaVersion: z.literal(1),
  staleSince: z.record(z.string(), Timestamp),
});
type Ended = z.infer<typeof Ended>['staleSince'];

/** A history without the graces that restores ended; undefined where nobody can tell which. */
export async function withoutRestored(
  store: Store,
  target: TargetRef,
  history: History,
): Promise<History | undefined> {
  // Nothing was unused there before: no grace can end, and most targets cost no request.
  if (Object.keys(history.entries).length === 0) return history;
  const ended = parseEnded(await store.get(historyKeys.restored(target)));
  return ended && withoutEnded(history, ended);
}

/** Notes that the grace of these resources is over, as far as the history knows one. */
export async function noteRestored(
  store: Store,
  target: TargetRef,
  history: History,
  resources: readonly { kind: string; resourceId: string }[],
): Promise<void> {
  const key = historyKeys.restored(target);
  const over = resources.map(keyInTarget).flatMap((resource) => {
    const entry = history.entries[resource];
    return entry === undefined ? [] : [[resource, entry.staleSince] as const];
  });
  if (over.length === 0) return;
  await updateStored(store, key, async () => {
    const stored = await store.get(key);
    const staleSince = { ...parseEnded(stored), ...Object.fromEntries(over) };
    return { stored, body: bodyOf({ schemaVersion: 1, staleSince }) };
  });
}

function parseEnded(stored: StoredObject | undefined): Ended | undefined {
  return stored === undefined ? {} : Ended.safeParse(parseJson(stored.body)).data?.staleSince;
}
