import { z } from 'zod';
import { Approval, days, limitKeys } from '../input/input.ts';

/**
 * What a deployment sets and no execution input gets below. Ages and grace in days. A limit that
 * isn't named has no floor.
 */
export const Floors = floors(z.string());
export type Floors = z.infer<typeof Floors>;

/** @param source the sources that `skippableSources` may name */
export function floors<S extends z.ZodType<string>>(source: S) {
  return z.strictObject({
    approval: Approval.default('none').describe(
      '"required": nothing is deleted before a person has approved the plan.',
    ),
    requireUndo: z
      .boolean()
      .default(true)
      .describe(
        'Only what can be brought back is deleted: an available Recycle Bin rule will retain it, an earlier step made a copy of it, or the step can be taken back. `policy.allowRecreation` and `policy.allowIrreversible` may name nothing.',
      ),
    minAgeDays: days.default(0).describe('The least `policy.minAgeDays`.'),
    graceDays: days
      .default(0)
      .describe(
        'The least `policy.graceDays`, and the least `minUnattachedDays` of volumes, as far as CloudWatch remembers.',
      ),
    keepLastCopy: z
      .boolean()
      .default(false)
      .describe(
        'The last snapshot of a volume that is gone is never deleted, what an AMI left behind included, and no volume without a copy of it: `keepLastLeftover` of snapshots is true, and `allowNoCopy` of volumes may only be false.',
      ),
    skippableSources: z
      .array(source)
      .default([])
      .describe(
        'What `policy.skipReferences` may name; none: nothing. With `volume-metrics`, `volumeEvidence` of volumes may be `history`.',
      ),
    maxRemovalsPerTarget: limitKeys.maxRemovalsPerTarget
      .optional()
      .describe(
        'The most that an input may name for `limits.maxRemovalsPerTarget`; none: as much as it likes.',
      ),
    maxRemovalsPerAccount: limitKeys.maxRemovalsPerAccount
      .optional()
      .describe(
        'The most that an input may name for `limits.maxRemovalsPerAccount`; none: as much as it likes.',
      ),
    maxRemovals: limitKeys.maxRemovals
      .optional()
      .describe(
        'The most that an input may name for `limits.maxRemovals`; none: as much as it likes.',
      ),
    maxStalePercent: limitKeys.maxStalePercent
      .optional()
      .describe(
        'The most that an input may name for `limits.maxStalePercent`; none: as much as it likes.',
      ),
    maxStalePercentPerAccount: limitKeys.maxStalePercentPerAccount
      .optional()
      .describe(
        'The most that an input may name for `limits.maxStalePercentPerAccount`; none: as much as it likes.',
      ),
    maxStalePercentOverall: limitKeys.maxStalePercentOverall
      .optional()
      .describe(
        'The most that an input may name for `limits.maxStalePercentOverall`; none: as much as it likes.',
      ),
    maxPlanAgeDays: limitKeys.maxPlanAgeDays
      .optional()
      .describe(
        'The most that an input may name for `limits.maxPlanAgeDays`; none: as much as it likes.',
      ),
    minReferencePercent: limitKeys.minReferencePercent
      .optional()
      .describe('The least that an input may name for `limits.minReferencePercent`; none: 0.'),
  });
}

/** Of a run with the caller's own credentials: nobody deployed it, and nobody set any. */
export function noFloors(skippable: readonly string[]): Floors {
  return {
    approval: 'none',
    requireUndo: false,
    minAgeDays: 0,
    graceDays: 0,
    keepLastCopy: false,
    skippableSources: [...skippable],
  };
}
