import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../../clock/clock.ts';
import { RecordTampered } from '../../core/model/errors.ts';
import { keyInTarget } from '../../core/model/ids.ts';
import type { TargetRef } from '../../core/model/target.ts';
import type { RemovalOutcome } from '../../core/outcome/outcome.ts';
import { keysOf } from '../../store/keys.ts';
import type { Store } from '../../store/store.ts';
import {
  countOutcomes,
  type Ledger,
  type OpenIntent,
  type RequestNote,
  type ToBegin,
  type ToNote,
} from './ledger.ts';
import {
  type LedgerBatch,
  type LedgerEntry,
  putBatch,
  readBatch,
  type StoredBatch,
  withSettled,
} from './ledger-batch.ts';

/** Outcomes without an intent share batches of this many, so that no object is written forever. */
const MOST_UNBEGUN_ENTRIES = 200;

/**
 * Opens the ledger with all that earlier invocations wrote.
 *
 * @param settled how many removals ended in each way by the end of the last invocation, as the
 *   machine's own state has it
 * @throws when any of it can't be read
 * @throws {RecordTampered} when any of it is missing, or is what was written before it was settled
 */
export async function openLedger(
  deps: { readonly store: Store; readonly clock: Clock },
  executionId: string,
  target: TargetRef,
  settled: Readonly<Record<string, number>> = {},
): Promise<Ledger> {
  const ledger = new StoredLedger(deps, executionId, target);
  await ledger.load(settled);
  return ledger;
}

class StoredLedger implements Ledger {
  readonly outcomes = new Map<string, RemovalOutcome>();
  readonly openIntents = new Map<string, OpenIntent>();
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #executionId: string;
  readonly #target: TargetRef;
  readonly #batches = new Map<number, StoredBatch>();
  /** In which batch an entry is. */
  readonly #batchOf = new Map<string, number>();
  /** The batch of this invocation that takes outcomes without an intent. */
  #unbegun: number | undefined;
  #lastWrite: Promise<unknown> = Promise.resolve();

  constructor(
    { store, clock }: { store: Store; clock: Clock },
    executionId: string,
    { accountId, region }: TargetRef,
  ) {
    this.#store = store;
    this.#clock = clock;
    this.#executionId = executionId;
    this.#target = { accountId, region };
  }

