import { UndoWay } from '../outcome/undo.ts';
import { z } from 'zod';
import { ActsAs } from '../model/acts-as.ts';
import { Worth } from '../model/amount.ts';
import { ApprovalInBrief } from '../plan/approval.ts';
import { StaleChange } from '../history/stale-change.ts';
import { Failing, NOTHING_FAILING } from './failing-again.ts';
import { Funnel, FunnelByKind } from './funnel/funnel.ts';
import { ClockDifference } from '../model/clock-difference.ts';
import { AdviceByCode, FreedByKind, MadeWorth } from '../model/billing.ts';
import { Floors } from '../floors/floors.ts';
import { HistoryDoubt } from '../history/history-doubt.ts';
import { Organization } from '../scope/organization.ts';
import { AccountId, ExecutionId, KindName, Region, ResourceRef, Timestamp } from '../model/ids.ts';
import { Limits, Policy, PolicyOverride, Scope } from '../input/input.ts';
import {
  AwsFailure,
  ExclusionReason,
  KindCounts,
  ReasonsByVerdict,
  RemovalOutcome,
  StaleWorth,
  TargetStatus,
} from '../outcome/outcome.ts';
import { LimitName, Plan } from '../plan/plan.ts';
import { HoldReason } from '../model/hold-reason.ts';
import { NO_UNREADABLE_DATES, UnreadableDatesOfAll } from '../outcome/unreadable-dates.ts';
import { NotKept } from '../outcome/not-kept.ts';
import { WordsByKind } from '../words/kind-words.ts';
import { PlannedWorth, RemovedWorth } from './worth.ts';

/** How an execution ended; the state machine's Verdict and the CLI's exit code follow it. */
export const SummaryStatus = z.enum([
  'COMPLETE',
  'PARTIAL',
  'REMOVALS_INCOMPLETE',
  'PLAN_REFUSED',
  'NOT_APPROVED',
  'FAILED',
]);
export type SummaryStatus = z.infer<typeof SummaryStatus>;

/** The step of the state machine that failed, and with what. */
export const StepFailure = z.strictObject({
  step: z.string(),
  error: z.string(),
  message: z.string(),
});
export type StepFailure = z.infer<typeof StepFailure>;

/** A target, or a whole account (`region: null`), in scope that wasn't seen completely. */
export const Gap = z.strictObject({
  accountId: AccountId,
  accountName: z.string().nullable(),
  region: Region.nullable(),
  status: TargetStatus,
  failure: AwsFailure.nullable(),
  /** What else kept it from being complete, in short; `moreFailures` besides. */
  otherFailures: z.array(AwsFailure).optional(),
  moreFailures: z.int().min(1).optional(),
  /** Of the account, where it isn't ACTIVE. */
  accountState: z.string().optional(),
  /** These kinds alone; the others there were seen to their end. */
  missingKinds: z.array(KindName).optional(),
  /** What each of them was first refused; `action` where AWS's message names the IAM action. */
  kindFailures: z.record(KindName, AwsFailure.extend({ action: z.string().optional() })).optional(),
  /** Nothing of it is in any count: what is there may be much. */
  uncounted: z.boolean().optional(),
  /** The reason given in `scope.accepted`; null: not accepted, so it makes the execution partial. */
  accepted: z.string().nullable(),
});
export type Gap = z.infer<typeof Gap>;

const tally = z.int().min(0);

export const Coverage = z.strictObject({
  complete: tally,
  /** Complete targets and gaps; an account that has no target because of a gap counts once. */
  inScope: tally,
  /** Rounded down to a tenth: 100 means all. 0 where nothing is in scope. */
  percent: z.number(),
  gaps: z.array(Gap),
  acceptedGaps: z.array(Gap),
  /** Accounts and targets left out on purpose, and why. */
  excluded: tally,
  excludedByReason: z.partialRecord(ExclusionReason, tally),
  /** Accounts left out because of their state: suspended, closed, not yet active. */
  unusableAccounts: z.array(
    z.strictObject({
      accountId: AccountId,
      accountName: z.string().nullable(),
      reason: ExclusionReason,
    }),
  ),
  /** How many accounts haven't enabled a Region that was in scope; what lies there can't be seen. */
  regionsNotEnabled: z.record(Region, tally),
  byStatus: z.partialRecord(TargetStatus, tally),
  /** How many accounts of a Region were scanned to the end; Regions of which none was: not there. */
  completeByRegion: z.record(Region, tally).optional(),
  /** Of each kind, where there are several: targets, or accounts for a kind that is global. */
  byKind: z
    .record(
      KindName,
      z.strictObject({ complete: tally, inScope: tally, isGlobal: z.literal(true).optional() }),
    )
    .optional(),
});
export type Coverage = z.infer<typeof Coverage>;

/** What of the whole falls to one kind, account or Region. */
export const Share = z.strictObject({
  resources: tally,
  stale: tally,
  ...StaleWorth.shape,
});
export type Share = z.infer<typeof Share>;

