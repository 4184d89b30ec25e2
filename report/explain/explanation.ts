import { z } from 'zod';
import { ApprovalRecord } from '../../core/plan/approval.ts';
import { AccountId, ExecutionId, KindName, Region, Timestamp } from '../../core/model/ids.ts';
import { MeasuredLineage } from '../../core/measure/measured.ts';
import { RemovalOutcome, TargetOutcome } from '../../core/outcome/outcome.ts';
import { HeldRemoval, Plan, PlannedRemoval } from '../../core/plan/plan.ts';
import { RestoreLine } from '../../core/removal/restore.ts';
import { SummaryStatus } from '../../core/summary/summary.ts';
import { Finding } from '../../core/model/verdict.ts';

/** What of a plan it takes to say why it removes a resource or holds it back. */
export const PlanInBrief = z.strictObject({
  status: Plan.shape.status,
  refusal: Plan.shape.refusal,
  approval: Plan.shape.approval,
  limits: z.record(z.string(), z.unknown()),
  /** In the resource's account. */
  graceDays: z.number(),
  /** Whether its digest fits: it is the plan that was made. */
  intact: z.boolean(),
});
export type PlanInBrief = z.infer<typeof PlanInBrief>;

const Approval = ApprovalRecord.pick({ decision: true, by: true, at: true });

/** What one execution left about one resource; null and none are what it left nothing of. */
export const Trace = z.strictObject({
  executionId: ExecutionId,
  mode: z.enum(['report', 'delete']).nullable(),
  /** null: it wrote no summary. It still runs, or was broken off. */
  status: SummaryStatus.nullable(),
  startedAt: Timestamp.nullable(),
  /** How the resource's target ended, or its account as a whole. */
  target: TargetOutcome.nullable(),
  finding: Finding.nullable(),
  plan: PlanInBrief.nullable(),
  /** What a person said to the plan; null: nobody was asked, or has decided yet. */
  approval: Approval.nullable(),
  planned: PlannedRemoval.nullable(),
  held: HeldRemoval.nullable(),
  removal: RemovalOutcome.nullable(),
  restores: z.array(RestoreLine),
  /** Files that can't be read, or hold something about it that can't be. */
  unreadable: z.array(z.string()),
});
export type Trace = z.infer<typeof Trace>;

/** All that is known of one resource: what `orgsweep explain --json` prints of it. */
export const Explanation = z.strictObject({
  kind: KindName,
  accountId: AccountId,
  accountName: z.string().nullable(),
  region: Region,
  resourceId: z.string().min(1),
  /** From the history of its target; null: not stale at the last look, or never seen. */
  stale: z.strictObject({ since: Timestamp, lastSeen: Timestamp }).nullable(),
  /** What removing the stale ones of its lineage frees, if that was measured: the last time. */
  measured: MeasuredLineage.pick({
    lineageId: true,
    stale: true,
    freed: true,
    freedButLastCopy: true,
    at: true,
  }).nullable(),
  /** Newest first; `why` says in sentences why it was or wasn't removed. */
  executions: z.array(Trace.extend({ why: z.array(z.string()) })),
});
export type Explanation = z.infer<typeof Explanation>;

/** What `orgsweep explain --json` prints. An id may stand for more than one resource. */
export const Explanations = z.strictObject({
  schemaVersion: z.literal(1),
  resources: z.array(Explanation).min(1),
});
export type Explanations = z.infer<typeof Explanations>;
