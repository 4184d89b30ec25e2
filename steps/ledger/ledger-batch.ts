import { z } from 'zod';
import { type PutCondition, type Store, StoreConflict } from '../../store/store.ts';
import { LeaseLost } from '../../core/model/errors.ts';
import {
  AccountId,
  ExecutionId,
  keyInTarget,
  KindName,
  Region,
  StepName,
  Timestamp,
} from '../../core/model/ids.ts';
import { RemovalOutcome } from '../../core/outcome/outcome.ts';
import { keysOf } from '../../store/keys.ts';
import { parseJson, Unreadable, whyUnreadable } from '../../store/stored-json.ts';

export const LedgerEntry = z.strictObject({
  kind: KindName,
  resourceId: z.string().min(1),
  /** Which step of its removal; absent: its kind has only one. */
  step: StepName.optional(),
  /** All that it takes to make it again, where nothing else brings it back. */
  record: z.json().optional(),
  /** What an earlier step of its removal made. */
  made: z.string().min(1).optional(),
  /** null: settled without any attempt, such as NO_LONGER_STALE. */
  intentAt: Timestamp.nullable(),
  /**
   * When its removal was last requested, written before the request leaves. null: no request was
   * sent, or AWS refused each. Absent in ledgers of older versions: nobody knows.
   */
  requestedAt: Timestamp.nullable().optional(),
  /** Until when the lease ran under which it was last requested; no request came later. */
  leaseUntil: Timestamp.optional(),
  /** By how much AWS's clock was ahead then of the one that these times are from. */
  awsAheadSeconds: z.int().optional(),
  /** null: the intent is open; whether the removal happened only AWS can tell. */
  outcome: RemovalOutcome.nullable(),
});
export type LedgerEntry = z.infer<typeof LedgerEntry>;

/** One object of the ledger: some removals of one target that were begun or settled together. */
export const LedgerBatch = z.strictObject({
  schemaVersion: z.literal(1),
  executionId: ExecutionId,
  accountId: AccountId,
  region: Region,
  batch: z.int().min(1),
  entries: z.array(LedgerEntry),
});
export type LedgerBatch = z.infer<typeof LedgerBatch>;

export interface StoredBatch {
  readonly content: LedgerBatch;
  readonly version: string;
}

/** @throws when it isn't there, or isn't a batch: what was done isn't known then */
export async function readBatch(store: Store, key: string): Promise<StoredBatch> {
  const found = await store.get(key);
  const refuse = (why: string) =>
    new Unreadable(
      `The ledger's ${store.locationOf(key)} can't be read: ${why}. What was removed there isn't known: ` +
        'put back an earlier version of it, or compare plan.json with the Recycle Bin.',
    );
  if (found === undefined) throw refuse('it is gone');
  const { data: content, error } = LedgerBatch.safeParse(parseJson(found.body));
  if (content === undefined) throw refuse(whyUnreadable(found.body, error));
  const place = keysOf(content.executionId).ledgerBatch(content, content.batch);
  if (place !== key) throw refuse(`it is what belongs into ${place}`);
  return { content, version: found.version };
}

/**
 * Writes a batch and returns its new version. A conflict with an equal object is our own write,
 * whose answer was lost.
 *
 * @throws {LeaseLost} when another invocation wrote it
 */
export async function putBatch(
  store: Store,
  key: string,
  content: LedgerBatch,
  condition: PutCondition,
): Promise<string> {
  // What can't be read again would hide everything else in the batch.
  const body = `${JSON.stringify(LedgerBatch.parse(content))}\n`;
  try {
    return await store.put(key, body, condition);
  } catch (error) {
    if (!(error instanceof StoreConflict)) throw error;
    const found = await store.get(key);
    if (found?.body === body) return found.version;
    throw new LeaseLost(`${store.locationOf(key)} was written by another invocation`, {
      cause: error,
    });
  }
}

/** The entries with some of them settled, each in its place; new ones come last. */
export function withSettled(
  entries: readonly LedgerEntry[],
  settled: ReadonlyMap<string, LedgerEntry>,
): LedgerEntry[] {
  const byKey = new Map(entries.map((entry) => [keyInTarget(entry), entry]));
  for (const [key, entry] of settled) byKey.set(key, entry);
  return [...byKey.values()];
}
