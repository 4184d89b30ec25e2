import type { HeldRemoval } from '../../core/plan/plan.ts';
import type { HoldReason } from '../../core/model/hold-reason.ts';
import { inSeries, REASON_WORDS } from '../words/reason-words.ts';
import { formatCount } from '../format/money.ts';
import type { Finding } from '../../core/model/verdict.ts';

const HELD_BECAUSE: Readonly<Record<HoldReason, string>> = {
  IN_GRACE: 'it is in the grace period',
  LAST_COPY: 'it is the last snapshot of its volume',
  OVER_LIMIT: 'it is over a limit of the input',
  NO_RECYCLE_BIN_RULE: 'no Recycle Bin rule would retain it',
  USED_BY_ANOTHER_ACCOUNT: 'another account uses it',
  OTHERS_USE_UNKNOWN: 'what other accounts use in this Region is not known',
  SHARING_NOT_CHECKED: 'sharing was not checked yet',
  NOT_IN_NAMED_PLAN: 'it is not in the applied plan',
  NOT_STALE_NOW: 'it is in the applied plan, and no longer unused',
  REMOVAL_NOT_ALLOWED: "its account's policy allows no deletion",
  TAG_LIMIT_REACHED: 'it has 50 tags, so there is no room for the marker',
  SET_NOT_WHOLE: 'another snapshot of its crash-consistent set stays',
  SANITY_FLOOR: 'far fewer volumes or AMIs than usual were seen, so the result is not trusted',
  TARGET_NOT_COMPLETE: 'its account and Region was not scanned completely',
};

/** Why a plan holds a resource back, as a sentence's end. */
export function heldBecause(
  reason: HoldReason,
  finding: Finding | null,
  { notWhole }: Pick<HeldRemoval, 'notWhole'>,
): string {
  if (reason === 'SET_NOT_WHOLE' && notWhole !== undefined) {
    const { resourceId, reasons } = notWhole;
    const words = reasons.map((why) =>
      isHold(why) ? HELD_BECAUSE[why] : (REASON_WORDS[why] ?? why),
    );
    return `${resourceId} of its crash-consistent set stays: ${inSeries(words)}`;
  }
  const copies = finding?.evidence.lineage?.size ?? 0;
  return reason === 'LAST_COPY' && copies > 1
    ? `of the ${formatCount(copies)} snapshots of its volume it is the last one that stays`
    : HELD_BECAUSE[reason];
}

function isHold(reason: string): reason is HoldReason {
  return Object.hasOwn(HELD_BECAUSE, reason);
}
