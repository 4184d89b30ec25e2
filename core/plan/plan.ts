import { z } from 'zod';
import { ClockDifference } from '../model/clock-difference.ts';
import { HistoryDoubt } from '../history/history-doubt.ts';
import { DoneStep } from '../history/history-entry.ts';
import {
  AccountId,
  ExecutionId,
  ReasonCode,
  ResourceRef,
  StepName,
  Timestamp,
} from '../model/ids.ts';
import { Approval, Limits, Policy, WrittenPolicy } from '../input/input.ts';
import type { Policies } from '../input/policy-for.ts';
import { Freed, Makes } from '../model/billing.ts';
import { HoldReason } from '../model/hold-reason.ts';
import { Lineage, ResourceSet } from '../model/verdict.ts';

export const PlannedRemoval = ResourceRef.extend({
  reasons: z.array(ReasonCode).min(1),
  startedAt: Timestamp.nullable(),
  ageDays: z.int().nullable(),
  sizeGiB: z.number().nullable(),
  monthlyCostUsdUpTo: z.number().nullable(),
  /** When an execution first saw it stale, staying so since. */
  staleSince: Timestamp,
  lineage: Lineage.optional(),
  /** The set that it stays or goes with, all of it planned; absent: none. */
  set: ResourceSet.omit({ members: true }).optional(),
  /** Other planned removals of its kind there, by id, all of which have to be done before it. */
  partOf: z.array(z.string().min(1)).min(1).optional(),
  /** As `Billing.sharesWith`; absent: it shares no data, or nobody knows. */
  sharesWith: z.string().optional(),
  /** As in its finding. */
  remainingMonthlyCostUsdUpTo: z.number().nullable().optional(),
  ...Makes.shape,
  frees: z.array(Freed).optional(),
  /** For how long the Recycle Bin would keep it by the rules seen; absent: no rule would. */
  restorableDays: z.int().min(1).optional(),
  /** Which step of its removal this is; absent: its kind has only one. */
  step: StepName.optional(),
  /** That step isn't the last: the resource stays, and saves nothing, until a later execution goes on. */
  goesOn: z.literal(true).optional(),
  /** The step before it, as orgsweep's own record has it; absent: it needs none. */
  follows: DoneStep.optional(),
});
export type PlannedRemoval = z.infer<typeof PlannedRemoval>;

/** The limits that hold single removals back, and those that refuse a plan as a whole. */
export const LimitName = z.enum([
  'maxRemovalsPerTarget',
  'maxRemovalsPerAccount',
  'maxRemovals',
  'maxStalePercent',
  'maxStalePercentPerAccount',
  'maxStalePercentOverall',
]);
export type LimitName = z.infer<typeof LimitName>;
const RefusingLimit = LimitName.extract(['maxRemovals', 'maxStalePercentOverall']);

/** A member of a set that isn't going to be removed, and so keeps all of it. */
export const StayingMember = z.strictObject({
  resourceId: z.string().min(1),
  reasons: z.array(ReasonCode).min(1),
});
export type StayingMember = z.infer<typeof StayingMember>;

export const HeldRemoval = ResourceRef.extend({
  held: z.array(HoldReason).min(1),
  /** The limit behind OVER_LIMIT. */
  limit: LimitName.optional(),
  /** What stays behind SET_NOT_WHOLE or WHOLE_STAYS, and why: hold reasons, or those of its verdict. */
  notWhole: StayingMember.optional(),
  sizeGiB: z.number().nullable(),
  /** null: no price is known; absent in plans of earlier versions. */
  monthlyCostUsdUpTo: z.number().nullable().optional(),
  /** As `Billing.sharesWith`; absent: it shares no data, or nobody knows. */
  sharesWith: z.string().optional(),
  /** As in its finding. */
  remainingMonthlyCostUsdUpTo: z.number().nullable().optional(),
  frees: z.array(Freed).optional(),
  /** The set that it stays or goes with; absent: none, or a plan of an earlier version. */
  set: ResourceSet.omit({ members: true }).optional(),
  staleSince: Timestamp.nullable(),
  /** For how many days it has to stay unused, where that isn't the policy's grace: AWS tells no age. */
  graceDays: z.int().optional(),
  /** Which step of its removal would be next; absent: its kind has only one. */
  step: StepName.optional(),
  /** Until when STEP_NOT_DUE holds it, as far as is known. */
  notBefore: Timestamp.optional(),
});
export type HeldRemoval = z.infer<typeof HeldRemoval>;

/** A file beside a plan: `held/<digest>.jsonl`, of so many lines, by the sha-256 of its bytes. */
export const HeldFile = z.strictObject({
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  lines: z.int().min(1),
});
export type HeldFile = z.infer<typeof HeldFile>;

/** READY: may be removed now. EMPTY: nothing to remove. PREVIEW: a report's plan. REFUSED: over a limit for all. */
export const PlanStatus = z.enum(['READY', 'EMPTY', 'PREVIEW', 'REFUSED']);
export type PlanStatus = z.infer<typeof PlanStatus>;

/**
 * An account's part in what refused a plan: its stale resources, of those seen there, or, over
 * `maxRemovals`, its removals (`of` is null then).
 */
export const RefusalShare = z.strictObject({
  accountId: AccountId,
  count: z.int().min(0),
  of: z.int().min(0).nullable(),
});
export type RefusalShare = z.infer<typeof RefusalShare>;

/** `plan.json`: written once, never changed. `digest` is the sha-256 of everything else in it. */
export const Plan = z.strictObject({
  schemaVersion: z.literal(1),
  executionId: ExecutionId,
  createdAt: Timestamp,
  status: PlanStatus,
  /** The execution whose plan this one applies, or null. */
  basedOn: ExecutionId.nullable(),
  /** Whether a person has to approve it before anything of it is removed. */
  approval: Approval,
  /** What holds in every account that `policies` doesn't name. */
  policy: WrittenPolicy,
  policies: z.record(AccountId, WrittenPolicy),
  limits: Limits,
  /** Removals wanted and allowed; for `maxStalePercentOverall`, percent stale and allowed. */
  refusal: z
    .strictObject({
      limit: RefusingLimit,
      wanted: z.number(),
      allowed: z.number(),
      /** The three accounts that have most part in it, the largest first. */
      largest: z.array(RefusalShare).max(3).optional(),
    })
    .nullable(),
  removals: z.array(PlannedRemoval),
  held: z.array(HeldRemoval),
  /**
   * What else is held, target by target: each in its own account and Region. Absent: all is in `held`.
   */
  heldFiles: z.array(HeldFile).min(1).optional(),
  /** What of the targets' histories was not gone by; absent: nothing. */
  historyDoubts: z.array(HistoryDoubt).optional(),
  /** Made with a wrong clock: nobody may apply it. */
  clock: ClockDifference.optional(),
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  /** Made with a key that nobody has who only writes files: that Plan wrote it. Not in the digest. */
  seal: z.string().optional(),
});
export type Plan = z.infer<typeof Plan>;

/** The policies that a plan was made with, whichever version made it. */
export function policiesOf({ policy, policies }: Pick<Plan, 'policy' | 'policies'>): Policies {
  const own = Object.entries(policies).map(([id, one]) => [id, Policy.parse(one)]);
  return { policy: Policy.parse(policy), policies: Object.fromEntries(own) };
}

/** How many resources a plan holds back. */
export function countOfHeld({ held, heldFiles = [] }: Pick<Plan, 'held' | 'heldFiles'>): number {
  return heldFiles.reduce((sum, { lines }) => sum + lines, held.length);
}
