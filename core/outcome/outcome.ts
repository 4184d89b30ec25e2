import { z } from 'zod';
import { AgeBand } from '../model/age.ts';
import { unpricedUnsized, Worth } from '../model/amount.ts';
import { ClockDifference } from '../model/clock-difference.ts';
import { AdviceByCode, FreedByKind, Makes } from '../model/billing.ts';
import { Policy } from '../input/input.ts';
import {
  AccountId,
  KindName,
  ReasonCode,
  Region,
  ResourceRef,
  StepName,
  Timestamp,
} from '../model/ids.ts';
import { VerdictName } from '../model/verdict.ts';
import { UnreadableDates } from './unreadable-dates.ts';
import { RecycleBinRule } from './recycle-bin.ts';
import { UndoWay } from './undo.ts';

/** An AWS error as it came: kept, never paraphrased. `source` names the listing that failed. */
export const AwsFailure = z.strictObject({
  code: z.string(),
  /** HTTP, of a server's trouble that its code doesn't tell: 500 and above. */
  status: z.int().optional(),
  message: z.string(),
  requestId: z.string().optional(),
  operation: z.string().optional(),
  source: z.string().optional(),
});
export type AwsFailure = z.infer<typeof AwsFailure>;

/** What one tier, or all of them, comes to. Of what shares data the largest counts, once. */
const amount = { ...Worth.shape, unsharedMonthlyCostUsdUpTo: z.number() };

/** What is stale comes to, as it is stored. */
export const StaleWorth = z.strictObject({
  staleGiB: z.number(),
  /** Over those whose price is known; the others are in `unpricedGiB` or `unpricedUnsized`. */
  staleMonthlyCostUsdUpTo: z.number(),
  unpricedGiB: z.number(),
  unpricedUnsized,
});
export type StaleWorth = Readonly<z.infer<typeof StaleWorth>>;

/** How many resources of each verdict carry each reason. Older files don't tell. */
export const ReasonsByVerdict = z.partialRecord(VerdictName, z.record(ReasonCode, z.int()));
export type ReasonsByVerdict = z.infer<typeof ReasonsByVerdict>;

/**
 * What one target holds of one kind. GiB and USD are of its STALE resources: of those that share
 * data (`Billing.sharesWith`) the largest counts, once.
 */
export const KindCounts = z.strictObject({
  resources: z.int().min(0),
  verdicts: z.strictObject({ STALE: z.int(), KEEP: z.int(), UNKNOWN: z.int() }),
  /** How many resources carry each reason; a resource with two reasons counts in both. */
  reasons: z.record(ReasonCode, z.int()),
  reasonsByVerdict: ReasonsByVerdict.optional(),
  ...StaleWorth.shape,
  /** The same, if no two resources shared anything: more than they can cost together. */
  staleUnsharedMonthlyCostUsdUpTo: z.number().default(0),
  /**
   * By how AWS stores and bills them. `inMinimum`: billed for a while yet, even if deleted now;
   * `minimumUnknown`: perhaps so.
   */
  staleByTier: z
    .record(
      z.string(),
      z.strictObject({
        stale: z.int().min(0),
        inMinimum: z.int().min(0),
        minimumUnknown: z.int().min(0).optional(),
        ...amount,
      }),
    )
    .default({}),
  staleByAge: z.partialRecord(AgeBand, z.int().min(0)).default({}),
  /** Of what is stale: what only looks so, as nothing told what would prove it. Absent: none of it. */
  staleUnproved: z
    .strictObject({ resources: z.int().min(1), monthlyCostUsdUpTo: z.number() })
    .optional(),
  /** How much of what is stale comes to is in resources of other kinds that it holds, by kind. */
  frees: FreedByKind.optional(),
  /** What costs more than it must, by why. Of nothing that is stale. */
  advice: AdviceByCode.optional(),
  /** Charges besides storage, of all resources, whatever their verdict. */
  extraCharges: z
    .record(
      z.string(),
      z.strictObject({
        resources: z.int().min(0),
        units: z.int().min(0),
        monthlyCostUsdUpTo: z.number(),
        unpricedUnits: z.int().min(0),
      }),
    )
    .default({}),
});
export type KindCounts = z.infer<typeof KindCounts>;

