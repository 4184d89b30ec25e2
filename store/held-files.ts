import { HeldRemoval, type Plan } from '../core/plan/plan.ts';
import { keysOf } from './keys.ts';
import { readLinesFile } from './spilled-lines.ts';
import type { Store } from './store.ts';
import { parseStored } from './stored-json.ts';

/**
 * What a plan holds back in the files beside it: all of a target together, then all of the next one.
 *
 * @throws {RecordTampered} for a file that isn't the one that the plan names
 */
export async function* heldInFiles(
  store: Store,
  { executionId, heldFiles = [] }: Pick<Plan, 'executionId' | 'heldFiles'>,
): AsyncGenerator<HeldRemoval> {
  const keyOf = keysOf(executionId).held;
  for (const file of heldFiles)
    for (const line of await readLinesFile(store, keyOf, file))
      yield parseStored(HeldRemoval, line, store.locationOf(keyOf(file.digest)));
}
