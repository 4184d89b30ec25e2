import { isInGrace } from '../plan/plan-target.ts';
import { NOT_SEEN_IN_BIN } from '../outcome/recycle-bin.ts';
import { end, goOnFrom, wait } from './answers.ts';
import type { SecondLook } from './seen.ts';
import type { Allowed, Next, Removal } from './stage.ts';
import { givenUp, isExhausted, mayBeOurs } from './tries.ts';

/** What becomes of a removal whose resource is still there. Only what is stale now goes on. */
export function afterLook(one: Removal, look: SecondLook, allowed: Allowed): Next {
  const { planned, tries } = one;
  const { verdict, reasons } = look.verdict;
  if (verdict === 'UNKNOWN') {
    // A reference listing failed: look again later, and give up without removing anything.
    return wait(one, allowed, { outcome: 'NOT_ATTEMPTED', reasons, failure: look.failure });
  }
  if (verdict === 'KEEP') return end({ outcome: 'NO_LONGER_STALE', reasons });
  // Begun before the account was moved, and still there.
  if (allowed.hold !== null) return isProtected(allowed.hold);
  if (isInGrace(planned.staleSince, { policy: allowed.policy, now: look.lookedAt })) {
    return isProtected('IN_GRACE');
  }
  if (one.graceBeganAnew) {
    return end({ outcome: 'NO_LONGER_STALE', reasons: ['GRACE_BEGAN_ANEW'] });
  }
  if (look.isLastCopy) return isProtected('LAST_COPY');
  if (allowed.isStopped) return end(stopped(one));
  if (isExhausted(tries)) return end(givenUp(tries));
  return goOnFrom({ at: 'STALE', check: look.check });
}

function isProtected(reason: string): Next {
  return end({ outcome: 'PROTECTED', reasons: [reason] });
}

/** After a stop nothing is removed any more; what may have been requested is FAILED. */
function stopped({ tries }: Removal) {
  const outcome = mayBeOurs(tries) ? 'FAILED' : 'NOT_ATTEMPTED';
  return { outcome, reasons: [NOT_SEEN_IN_BIN], failure: tries.unanswered ?? undefined } as const;
}
