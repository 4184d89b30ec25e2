import { z } from 'zod';
import { AccountId, KindName, ReasonCode, Region, Timestamp } from '../model/ids.ts';
import { AwsFailure } from '../outcome/outcome.ts';

/** A resource that has a part in no measurement, and why. */
export const NotInMeasure = z.strictObject({
  resourceId: z.string().min(1),
  reason: ReasonCode,
});
export type NotInMeasure = z.infer<typeof NotInMeasure>;

export const Freed = z.strictObject({
  bytes: z.int().min(0),
  /** USD a month; null where the Region's price isn't known. */
  monthlyCostUsd: z.number().nullable(),
});
export type Freed = z.infer<typeof Freed>;

/**
 * One line of `measured.jsonl`: the stale resources of one lineage, and what removing them would
 * free. Where that couldn't be measured there is a failure, and never a number.
 */
export const MeasuredLineage = z.strictObject({
  kind: KindName,
  accountId: AccountId,
  region: Region,
  /** For snapshots, the volume they are of. */
  lineageId: z.string().min(1),
  outcome: z.enum(['MEASURED', 'NOT_MEASURED']),
  /** Oldest first. */
  stale: z.array(z.string()),
  /** The others of the lineage as they were found when it was measured. */
  kept: z.array(z.string()),
  notMeasured: z.array(NotInMeasure),
  /** If all of `stale` go. */
  freed: Freed.nullable(),
  /** If those stay that the plan holds as last copies; null also where the plan isn't known. */
  freedButLastCopy: Freed.nullable(),
  /** What the report counts with: the largest of `stale`, once. */
  reported: Freed,
  /** What they take at most: all of `stale`, as if no two shared anything. */
  upTo: Freed,
  /** That were sent for it, those included that were tried again. */
  requests: z.int().min(0),
  at: Timestamp,
  failure: AwsFailure.optional(),
});
export type MeasuredLineage = z.infer<typeof MeasuredLineage>;

/** Names a lineage, the same in every measurement. */
export function lineageKey(
  of: Pick<MeasuredLineage, 'kind' | 'accountId' | 'region' | 'lineageId'>,
): string {
  return `${of.accountId}/${of.region}/${of.kind}:${of.lineageId}`;
}
