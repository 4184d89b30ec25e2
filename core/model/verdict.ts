import { z } from 'zod';
import { Advice, Billing, Freed, Makes } from './billing.ts';
import { ProtectionTag } from '../tags/protection-tag.ts';
import { HoldReason } from './hold-reason.ts';
import { AccountId, ReasonCode, Region, ResourceRef, StepName, Timestamp } from './ids.ts';

export const VerdictName = z.enum(['STALE', 'KEEP', 'UNKNOWN']);
export type VerdictName = z.infer<typeof VerdictName>;

/** What a kind's pure `assess` answers: always with at least one reason. */
export const Verdict = z.strictObject({
  verdict: VerdictName,
  reasons: z.array(ReasonCode).min(1),
});
export type Verdict = z.infer<typeof Verdict>;

/**
 * Why a copy is none that another may rely on.
 *
 * - `LEFTOVER`: it was made as part of something else, and goes with that.
 * - `LEFT_BEHIND`: it was made as part of something else, which is gone. It needs no other beside it.
 * - `BY_DATE`: a removal made it of what it then removed. It goes by its own date and needs no other
 *   beside it, but stays for as long as what it is a copy of may come back.
 */
export const Uncounted = z.enum(['LEFTOVER', 'LEFT_BEHIND', 'BY_DATE']);
export type Uncounted = z.infer<typeof Uncounted>;

/**
 * The resources that hold the same data over time (the snapshots of one volume), this one
 * included: `size` counts those that could serve as a copy (not what is marked for removal, nor what is
 * `uncounted`), `newest` says whether this is the last of them, or newer where it isn't counted.
 */
export const Lineage = z.strictObject({
  id: z.string(),
  size: z.int().min(0),
  newest: z.boolean(),
  /** What it is a copy of was seen marked for removal or in the Recycle Bin. */
  originLeaves: z.literal(true).optional(),
  uncounted: Uncounted.optional(),
});
export type Lineage = z.infer<typeof Lineage>;

/** The resources that are made again and again for one purpose, of which the newest always stay. */
const Family = z.strictObject({
  id: z.string(),
  /** So many of them. */
  keep: z.int().min(0),
  /** So many are newer than this one, or at least as many as stay; none that is marked for removal. */
  newer: z.int().min(0),
});

/** So many members of a set are named: more than an instance has volumes. */
export const MOST_SET_MEMBERS = 130;

/**
 * Resources that are only worth something together, as the snapshots of all volumes of an instance
 * are that were taken in one moment: they stay or go together. `size` counts all of them, this one
 * included, whatever becomes of each.
 */
export const ResourceSet = z.strictObject({
  id: z.string(),
  size: z.int().min(2),
  members: z.array(z.string()).max(MOST_SET_MEMBERS),
});
export type ResourceSet = z.infer<typeof ResourceSet>;

/** Something in another account that refers to a resource. */
export const OtherAccountUse = z.strictObject({
  accountId: AccountId,
  /** Where it isn't the resource's own; then it may be something of its own account. */
  region: Region.optional(),
  source: z.string(),
  by: z.string(),
});
export type OtherAccountUse = z.infer<typeof OtherAccountUse>;

/** What has to be seen elsewhere before a verdict counts: a source, and what it would name there. */
export const Ask = z.strictObject({ source: z.string(), key: z.string().min(1) });
export type Ask = Readonly<z.infer<typeof Ask>>;

/** So many places are named: enough to go and look at. */
export const MOST_NOT_SEEN = 10;

/** What of other accounts, or Regions, wasn't seen that might refer to a resource. */
export const NotSeen = z.strictObject({
  source: z.string(),
  /** Accounts, or accounts in a Region. null: which other accounts there are, is not known. */
  places: z.int().min(1).nullable(),
  at: z
    .array(
      z.strictObject({
        accountId: AccountId,
        region: Region.nullable(),
        /** How it ended there: a status, an exclusion, or NOT_READ where only this wasn't read. */
        why: ReasonCode,
      }),
    )
    .max(MOST_NOT_SEEN),
});
export type NotSeen = z.infer<typeof NotSeen>;

