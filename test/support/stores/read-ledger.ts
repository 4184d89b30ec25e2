import { type LedgerBatch, readBatch } from '../../../steps/ledger/ledger-batch.ts';
import { keysOf } from '../../../store/keys.ts';
import { readAhead } from '../../../store/read-ahead.ts';
import type { Store } from '../../../store/store.ts';

/** All batches of an execution's ledger, target by target. @throws when one can't be read */
export async function* readLedger(store: Store, executionId: string): AsyncIterable<LedgerBatch> {
  const keys = store.list(keysOf(executionId).ledgerPrefix);
  yield* readAhead(keys, async (key) => (await readBatch(store, key)).content);
}
