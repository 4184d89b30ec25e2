import { RecordTampered } from '../../core/model/errors.ts';
import { keyInTarget } from '../../core/model/ids.ts';
import type { TargetRef } from '../../core/model/target.ts';
import { type FenceDeps, fencedStore } from '../../store/fenced-store.ts';
import { keysOf } from '../../store/keys.ts';
import { Unreadable } from '../../store/stored-json.ts';
import { type LedgerEntry, readBatch } from './ledger-batch.ts';

/**
 * What an execution's ledger tells of one target, by `keyInTarget`, as that execution sealed it. What of
 * it can't be read, or was changed, proves nothing.
 */
export async function readSealedEntries(
  { store, ...deps }: FenceDeps,
  executionId: string,
  target: TargetRef,
): Promise<ReadonlyMap<string, LedgerEntry>> {
  const sealed = fencedStore(store, await deps.sealOf(executionId), executionId, deps);
  const entries = new Map<string, LedgerEntry>();
  for await (const key of sealed.list(keysOf(executionId).ledgerOfTargetPrefix(target))) {
    try {
      const { content } = await readBatch(sealed, key);
      for (const entry of content.entries) entries.set(keyInTarget(entry), entry);
    } catch (error) {
      if (!(error instanceof RecordTampered) && !(error instanceof Unreadable)) throw error;
    }
  }
  return entries;
}
