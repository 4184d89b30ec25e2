import type { RemovalOutcome } from '../../core/outcome/outcome.ts';
import type { LedgerEntry } from './ledger-batch.ts';
import type { ResourceInTarget } from '../../core/model/ids.ts';

/** What is begun: a resource, and which step of its removal. */
export interface ToBegin extends ResourceInTarget, Pick<LedgerEntry, 'step' | 'record' | 'made'> {}

/** The record is that of the look which the request goes by; left out: the earlier one stays. */
export type ToNote = ResourceInTarget & Pick<LedgerEntry, 'record'>;

export interface OpenIntent extends ToBegin {
  readonly intentAt: string;
  /** See `LedgerEntry`. */
  readonly requestedAt?: string | null | undefined;
  readonly leaseUntil?: string | undefined;
  readonly awsAheadSeconds?: number | undefined;
}

/** Whether its removal was requested, and not refused for now. An older version's ledger doesn't tell: it may have been. */
export function wasRequested({ requestedAt }: Pick<OpenIntent, 'requestedAt'>): boolean {
  return requestedAt !== null;
}

/** What is known when a removal is about to be requested. */
export interface RequestNote {
  readonly leaseUntil: Date;
  readonly awsAheadSeconds: number;
}

/**
 * The truth about one target's removals in one execution. Maps are keyed by `keyInTarget`. When one of
 * its writes fails, what is in the store is the truth: stop, and open the ledger again.
 */
export interface Ledger {
  /** How removals ended. */
  readonly outcomes: ReadonlyMap<string, RemovalOutcome>;
  /** Begun and not settled. In a ledger just opened: an earlier invocation died over them. */
  readonly openIntents: ReadonlyMap<string, OpenIntent>;
  /**
   * Writes intents, before anything is done; those still open keep their earlier one.
   *
   * @throws {Error} for a removal that is settled
   * @throws {LeaseLost} when another invocation writes this ledger too
   */
  beginBatch(entries: readonly ToBegin[]): Promise<void>;
  /**
   * Writes that the removals of some that were begun are about to be requested, before they are; or,
   * with null, that AWS refused it: nothing of ours was carried out. One write per batch they were
   * begun in.
   *
   * @throws {Error} for one without an open intent
   * @throws {LeaseLost} when another invocation writes this ledger too
   */
  noteRequest(request: RequestNote | null, ...entries: readonly ToNote[]): Promise<void>;
  /**
   * Writes how removals ended, in one write per batch they were begun in. The entry's own intent is
   * put into the outcome; one without an intent is settled as well.
   *
   * @throws {Error} for a removal that ended in another way before
   * @throws {LeaseLost} when another invocation writes this ledger too
   */
  settle(...outcomes: readonly RemovalOutcome[]): Promise<void>;
}

/** How many removals ended in each way. */
export function countOutcomes({ outcomes }: Pick<Ledger, 'outcomes'>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { outcome } of outcomes.values()) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}
