import type { HeldRemoval, HoldReason } from '../plan.ts';
import { inSeries, REASON_WORDS } from '../report/reason-words.ts';
import { formatCount } from '../report/money.ts';
import type { Finding } from '../verdict.ts';

const HELD_BECAUSE: Readonly<Record<HoldReason, string>> = {
  IN_GRACE: "it hasn't been seen stale for long enough yet",
  LAST_COPY: 'it is the one snapshot of its volume that is always left',
  OVER_LIMIT: 'it is over a limit of the input',
  NO_RECYCLE_BIN_RULE: 'no Recycle Bin rule was seen that would keep it',
  USED_BY_ANOTHER_ACCOUNT: 'another account refers to it',
  OTHERS_USE_UNKNOWN: "what another account refers to in this Region can't be believed",
  SHARING_NOT_CHECKED: 'nobody looked yet whom it is shared with',
  NOT_IN_NAMED_PLAN: "it isn't in the plan that was applied",
  NOT_STALE_NOW: "it is in the plan that was applied, and isn't stale any more",
  REMOVAL_NOT_ALLOWED: "its account's policy allows no removal",
  TAG_LIMIT_REACHED: "it has 50 tags already, so that orgsweep's marker can't be put on it",
  SET_NOT_WHOLE: 'another snapshot of its crash-consistent set stays',
  SANITY_FLOOR: 'too few volumes or AMIs were seen to believe it',
  TARGET_NOT_COMPLETE: "its account and Region weren't seen completely",
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
    ? `of the ${formatCount(copies)} snapshots of its volume it is the one that is always left`
    : HELD_BECAUSE[reason];
}

function isHold(reason: string): reason is HoldReason {
  return Object.hasOwn(HELD_BECAUSE, reason);
}
