import { z } from 'zod';

/** Why a stale resource isn't removed by this plan. */
export const HoldReason = z.enum([
  'IN_GRACE',
  'LAST_COPY',
  /** What it is a copy of is planned too, on its way out or in the Recycle Bin, whatever the policy. */
  'LAST_COPY_OF_REMOVED_VOLUME',
  /** Nothing is a copy of it as it is now, none is made first, and the policy doesn't allow that. */
  'NO_COPY',
  /** Of what is made again and again, the newest stay: `evidence.family` says how many. */
  'NEWEST_OF_FAMILY',
  'OVER_LIMIT',
  'NO_RECYCLE_BIN_RULE',
  /** What its step removes can only be made anew, and `policy.allowRecreation` doesn't name it. */
  'RECREATION_NOT_ALLOWED',
  /** Nothing undoes its step for sure, and `policy.allowIrreversible` doesn't name it. */
  'IRREVERSIBLE_NOT_ALLOWED',
  /** Something in another account of the organization refers to it. */
  'USED_BY_ANOTHER_ACCOUNT',
  /** What another account refers to in this Region was changed by somebody: nobody knows it. */
  'OTHERS_USE_UNKNOWN',
  /** What could refer to it was not seen in all of the organization: `evidence.notSeenElsewhere`. */
  'OTHERS_NOT_SEEN',
  /** Nobody looked yet whom it is shared with: that costs calls for each resource. */
  'SHARING_NOT_CHECKED',
  /** A question about it has no answer: `evidence.unanswered` names it. */
  'NOT_CHECKED',
  /** An earlier execution's plan is applied, and this resource isn't in it. */
  'NOT_IN_NAMED_PLAN',
  /** In the named plan, but not found stale in this execution (or its target isn't complete). */
  'NOT_STALE_NOW',
  /** Found stale, but its target wasn't seen completely, so nothing there is proved stale. */
  'TARGET_NOT_COMPLETE',
  /** `policy.neverRemove` holds in its account. */
  'REMOVAL_NOT_ALLOWED',
  /** The input's `remove` doesn't name its kind, or `deletion.kinds` of the deployment doesn't. */
  'KIND_NOT_TO_REMOVE',
  /** Its target showed far fewer volumes or AMIs than usual, or no volume at all. */
  'SANITY_FLOOR',
  /** It has as many tags as AWS takes: the marker can't be put on it, and nothing else is removed. */
  'TAG_LIMIT_REACHED',
  /** It belongs to a set, and another member of it stays. */
  'SET_NOT_WHOLE',
  /** What it is a part of stays: `evidence.partOf` names it. */
  'WHOLE_STAYS',
  /** The step before the next one was somebody else's, as far as orgsweep's own record tells. */
  'STEP_NOT_OURS',
  /** The wait between two steps isn't over yet. */
  'STEP_NOT_DUE',
]);
export type HoldReason = z.infer<typeof HoldReason>;