/** Every way a target can end. Only COMPLETE and EXCLUDED are not a gap. */
export const TargetStatus = z.enum([
  'COMPLETE',
  'EXCLUDED',
  'ROLE_UNAVAILABLE',
  'ACCESS_DENIED',
  'DENIED_BY_SCP',
  'REGION_DISABLED',
  'THROTTLED',
  'FAILED',
]);
export type TargetStatus = z.infer<typeof TargetStatus>;

/** Why a target or account is excluded on purpose. */
export const ExclusionReason = z.enum([
  'ACCOUNT_SUSPENDED',
  'ACCOUNT_CLOSED',
  'ACCOUNT_PENDING_ACTIVATION',
  'ACCOUNT_NOT_IN_SCOPE',
  'ACCOUNT_EXCLUDED',
  'REGION_NOT_IN_SCOPE',
  'REGION_EXCLUDED',
  /** An opt-in Region the account hasn't enabled: what may still lie there can't be seen. */
  'REGION_NOT_ENABLED',
]);
export type ExclusionReason = z.infer<typeof ExclusionReason>;

/** What a look at the Recycle Bin's rules for one kind in one target brought. */
export const RecycleBinLook = z.union([
  z.strictObject({ rules: z.array(RecycleBinRule) }),
  z.strictObject({ failure: AwsFailure }),
]);
export type RecycleBinLook = z.infer<typeof RecycleBinLook>;

/** How the look at one kind in one target ended, and what only that kind's removals go by. */
export const KindLook = z.strictObject({
  status: TargetStatus,
  /** The first of them; the target lists all. */
  failure: AwsFailure.optional(),
  /** How many items each reference listing had, by source. */
  references: z.record(z.string(), z.int().min(0)).optional(),
  /** Of kinds with stale resources only. A failure is no gap: it holds removals. */
  recycleBin: RecycleBinLook.optional(),
});
export type KindLook = z.infer<typeof KindLook>;

/** One line of `targets.jsonl`: how one target, or an account that has none, ended. */
export const TargetOutcome = z.strictObject({
  accountId: AccountId,
  accountName: z.string().optional(),
  /** null: the account as a whole (excluded, or its Regions couldn't be listed). */
  region: Region.nullable(),
  /** COMPLETE where every kind is. */
  status: TargetStatus,
  /** Of a target that was looked at: why that was for global kinds alone. */
  excluded: ExclusionReason.optional(),
  /** The reason given in `scope.accepted`, where this gap is known and wanted. */
  accepted: z.string().optional(),
  /** As `scope.accepted` says: nothing there refers to what other accounts have. */
  mayRefer: z.literal(false).optional(),
  failure: AwsFailure.optional(),
  /** What else kept it from being complete, each listing and code once. */
  otherFailures: z.array(AwsFailure).optional(),
  /** How many besides those. */
  moreFailures: z.int().min(1).optional(),
  /** As Organizations named it when the execution began, where it isn't ACTIVE. */
  accountState: z.string().optional(),
  /** What was listed to its end, by kind. */
  kinds: z.record(KindName, KindCounts),
  /** Read by `lookAt`; none where nothing was looked at, and in files of older versions. */
  looks: z.record(KindName, KindLook).optional(),
  /** The policy that held here; none where nothing was to be looked at. */
  policy: Policy.optional(),
  /** As of a look; only in files of older versions. */
  recycleBin: z.record(KindName, RecycleBinLook).optional(),
  references: z.record(z.string(), z.int().min(0)).optional(),
  /** AWS calls by operation, as `service:Operation`. */
  calls: z.record(z.string(), z.int()).optional(),
  /** What a keep-until tag protects whose date nobody can read. */
  unreadableDates: UnreadableDates.optional(),
  /** Where the clock that the ages go by is too far from AWS's, or nobody knows. */
  clock: ClockDifference.optional(),
  at: Timestamp,
});
export type TargetOutcome = z.infer<typeof TargetOutcome>;