/** Since when a resource has been seen in one state without a break, when last, and how often. */
const Observation = z.strictObject({
  since: Timestamp,
  lastSeen: Timestamp,
  /** At so many looks, and not in between. */
  looks: z.int().min(1),
});

/** By state, in its kind's words: `unattached`, `empty`. */
export const Observations = z.record(z.string(), Observation);
export type Observations = z.infer<typeof Observations>;

/** What was seen, in words and values; each kind adds its own. */
export const Evidence = z.looseObject({
  /**
   * Reference sources that the policy switched off, and questions that nobody answered: nobody takes
   * their silence for an answer.
   */
  notLookedAt: z.array(z.string()).optional(),
  /** Whether what costs calls for this resource alone was looked at too; absent: there is no such thing. */
  lookedCloser: z.boolean().optional(),
  /** Questions of its kind that have no answer: until then it isn't removed; absent: none. */
  unanswered: z.array(z.string()).optional(),
  /** What of it is seen over several executions; absent: its kind observes nothing, or nothing holds. */
  observed: Observations.optional(),
  lineage: Lineage.optional(),
  family: Family.optional(),
  set: ResourceSet.optional(),
  /** Ids of its own kind in the same target: it goes after all of them, and stays where one stays. */
  partOf: z.array(z.string().min(1)).min(1).optional(),
  /** How it is billed; absent in files of older versions. */
  billing: Billing.optional(),
  /** Its tags that protect it, or did so until a day that is over. */
  protection: z.array(ProtectionTag).optional(),
  /** Who uses it in other accounts of the organization, as far as this execution saw. */
  usedByOtherAccounts: z.array(OtherAccountUse).optional(),
  /** What its verdict needs to have seen elsewhere; absent: nothing. */
  asks: z.array(Ask).optional(),
  /** What of that wasn't seen in this execution: until then it isn't removed; absent: nothing. */
  notSeenElsewhere: z.array(NotSeen).optional(),
});
export type Evidence = z.infer<typeof Evidence>;

/** Which step of its removal a resource is at, by AWS's own state. */
export const NextStep = z.strictObject({
  name: StepName,
  /** Not before this time, by AWS's own clock; null: at once. */
  notBefore: Timestamp.nullable(),
  /** It needs no earlier step by orgsweep: what AWS shows is reason enough, whoever brought it about. */
  byItself: z.literal(true).optional(),
  /**
   * What an earlier step has to have made: one of these, by orgsweep's own record. It is the way back.
   * What isn't known doesn't count. Absent: whatever it made.
   */
  goesBy: z.array(z.string().min(1)).optional(),
  /** What keeps from it, whoever approved it. */
  hold: HoldReason.extract(['NO_COPY']).optional(),
});
export type NextStep = z.infer<typeof NextStep>;

/** One line of `findings.jsonl`: a resource, its verdict, and why. */
export const Finding = ResourceRef.extend({
  verdict: VerdictName.describe('Only what is STALE can be removed. UNKNOWN is kept.'),
  reasons: z.array(ReasonCode).min(1).describe('Stable codes; more are added, none is renamed.'),
  evidence: Evidence.describe('What was seen; each kind adds its own fields.'),
  startedAt: Timestamp.nullable(),
  ageDays: z.int().nullable().describe('Whole days when the execution looked.'),
  sizeGiB: z.number().nullable().describe('null where its kind has no size.'),
  monthlyCostUsdUpTo: z
    .number()
    .nullable()
    .describe("An upper bound in USD a month; null where the Region's price isn't known."),
  remainingMonthlyCostUsdUpTo: z
    .number()
    .nullable()
    .optional()
    .describe(
      'What is still paid a month once it is removed, for good; null: not known. Absent: nothing. Sums are without it.',
    ),
  ...Makes.shape,
  frees: z
    .array(Freed)
    .optional()
    .describe('What of other kinds may go once it has gone. Absent: nothing.'),
  advice: z
    .array(Advice)
    .optional()
    .describe('Why it costs more than it must. Of what is unused there is none.'),
  tags: z.record(z.string(), z.string()),
  nextStep: NextStep.optional().describe(
    'What its removal would do next; absent where its kind is removed in one step.',
  ),
});
export type Finding = z.infer<typeof Finding>;
