import type { Store } from '../../../store/store.ts';
import { lineageKey, MeasuredLineage } from '../../../core/measure/measured.ts';
import { updateStored } from '../../../store/update-stored.ts';
import { keysOf } from '../../../store/keys.ts';
import { parseStored } from '../../../store/stored-json.ts';

/** What was measured after an execution, each lineage once. */
export async function readMeasured(store: Store, executionId: string): Promise<MeasuredLineage[]> {
  const key = keysOf(executionId).measured;
  return linesOf((await store.get(key))?.body, store.locationOf(key));
}

/** Adds to `measured.jsonl`, in the place of what it had of the same lineage. */
export async function noteMeasured(
  store: Store,
  executionId: string,
  line: MeasuredLineage,
): Promise<void> {
  const key = keysOf(executionId).measured;
  await updateStored(store, key, async () => {
    const stored = await store.get(key);
    const others = linesOf(stored?.body, store.locationOf(key)).filter(
      (one) => lineageKey(one) !== lineageKey(line),
    );
    const lines = [...others, MeasuredLineage.parse(line)];
    return { stored, body: lines.map((one) => `${JSON.stringify(one)}\n`).join('') };
  });
}

function linesOf(body = '', location: string): MeasuredLineage[] {
  const lines = body.split('\n').filter((line) => line !== '');
  return lines.map((line) => parseStored(MeasuredLineage, line, location));
}
