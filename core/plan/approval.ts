import { z } from 'zod';
import { ExecutionId, Timestamp } from '../model/ids.ts';
import type { Plan } from './plan.ts';

/** What a person can say to a plan. */
export const Decision = z.enum(['APPROVED', 'REJECTED']);
export type Decision = z.infer<typeof Decision>;

/**
 * `approval.json`: how the wait for a person ended. Written once, and the first one stands. EXPIRED:
 * the wait ended before anybody had decided.
 */
export const ApprovalRecord = z.strictObject({
  schemaVersion: z.literal(1),
  executionId: ExecutionId,
  /** Of the plan that was decided on. */
  planDigest: z.string(),
  decision: z.enum([...Decision.options, 'EXPIRED']),
  /**
   * Who decided; null: nobody did. `verified`: AWS itself said that it was them; else it is what
   * the computer of a local run said.
   */
  by: z.strictObject({ caller: z.string().min(1), verified: z.boolean() }).nullable(),
  at: Timestamp,
});
export type ApprovalRecord = z.infer<typeof ApprovalRecord>;

/** What a summary tells of it. */
export const ApprovalInBrief = ApprovalRecord.pick({ decision: true, by: true, at: true }).extend({
  /** Whether the machine was let go on: an approval may also come too late, or be of another plan. */
  removalsAllowed: z.boolean(),
});
export type ApprovalInBrief = z.infer<typeof ApprovalInBrief>;

/** Whether a plan's removals may begin: nobody was to be asked, or a person approved this very plan. */
export function mayRemove(plan: Plan, record: ApprovalRecord | undefined): boolean {
  if (plan.approval === 'none') return true;
  return (
    record?.decision === 'APPROVED' &&
    record.planDigest === plan.digest &&
    record.executionId === plan.executionId
  );
}
