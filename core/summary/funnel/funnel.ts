import { z } from 'zod';
import { NO_WORTH, Worth } from '../../model/amount.ts';
import { KindName, Timestamp } from '../../model/ids.ts';
import { HoldReason } from '../../model/hold-reason.ts';

/**
 * How many resources, and what they come to at most. Of those that share data the largest counts,
 * once, so the money of several stages doesn't add up: each is an upper bound of its own.
 */
export const Stage = z.strictObject({
  resources: z.int().min(0),
  ...Worth.shape,
});
export type Stage = z.infer<typeof Stage>;

export const EMPTY_STAGE: Stage = { resources: 0, ...NO_WORTH };

const byReason = z.partialRecord(HoldReason, Stage);

/**
 * Where the stale resources of an execution stand on their way out. Each of them is in one of
 * `onlyReported`, `inGrace`, `waiting`, `needsDecision`, `inSteps` and `removable`. What they free in
 * resources of other kinds is with the last of its holders, and in `obtainable`. Removing a holder
 * doesn't save it yet: it is neither in `removable` nor in `removed`.
 */
export const Funnel = z.strictObject({
  /** Of all kinds that were looked at. */
  stale: Stage,
  /** Of kinds that orgsweep removes none of: there is no way out for it. Absent: none. */
  onlyReported: Stage.optional(),
  /** Held by the grace, and by nothing that a person has to decide. */
  inGrace: Stage.extend({
    /** When the grace of the first of them ends, and that of the last. */
    firstUntil: Timestamp.nullable(),
    lastUntil: Timestamp.nullable(),
  }),
  /** Not in grace; later executions lift what holds them without anybody's doing. */
  waiting: Stage.extend({ byReason }),
  /** A person has to decide; each under the one of its reasons that is hardest to lift. */
  needsDecision: Stage.extend({ byReason }),
  /**
   * Planned with a step that isn't the last: each stays, and saves nothing, until a later execution
   * takes the last one. Absent: there is none.
   */
  inSteps: Stage.optional(),
  /** What the plan removes, or would, by a delete execution started when it was made. */
  removable: Stage,
  /**
   * Still to be had, without any decision: `removable` but for what is gone, `inSteps`, `inGrace`,
   * `waiting` but for what waits for something else to be gone.
   */
  obtainable: Stage.extend({
    /** When a run can remove the first of it; null: nothing of it, or nobody knows. */
    from: Timestamp.nullable(),
  }),
  removed: Stage,
  /** By all executions so far; null: not known. */
  saved: z
    .strictObject({
      /** When the first execution that is counted began, of whatever scope. */
      since: Timestamp.nullable(),
      /** Not billed any more. */
      gone: Stage,
      /** In the Recycle Bin, and billed as before. */
      inRecycleBin: Stage.extend({ lastUntil: Timestamp.nullable() }),
    })
    .nullable(),
});
export type Funnel = z.infer<typeof Funnel>;

/** Of each kind its own. What they save adds up: no two kinds share data. */
export const FunnelByKind = z.record(KindName, Funnel);
export type FunnelByKind = z.infer<typeof FunnelByKind>;
