import { z } from 'zod';
import { ExecutionId, resourceKey, ResourceRef, Timestamp } from '../model/ids.ts';
import { AwsFailure, type RemovalOutcome } from '../outcome/outcome.ts';
import { PROTECT_TAG } from '../tags/protection.ts';

/** How bringing back one resource can end. */
export const RestoreResult = z.enum([
  /** Is there again, with a tag that protects it. */
  'RESTORED',
  /** Was there already, and is protected. */
  'ALREADY_RESTORED',
  /** A dry run would restore it. */
  'RESTORABLE',
  /** Is there again, and could not be tagged. */
  'NOT_PROTECTED',
  /** Its time in the Recycle Bin is over. */
  'EXPIRED',
  'NOT_IN_RECYCLE_BIN',
  /** Not by this execution. */
  'NOT_REMOVED',
  /** Nothing brings back what its step took away. */
  'NO_WAY_BACK',
  /** A later execution went on with it, and has to be restored first. */
  'SUPERSEDED',
  'DENIED',
  'FAILED',
]);
export type RestoreResult = z.infer<typeof RestoreResult>;

/** One line of `restores.jsonl`: an intent, or how it ended. */
export const RestoreLine = ResourceRef.extend({
  /** null: the intent, written before anything is changed. */
  outcome: RestoreResult.nullable(),
  failure: AwsFailure.optional(),
  /** Its id now, where that is another one. */
  newId: z.string().min(1).optional(),
  /** By which execution. */
  supersededBy: ExecutionId.optional(),
  at: Timestamp,
});
export type RestoreLine = z.infer<typeof RestoreLine>;

/** What the ledger of an execution says about one resource. */
export interface LedgerSays {
  readonly intentAt: string | null;
  /** null: its removal was never requested. Absent: an older version wrote nothing of it. */
  readonly requestedAt?: string | null | undefined;
  /** Until when the lease ran under which it was last requested. */
  readonly leaseUntil?: string | undefined;
  /** By how much AWS's clock was ahead of the one that wrote all this; absent: nobody knows. */
  readonly awsAheadSeconds?: number | undefined;
  /** null: the intent is open. */
  readonly outcome: RemovalOutcome | null;
}

/** What is seen of it now. */
export interface SeenNow {
  readonly inBin: { readonly enteredAt: string } | null;
  /** Its tags; null: it isn't there. */
  readonly tags: Readonly<Record<string, string>> | null;
}

export type RestoreStep =
  | { readonly act: 'RESTORE' | 'PROTECT' }
  | {
      readonly act: 'NOTHING';
      readonly result: Exclude<RestoreResult, 'RESTORED' | 'RESTORABLE' | 'NOT_PROTECTED'>;
    };

/** For how long a removal held its lease, in versions that didn't write it down. */
const LEASE_MILLISECONDS = 120_000;
/** By how much AWS's clock and orgsweep's may differ. */
const CLOCK_SKEW_MILLISECONDS = 300_000;

/** Whether the execution may have removed it: it was begun, and nothing says that it wasn't done. */
export function mayHaveRemoved({ intentAt, requestedAt, outcome }: LedgerSays): boolean {
  if (intentAt === null) return false;
  if (isTaken(outcome)) return true;
  if (requestedAt === null) return false;
  // Older versions called a removal of their own so, where its answer was lost.
  if (outcome?.outcome === 'ALREADY_GONE') return requestedAt === undefined;
  return outcome === null || outcome.outcome === 'FAILED';
}

/**
 * What to do about one resource. What others removed isn't brought back: neither what the execution
 * never removed, nor what went into the bin at another time.
 */
export function decideRestore(says: LedgerSays, seen: SeenNow, now: Date): RestoreStep {
  const { inBin, tags } = seen;
  const isRemoved = says.outcome?.outcome === 'REMOVED';
  if (!mayHaveRemoved(says)) return { act: 'NOTHING', result: 'NOT_REMOVED' };
  if (inBin !== null) {
    const isOurs = enteredByThen(says, inBin.enteredAt);
    return isOurs ? { act: 'RESTORE' } : { act: 'NOTHING', result: 'NOT_REMOVED' };
  }
  if (tags !== null) {
    if (Object.hasOwn(tags, PROTECT_TAG)) return { act: 'NOTHING', result: 'ALREADY_RESTORED' };
    return isRemoved ? { act: 'PROTECT' } : { act: 'NOTHING', result: 'NOT_REMOVED' };
  }
  if (!isRemoved && says.outcome !== null) return { act: 'NOTHING', result: 'NOT_REMOVED' };
  const until = says.outcome?.restorableUntil ?? null;
  const isExpired = until !== null && Date.parse(until) <= now.getTime();
  return { act: 'NOTHING', result: isExpired ? 'EXPIRED' : 'NOT_IN_RECYCLE_BIN' };
}

