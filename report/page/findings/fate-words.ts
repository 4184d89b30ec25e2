import type { RemovalResult } from '../../../core/outcome/outcome.ts';
import type { HoldReason } from '../../../core/model/hold-reason.ts';

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
  LAST_COPY: 'last snapshot',
  OVER_LIMIT: 'over a limit',
  NO_RECYCLE_BIN_RULE: 'no Recycle Bin rule',
  USED_BY_ANOTHER_ACCOUNT: 'another account uses it',
  OTHERS_USE_UNKNOWN: 'use by other accounts not known',
  SHARING_NOT_CHECKED: 'sharing not checked',
  NOT_IN_NAMED_PLAN: 'not in the applied plan',
  NOT_STALE_NOW: 'no longer unused',
  REMOVAL_NOT_ALLOWED: 'policy allows no deletion',
  TAG_LIMIT_REACHED: 'no room for one more tag',
  SET_NOT_WHOLE: 'another of its set stays',
  SANITY_FLOOR: 'result not trusted',
  TARGET_NOT_COMPLETE: 'not all scanned there',
};

const holds = Object.entries(HOLD_IN_SHORT).map(([code, words]) => [code, `held back: ${words}`]);

/** In the order of a list to choose from. */
export const FATE_WORDS = {
  PLANNED: 'deletable now',
  PLAN_REFUSED: 'deletable, but the plan would be refused',
  REMOVED: 'deleted',
  ALREADY_GONE: 'already deleted',
  NO_LONGER_STALE: 'not deleted: no longer unused',
  PROTECTED: 'not deleted: refused by AWS or a protection',
  DENIED: 'not deleted: permission denied',
  FAILED: 'not deleted: failed',
  NOT_ATTEMPTED: 'not deleted: not attempted',
  HELD: 'held back (any reason)',
  ...(Object.fromEntries(holds) as Record<HoldReason, string>),
  NOT_PLANNED: 'not in a plan, so kept',
  UNKNOWN: 'unknown, so kept',
  KEPT: 'kept',
} as const satisfies Record<FateCode, string>;