/** A kind and target where removals are held because no Recycle Bin rule would keep them. */
export const WithoutRule = z.strictObject({
  /** Older files tell of snapshots alone. */
  kind: KindName.default('ebs-snapshot'),
  accountId: AccountId,
  region: Region,
  held: tally,
  why: NotKept,
  /** Of the look at the rules, where it failed. */
  failure: AwsFailure.nullable(),
});
export type WithoutRule = z.infer<typeof WithoutRule>;

/** Of an organizational unit: the accounts directly in it. */
const UnitShare = Share.extend({ name: z.string().nullable(), accounts: tally });

const PlanInBrief = z.strictObject({
  status: Plan.shape.status,
  digest: Plan.shape.digest,
  basedOn: Plan.shape.basedOn,
  refusal: Plan.shape.refusal,
  removals: tally,
  /** How many of them take a step that isn't the last: these save nothing yet. Absent: none. */
  inSteps: tally.optional(),
  /** Of the others. */
  ...PlannedWorth.shape,
  /** If no two of the removals shared anything. */
  removalsUnsharedMonthlyCostUsdUpTo: z.number().default(0),
  /** What may go once these have gone, by kind: no removal of the plan saves it. */
  frees: FreedByKind.optional(),
  /** What its steps make, such as copies: paid on top, and in no sum of what is saved. */
  makes: MadeWorth.optional(),
  held: tally,
  /** A resource held for two reasons counts in both. */
  heldByReason: z.partialRecord(HoldReason, tally),
  /** GiB, of the same. */
  heldGiBByReason: z.partialRecord(HoldReason, z.number()).default({}),
  /** Of those held for want of a way back: the steps that the policy would have to name. */
  heldSteps: z.partialRecord(HoldReason, z.array(z.string())).default({}),
  /** Those held as OVER_LIMIT, by the limit. */
  heldByLimit: z.partialRecord(LimitName, tally),
  /** Of the plan that is applied, what doesn't go now. Absent: none is, or an older file. */
  heldOfNamed: z.partialRecord(HoldReason, tally).optional(),
  /** How many of the removals the Recycle Bin would keep, by the rules seen. */
  restorable: tally,
  /** Of the others, how many can be undone otherwise; absent: none of them. */
  undoneOtherwise: z.partialRecord(UndoWay, tally).optional(),
  withoutRecycleBinRule: z.array(WithoutRule),
});

/** Its id tells of which kind it is. */
const ResourceOfAnyKind = ResourceRef.omit({ kind: true });

/** How the removals of one kind, or of all, ended. */
const Ends = z.strictObject({
  planned: tally,
  byOutcome: z.strictObject({
    REMOVED: tally,
    ALREADY_GONE: tally,
    NO_LONGER_STALE: tally,
    PROTECTED: tally,
    DENIED: tally,
    FAILED: tally,
    NOT_ATTEMPTED: tally,
    // Absent in files of older versions.
    STEP_DONE: tally.default(0),
  }),
  ...RemovedWorth.shape,
  /** Of the steps that are done: from when the next ones may follow. Absent: none was, or an older file. */
  goesOn: z.strictObject({ firstFrom: Timestamp, allFrom: Timestamp }).optional(),
  /** What the steps made that are done, such as copies: paid on top. Absent: nothing. */
  made: MadeWorth.optional(),
  /** How many can be restored, and until when the first of them. */
  restorable: tally,
  restorableUntil: Timestamp.nullable(),
  /** Of the others, how many come back otherwise; absent: none of them. */
  undoneOtherwise: z.partialRecord(UndoWay, tally).optional(),
});
export type Ends = z.infer<typeof Ends>;

const Removals = Ends.extend({
  /** Of the kinds that anything was planned of; none in older files. */
  byKind: z.record(KindName, Ends).optional(),
  /** Removed under a rule that should keep it, and not seen in the Recycle Bin. */
  notSeenInRecycleBin: z.array(ResourceOfAnyKind),
  /** Removed of a crash-consistent set of which another part stays: restoring it makes that whole. */
  removedOfBrokenSets: z.array(ResourceOfAnyKind).default([]),
  /** The first 50 that weren't removed, those that need a person first; all are in removals.jsonl. */
  problems: z.array(RemovalOutcome).max(50),
});

/** One execution as a point of a trend. */
export const TrendPoint = z.strictObject({
  executionId: ExecutionId,
  finishedAt: Timestamp,
  mode: z.enum(['report', 'delete']),
  complete: tally,
  inScope: tally,
  stale: tally,
  ...StaleWorth.shape,
  removed: tally,
  removedGiB: z.number(),
  /** What all runs had saved by its end, of whatever scope. Absent: not known. */
  saved: Worth.optional(),
});
export type TrendPoint = z.infer<typeof TrendPoint>;

/** A year and more of weekly executions. */
export const MOST_TREND_POINTS = 60;

