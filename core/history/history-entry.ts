import { z } from 'zod';
import { DAY_MS } from '../model/age.ts';
import { ExecutionId, StepName, Timestamp } from '../model/ids.ts';
import type { Evidence } from '../model/verdict.ts';

/** Of whatever is remembered for longer nothing proves it any more. */
export const LEDGERS_KEPT_DAYS = 400;

/** A step of a removal that orgsweep took. */
export const DoneStep = z.strictObject({
  step: StepName,
  at: Timestamp,
  executionId: ExecutionId,
  /** From which the resource can be made again. */
  made: z.string().min(1).optional(),
});
export type DoneStep = z.infer<typeof DoneStep>;

/**
 * What nobody looked at for longer starts again: much may have happened meanwhile. Monthly
 * executions, one of them two weeks late, keep it going.
 */
const LONGEST_UNSEEN_DAYS = 45;

/** Whether it was seen too long ago for anything to go on from it. */
export function isForgotten({ lastSeen }: { readonly lastSeen: string }, now: string): boolean {
  return Date.parse(now) - Date.parse(lastSeen) > LONGEST_UNSEEN_DAYS * DAY_MS;
}

/** Since when a resource has been seen stale without a break, and when last. */
export const HistoryEntry = z.strictObject({
  staleSince: Timestamp,
  lastSeen: Timestamp,
  /** Reference sources that the look at `staleSince` left out; absent: none. */
  notLookedAt: z.array(z.string()).optional(),
  /** When orgsweep removed it, or found it gone. Seen again, it was restored. */
  goneAt: Timestamp.optional(),
  /** It wasn't just found gone: orgsweep removed it. */
  removed: z.literal(true).optional(),
  /** As it was last seen, for the day when it isn't there any more; null: its kind has no size; absent in older files. */
  sizeGiB: z.number().nullable().optional(),
  /**
   * At `staleSince` others were asked whether they have what its reason says is gone, and all were seen;
   * absent: its reason asks nobody, or not all were.
   */
  asked: z.literal(true).optional(),
  /** The steps of its removal since `staleSince`, in their order; absent: none. */
  steps: z.array(DoneStep).optional(),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;

/**
 * Whether it is stale for what nobody was told of before: its reason asks others now, and all were seen,
 * or it asks them no more. Who was told of the other reason may have relied on what held that.
 */
export function isAskedAnew({ asked }: HistoryEntry, evidence: AskedOfOthers): boolean {
  if (!asksOthers(evidence)) return asked === true;
  return asked !== true && sawOthers(evidence);
}

/** Whether its reason asks others, and all of them were seen. */
export function sawOthers(evidence: AskedOfOthers): boolean {
  return asksOthers(evidence) && evidence.notSeenElsewhere === undefined;
}

type AskedOfOthers = Pick<Evidence, 'asks' | 'notSeenElsewhere'>;

function asksOthers({ asks = [] }: AskedOfOthers): boolean {
  return asks.length > 0;
}
