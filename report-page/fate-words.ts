import type { RemovalResult } from '../core/outcome.ts';
import type { HoldReason } from '../core/plan.ts';

/** What can happen to a finding: a hold by its reason, a removal by its result. */
export type FateCode =
  | 'PLANNED'
  | 'PLAN_REFUSED'
  | 'HELD'
  | HoldReason
  | RemovalResult
  | 'NOT_PLANNED'
  | 'UNKNOWN'
  | 'KEPT';

/** For a narrow column; the sentence below it says it in full. */
export const HOLD_IN_SHORT: Readonly<Record<HoldReason, string>> = {
  IN_GRACE: 'in grace',
  LAST_COPY: 'last copy',
  OVER_LIMIT: 'over a limit',
  NO_RECYCLE_BIN_RULE: 'no Recycle Bin rule',
  USED_BY_ANOTHER_ACCOUNT: 'another account uses it',
  OTHERS_USE_UNKNOWN: 'what another account uses is not known',
  SHARING_NOT_CHECKED: 'sharing not checked',
  NOT_IN_NAMED_PLAN: 'not in the applied plan',
  NOT_STALE_NOW: 'not stale any more',
  REMOVAL_NOT_ALLOWED: 'policy allows no removal',
  TAG_LIMIT_REACHED: 'no room for one more tag',
  SET_NOT_WHOLE: 'another of its set stays',
  SANITY_FLOOR: 'too little seen to believe it',
  TARGET_NOT_COMPLETE: 'not all seen there',
};

const holds = Object.entries(HOLD_IN_SHORT).map(([code, words]) => [code, `held back: ${words}`]);

/** In the order of a list to choose from. */
export const FATE_WORDS = {
  PLANNED: 'could be removed now',
  PLAN_REFUSED: 'could be removed, but the plan would be refused',
  REMOVED: 'removed',
  ALREADY_GONE: 'was gone already',
  NO_LONGER_STALE: 'not removed: not stale any more',
  PROTECTED: 'not removed: AWS or a protection refused it',
  DENIED: 'not removed: the deletion role is not allowed to',
  FAILED: 'not removed: failed',
  NOT_ATTEMPTED: 'not removed: not attempted',
  HELD: 'held back, whatever for',
  ...(Object.fromEntries(holds) as Record<HoldReason, string>),
  NOT_PLANNED: 'not in a plan, so kept',
  UNKNOWN: 'unknown, so kept',
  KEPT: 'kept',
} as const satisfies Record<FateCode, string>;