/**
 * What to do about one resource that no bin has: its step is taken back, or it is made again. What is
 * there as it was isn't brought back once more.
 *
 * @param seen `isBack`: it is there as it was before its step. `wasBack`: an earlier restore brought it
 *   back, so that it was others who took it away since, and nobody asks for it by its id.
 *   `isUntouched`: the step changed nothing of it, so that it was others who took it away.
 */
export function decideBringingBack(
  says: LedgerSays,
  seen: {
    readonly isBack: boolean;
    readonly isSuperseded: boolean;
    readonly wasBack: boolean;
    readonly isUntouched: boolean;
  },
): RestoreStep {
  if (!mayHaveRemoved(says)) return { act: 'NOTHING', result: 'NOT_REMOVED' };
  if (seen.isSuperseded) return { act: 'NOTHING', result: 'SUPERSEDED' };
  // Begun, and settled as still there: what became of it since is the doing of others.
  if (says.outcome !== null && !isTaken(says.outcome))
    return { act: 'NOTHING', result: 'NOT_REMOVED' };
  if (!seen.isBack && seen.isUntouched) return { act: 'NOTHING', result: 'NOT_REMOVED' };
  if (!seen.isBack && seen.wasBack) return { act: 'NOTHING', result: 'NOT_REMOVED' };
  if (!seen.isBack) return { act: 'RESTORE' };
  return isTaken(says.outcome) ? { act: 'PROTECT' } : { act: 'NOTHING', result: 'NOT_REMOVED' };
}

/** Whether it is known to be done: the step, or the last one. */
export function isTaken(outcome: RemovalOutcome | null): boolean {
  return outcome?.outcome === 'REMOVED' || outcome?.outcome === 'STEP_DONE';
}

/** Whether it went into the bin while the execution had it in hand. */
function enteredByThen(says: LedgerSays, enteredAt: string): boolean {
  // By the clock that wrote the rest: the bin's time is AWS's.
  const entered = Date.parse(enteredAt) - (says.awsAheadSeconds ?? 0) * 1000;
  const from = Date.parse(says.intentAt ?? '') - CLOCK_SKEW_MILLISECONDS;
  return entered >= from && entered <= inHandUntil(says);
}

/**
 * When others may have begun to remove it. Where it isn't known to be removed by this execution, not
 * a moment is added for clocks that differ: it would be the others' time.
 */
function inHandUntil({ intentAt, leaseUntil, outcome }: LedgerSays): number {
  if (outcome?.outcome === 'REMOVED') return Date.parse(outcome.at) + CLOCK_SKEW_MILLISECONDS;
  if (outcome !== null) return Date.parse(outcome.at);
  return leaseUntil === undefined
    ? Date.parse(intentAt ?? '') + LEASE_MILLISECONDS
    : Date.parse(leaseUntil);
}

/** Whether all is there again that was asked for. */
export function isBroughtBack(result: RestoreResult, isAskedFor: boolean): boolean {
  if (result === 'NOT_REMOVED') return !isAskedFor;
  return ['RESTORED', 'ALREADY_RESTORED', 'RESTORABLE'].includes(result);
}

/** It is there again, whoever brought it back. */
const IS_BACK: readonly (RestoreResult | null)[] = [
  'RESTORED',
  'ALREADY_RESTORED',
  'NOT_PROTECTED',
];
/** Begun, and nobody knows how it ended. */
const MAY_BE_BACK: readonly (RestoreResult | null)[] = [null, 'FAILED'];

/** Whether it says that the resource is there again. */
export function isKnownBack({ outcome }: RestoreLine): boolean {
  return IS_BACK.includes(outcome);
}

/** Whether an earlier restore is known to have brought it back. */
export function wasBroughtBack(lines: readonly RestoreLine[], resource: ResourceRef): boolean {
  const key = resourceKey(resource);
  return lines.some((line) => isKnownBack(line) && resourceKey(line) === key);
}

/**
 * What of an execution is there again, or may be, by `resourceKey`. What was brought back once was no
 * saving, whatever became of it later.
 *
 * @param lines of `restores.jsonl`, in their order
 */
export function restoredOf(lines: Iterable<RestoreLine>): Set<string> {
  const back = new Set<string>();
  const last = new Map<string, RestoreLine['outcome']>();
  for (const line of lines) {
    const key = resourceKey(line);
    if (IS_BACK.includes(line.outcome)) back.add(key);
    last.set(key, line.outcome);
  }
  for (const [key, outcome] of last) if (MAY_BE_BACK.includes(outcome)) back.add(key);
  return back;
}