  async load(settled: Readonly<Record<string, number>>): Promise<void> {
    const prefix = keysOf(this.#executionId).ledgerOfTargetPrefix(this.#target);
    for await (const key of this.#store.list(prefix)) {
      const stored = await readBatch(this.#store, key);
      // They are written one after the other, and nothing of orgsweep's deletes one.
      if (stored.content.batch !== this.#nextNumber()) throw this.#tampered('a batch');
      this.#learn(stored);
    }
    const counts = countOutcomes(this);
    const isShort = Object.entries(settled).some(([name, count]) => (counts[name] ?? 0) < count);
    if (isShort) throw this.#tampered('what was settled');
  }

  #tampered(what: string): RecordTampered {
    const prefix = keysOf(this.#executionId).ledgerOfTargetPrefix(this.#target);
    return new RecordTampered(
      `${this.#store.locationOf(`${prefix}000001.json`)}: ${what} of this ledger is missing: somebody changed it`,
    );
  }

  async beginBatch(entries: readonly ToBegin[]): Promise<void> {
    await this.#inTurn(async () => {
      const intentAt = this.#clock.now().toISOString();
      const fresh = new Map<string, LedgerEntry>();
      for (const entry of entries) {
        const { kind, resourceId, step, record, made } = entry;
        const key = keyInTarget(entry);
        const settled = this.outcomes.get(key);
        if (settled) throw new Error(`${key} can't be begun again: it is ${settled.outcome}`);
        if (this.openIntents.has(key)) continue;
        const named = { kind, resourceId, ...(step !== undefined && { step }) };
        const kept = { ...(record !== undefined && { record }), ...(made && { made }) };
        fresh.set(key, { ...named, ...kept, intentAt, requestedAt: null, outcome: null });
      }
      if (fresh.size > 0) await this.#write(this.#nextNumber(), [...fresh.values()]);
    });
  }

  async noteRequest(request: RequestNote | null, ...entries: readonly ToNote[]): Promise<void> {
    await this.#inTurn(async () => {
      const requestedAt = request === null ? null : this.#clock.now().toISOString();
      const known = request && { ...request, leaseUntil: request.leaseUntil.toISOString() };
      const batches = new Map<number, Map<string, LedgerEntry>>();
      for (const entry of entries) {
        const key = keyInTarget(entry);
        const intent = this.openIntents.get(key);
        const batch = this.#batchOf.get(key);
        if (intent === undefined || batch === undefined) throw new Error(`${key} was not begun`);
        const noted = batches.get(batch) ?? new Map<string, LedgerEntry>();
        const { record = intent.record } = entry;
        const kept = { ...intent, ...(record !== undefined && { record }) };
        batches.set(batch, noted.set(key, { ...kept, ...known, requestedAt, outcome: null }));
      }
      for (const [batch, noted] of batches) {
        await this.#write(batch, withSettled(this.#entriesOf(batch), noted));
      }
    });
  }

  async settle(...outcomes: readonly RemovalOutcome[]): Promise<void> {
    await this.#inTurn(async () => {
      for (const [batch, settled] of this.#byBatch(outcomes)) {
        await this.#write(batch, withSettled(this.#entriesOf(batch), settled));
      }
    });
  }

  /** What is new in these outcomes, as entries, by the batch each belongs to. */
  #byBatch(outcomes: readonly RemovalOutcome[]): Map<number, Map<string, LedgerEntry>> {
    const batches = new Map<number, Map<string, LedgerEntry>>();
    const news = new Map<string, RemovalOutcome>();
    for (const given of outcomes) {
      this.#refuseForeign(given);
      const { kind, resourceId, step } = given;
      const key = keyInTarget(given);
      const before = this.outcomes.get(key) ?? news.get(key);
      if (before) {
        if (isDeepStrictEqual({ ...given, intentAt: before.intentAt }, before)) continue;
        throw new Error(`${key} can't become ${given.outcome}: it is ${before.outcome}`);
      }
      const intent = this.openIntents.get(key);
      const intentAt = intent?.intentAt ?? null;
      const outcome = { ...given, intentAt };
      news.set(key, outcome);
      const batch = this.#batchOf.get(key) ?? this.#batchForUnbegun(batches);
      const settled = batches.get(batch) ?? new Map<string, LedgerEntry>();
      const named = { kind, resourceId, ...(step !== undefined && { step }) };
      const entry = { ...named, intentAt, ...intent, outcome };
      batches.set(batch, settled.set(key, entry));
    }
    return batches;
  }

  #refuseForeign({ accountId, region }: RemovalOutcome): void {
    if (accountId === this.#target.accountId && region === this.#target.region) return;
    const { accountId: own, region: ownRegion } = this.#target;
    throw new Error(`The ledger of ${own} ${ownRegion} got an outcome of ${accountId} ${region}`);
  }

  #batchForUnbegun(planned: ReadonlyMap<number, ReadonlyMap<string, LedgerEntry>>): number {
    const current = this.#unbegun;
    const size =
      current === undefined
        ? Infinity
        : this.#entriesOf(current).length + (planned.get(current)?.size ?? 0);
    if (current !== undefined && size < MOST_UNBEGUN_ENTRIES) return current;
    // The current one may be planned and full, and not written yet.
    this.#unbegun = Math.max(this.#nextNumber(), (current ?? 0) + 1);
    return this.#unbegun;
  }

  #nextNumber(): number {
    return Math.max(0, ...this.#batches.keys()) + 1;
  }

  #entriesOf(batch: number): readonly LedgerEntry[] {
    return this.#batches.get(batch)?.content.entries ?? [];
  }

  /** Writes one batch as a whole; only what is in the store is remembered. */
  async #write(batch: number, entries: LedgerEntry[]): Promise<void> {
    const { accountId, region } = this.#target;
    const content: LedgerBatch = {
      schemaVersion: 1,
      executionId: this.#executionId,
      accountId,
      region,
      batch,
      entries,
    };
    const key = keysOf(this.#executionId).ledgerBatch(this.#target, batch);
    const known = this.#batches.get(batch);
    const condition = known ? { version: known.version } : ({ absent: true } as const);
    this.#learn({ content, version: await putBatch(this.#store, key, content, condition) });
  }

  #learn(stored: StoredBatch): void {
    this.#batches.set(stored.content.batch, stored);
    for (const { outcome, intentAt, ...entry } of stored.content.entries) {
      const key = keyInTarget(entry);
      this.#batchOf.set(key, stored.content.batch);
      if (outcome !== null) {
        this.outcomes.set(key, outcome);
        this.openIntents.delete(key);
      } else if (intentAt !== null) {
        this.openIntents.set(key, { ...entry, intentAt });
      }
    }
  }

  /** One write at a time: each starts from what the one before left, also where that one failed. */
  async #inTurn(work: () => Promise<void>): Promise<void> {
    const mine = this.#lastWrite.then(work, work);
    this.#lastWrite = mine.catch(() => undefined);
    await mine;
  }
}
