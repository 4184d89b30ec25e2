import type { HeldRemoval } from '../../core/plan/plan.ts';
import type { HoldReason } from '../../core/model/hold-reason.ts';
import { HOLD_WORDS } from '../words/hold-words.ts';
import { inSeries, REASON_WORDS } from '../words/reason-words.ts';
import { formatCount } from '../format/money.ts';
import type { Finding } from '../../core/model/verdict.ts';

/** Why a plan holds a resource back, as a sentence's end. */
export function heldBecause(
  reason: HoldReason,
  finding: Finding | null,
  { notWhole }: Pick<HeldRemoval, 'notWhole'>,
): string {
  if (reason === 'SET_NOT_WHOLE' && notWhole !== undefined) {
    const { resourceId, reasons } = notWhole;
    const words = reasons.map((why) =>
      isHold(why) ? HOLD_WORDS[why].because : (REASON_WORDS[why] ?? why),
    );
    return `${resourceId} of its crash-consistent set stays: ${inSeries(words)}`;
  }
  const copies = finding?.evidence.lineage?.size ?? 0;
  return reason === 'LAST_COPY' && copies > 1
    ? `of the ${formatCount(copies)} snapshots of its volume it is the last one that stays`
    : HOLD_WORDS[reason].because;
}

function isHold(reason: string): reason is HoldReason {
  return Object.hasOwn(HOLD_WORDS, reason);
}