/** A gap is in scope, not complete, and not accepted: it makes the execution partial. */
export function isGap(outcome: TargetOutcome): boolean {
  return (
    outcome.status !== 'COMPLETE' && outcome.status !== 'EXCLUDED' && outcome.accepted === undefined
  );
}

/** Every way a planned removal can end. */
export const RemovalResult = z.enum([
  'REMOVED',
  'ALREADY_GONE',
  'NO_LONGER_STALE',
  'PROTECTED',
  'DENIED',
  'FAILED',
  'NOT_ATTEMPTED',
  /** A step of it, not the last: it is there, and a later execution goes on. */
  'STEP_DONE',
]);
export type RemovalResult = z.infer<typeof RemovalResult>;

/** One line of `removals.jsonl`: one per planned removal. */
export const RemovalOutcome = ResourceRef.extend({
  outcome: RemovalResult,
  /** Why, where the outcome alone doesn't say: verdict reasons, LAST_COPY, LEASE_HELD, … */
  reasons: z.array(ReasonCode),
  failure: AwsFailure.optional(),
  intentAt: Timestamp.nullable(),
  at: Timestamp,
  /** null: its kind has none, or it isn't known. */
  sizeGiB: z.number().nullable(),
  monthlyCostUsdUpTo: z.number().nullable(),
  /** Until when it can be restored from the Recycle Bin; null: not known to be in it. */
  restorableUntil: Timestamp.nullable(),
  /** Of what was removed: until when AWS bills it, as it may lie in the Recycle Bin so long. */
  billedUntil: Timestamp.optional(),
  /** Of what was removed: as in its finding. */
  remainingMonthlyCostUsdUpTo: z.number().nullable().optional(),
  /** Of a step that is done: as in its finding. */
  ...Makes.shape,
  /** Of what was removed: as `Billing.sharesWith`. */
  sharesWith: z.string().optional(),
  /** Of a kind that is removed in several steps: the one that was planned. */
  step: StepName.optional(),
  /** Of a step that is done: the next one may not come before this. */
  nextAt: Timestamp.optional(),
  /** What the step made, from which the resource can be made again. */
  made: z.string().min(1).optional(),
  /** How it is undone, where that isn't by the Recycle Bin. */
  undo: UndoWay.optional(),
});
export type RemovalOutcome = z.infer<typeof RemovalOutcome>;

/** How the removal of a resource ended. Of a resource that wasn't planned no size is known. */
export function toRemovalOutcome(
  of: ResourceRef & Partial<Pick<RemovalOutcome, 'sizeGiB' | 'monthlyCostUsdUpTo' | 'step'>>,
  ending: Pick<
    RemovalOutcome,
    'outcome' | 'intentAt' | 'at' | 'failure' | 'nextAt' | 'made' | 'undo'
  > & {
    readonly reasons: readonly string[];
    readonly restorableUntil?: string;
  },
): RemovalOutcome {
  return {
    kind: of.kind,
    accountId: of.accountId,
    region: of.region,
    resourceId: of.resourceId,
    outcome: ending.outcome,
    reasons: [...ending.reasons],
    ...(ending.failure && { failure: ending.failure }),
    intentAt: ending.intentAt,
    at: ending.at,
    sizeGiB: of.sizeGiB ?? null,
    monthlyCostUsdUpTo: of.monthlyCostUsdUpTo ?? null,
    restorableUntil: ending.restorableUntil ?? null,
    ...(of.step !== undefined && { step: of.step }),
    ...(ending.nextAt !== undefined && { nextAt: ending.nextAt }),
    ...(ending.made !== undefined && { made: ending.made }),
    ...(ending.undo !== undefined && { undo: ending.undo }),
  };
}
