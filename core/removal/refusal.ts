import { canTakeBack, end, waitOrGiveUp } from './answers.ts';
import type { Refused } from './seen.ts';
import type { Allowed, Next, Removal } from './stage.ts';
import { putOff } from './tries.ts';

/** IAM may need a while to see the marker; a denial until then proves nothing. */
const DENIAL_GRACE_MILLISECONDS = 60_000;
const DENIAL_RETRY_MILLISECONDS = 5_000;

/**
 * What becomes of a removal that AWS refused, or didn't answer. No answer is never taken for a
 * removal: only a look that doesn't show the resource any more is.
 */
export function afterRefusal(one: Removal, refused: Refused, allowed: Allowed): Next {
  const { failure, means, reason } = refused;
  if (means === 'ALREADY_GONE') return { next: 'GO_ON', act: 'LOOK_INTO_BIN', stage: one.stage };
  if (means === 'RETRY') return tryAgain(one, refused, allowed);
  if (means === 'DENIED' && mayBeTheMarker(one, allowed))
    return waitForMarker(one, refused, allowed);
  return end({ outcome: means, reasons: reason === undefined ? [] : [reason], failure });
}

function tryAgain({ written, tries }: Removal, refused: Refused, { now }: Allowed): Next {
  const { failure, isThrottled } = refused;
  const known = isThrottled ? tries : { ...tries, unanswered: failure };
  const waiting = { outcome: 'FAILED', reasons: ['RETRIES_EXHAUSTED'], failure } as const;
  return waitOrGiveUp(putOff(known, waiting, now.at), canTakeBack(written, known));
}

/** Whether the denial may end once IAM sees the marker. */
function mayBeTheMarker({ tries }: Removal, { now, isDeniedThroughout }: Allowed): boolean {
  if (tries.markedAt === null || isDeniedThroughout) return false;
  return now.at - tries.markedAt < DENIAL_GRACE_MILLISECONDS;
}

function waitForMarker({ written, tries }: Removal, { failure }: Refused, allowed: Allowed): Next {
  const notBefore = allowed.now.at + DENIAL_RETRY_MILLISECONDS;
  const waiting = { outcome: 'DENIED', reasons: [], failure } as const;
  return {
    next: 'WAIT',
    tries: { ...tries, notBefore, waiting },
    takesBack: canTakeBack(written, tries),
  };
}