/** `summary.json`: one execution, folded. */
export const Summary = z.strictObject({
  schemaVersion: z.literal(1),
  executionId: ExecutionId,
  mode: z.enum(['report', 'delete']),
  status: SummaryStatus,
  /** Whose accounts these are; left out: one account alone, or nobody told. */
  organization: Organization.optional(),
  startedAt: Timestamp,
  finishedAt: Timestamp,
  /** What was asked for, with the defaults filled in. */
  input: z.strictObject({
    scope: Scope,
    kinds: z.array(KindName),
    /** What delete mode may remove; older files don't say. */
    remove: z.array(KindName).optional(),
    policy: Policy,
    policyOverrides: z.array(PolicyOverride),
    limits: Limits,
    basedOn: ExecutionId.nullable(),
  }),
  /** Of the kinds that it looked at; none in older files, which tell of snapshots alone. */
  words: WordsByKind.optional(),
  /** What the deployment set when the run began; null: nobody deployed anything. */
  floors: Floors.nullable().default(null),
  /** What the input left to its defaults and the floors raised, such as `policy.graceDays`. */
  raisedToFloors: z.array(z.string()).default([]),
  coverage: Coverage,
  counts: KindCounts,
  byKind: z.record(
    KindName,
    Share.extend({
      reasonsByVerdict: ReasonsByVerdict.optional(),
      advice: AdviceByCode.optional(),
      /** As in `counts`. */
      frees: FreedByKind.optional(),
    }),
  ),
  byAccount: z.record(AccountId, Share.extend({ accountName: z.string().nullable() })),
  byRegion: z.record(Region, Share),
  /** By the id of the unit or root that accounts are directly in; those whose isn't known: none. */
  byOrganizationalUnit: z.record(z.string(), UnitShare).default({}),
  /** The targets with stale resources: GiB by account, then Region. */
  staleGiBByTarget: z.record(AccountId, z.record(Region, z.number())).default({}),
  /** Whose prices the amounts are by; null: not known. */
  prices: z
    .strictObject({
      /** The oldest day of a price that was used. */
      asOf: z.iso.date(),
      /** Of those of that day. */
      source: z.string(),
      /** How many others there are. */
      moreSources: z.int().min(1).optional(),
    })
    .nullable()
    .default(null),
  /** Kinds that have no part in the price table, so that no update of it brings them a price. */
  kindsWithoutPrices: z.array(KindName).optional(),
  /** Reference sources and checks that were left out, so nobody takes their silence for an answer. */
  notLookedAt: z.array(z.string()),
  /** Which of those no run looks at, by the kind that they are told for; none in older files. */
  blindSpots: z.record(KindName, z.array(z.string())).optional(),
  /** Reference sources that `policy.skipReferences` may name. */
  skippableSources: z.array(z.string()).default([]),
  plan: PlanInBrief.nullable(),
  /** Where what is stale stands on its way out, and what it is worth; null: no plan was made. */
  funnel: Funnel.nullable().default(null),
  /** The same of each kind; none in older files, or without a plan. */
  funnelByKind: FunnelByKind.optional(),
  /** null: nobody was to be asked, or it didn't come to that. */
  approval: ApprovalInBrief.nullable(),
  removals: Removals,
  change: StaleChange.extend({
    /** The last execution that was asked to look at the same, else the last one at all. */
    previousExecutionId: ExecutionId.nullable(),
    /** false: no plan was made, so nobody compared. */
    compared: z.boolean().default(true),
  }),
  failingAgain: Failing.default(NOTHING_FAILING),
  /** Why neither earlier executions nor what fails again are known; null: they are. */
  pastFailure: z.string().nullable().default(null),
  /** The last executions of the same scope, this one the last. */
  trend: z.array(TrendPoint).max(MOST_TREND_POINTS).default([]),
  failure: StepFailure.nullable(),
  /** What of the targets' histories was not gone by: there the grace begins anew. */
  historyDoubts: z.array(HistoryDoubt).default([]),
  /** What keep-until tags protect for good, as nobody can read their dates, with examples. */
  unreadableDates: UnreadableDatesOfAll.default(NO_UNREADABLE_DATES),
  /** Where the clock was too far from AWS's own, or nobody knows: ages and times are wrong then. */
  clock: ClockDifference.nullable().default(null),
  /** Why the built-in prices hold although there are others; null: there are none, or they hold. */
  pricesFailure: z.string().nullable().default(null),
  /** Why there is no `report.html`; null: it was made. */
  reportFailure: z.string().nullable().default(null),
  /** Where a person finds the execution's files. */
  location: z.string(),
  /** For `--hub`, where a deployed hub ran it; null: a local run. */
  hubName: z.string().nullable().default(null),
  /** How a local run was started, for its like: the program as a shell takes it, and options; else null. */
  startedBy: z
    .strictObject({ program: z.string(), options: z.array(z.string()) })
    .nullable()
    .default(null),
  /** Whose credentials it worked with; null: not known. */
  actsAs: ActsAs.nullable().default(null),
  /** Where another execution took it up: when, which one, and when everything had been scanned. */
  resumed: z.strictObject({ at: Timestamp, by: ExecutionId, scannedAt: Timestamp }).optional(),
  /** Of a simulated organization that ended with the run: nothing can be restored. */
  simulated: z.boolean().default(false),
});
export type Summary = z.infer<typeof Summary>;
