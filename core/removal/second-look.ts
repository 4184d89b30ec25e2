import { goesBy } from '../history/next-step.ts';
import { isInGrace } from '../plan/target/grace.ts';
import { NOT_SEEN_IN_BIN } from '../outcome/recycle-bin.ts';
import { end, goOnFrom, wait } from './answers.ts';
import { endOfLostStep } from './gone.ts';
import type { SecondLook } from './seen.ts';
import type { Allowed, Next, Removal } from './stage.ts';
import { type Ending, givenUp, isExhausted, mayBeOurs } from './tries.ts';

/** What becomes of a removal whose resource is still there. Only what is stale now goes on. */
export function afterLook(one: Removal, look: SecondLook, allowed: Allowed): Next {
  const { planned, tries } = one;
  const { verdict, reasons } = look.verdict;
  if (wasTakenUnanswered(one, look)) return end(endOfLostStep(one, allowed.now, look.made));
  if (verdict === 'UNKNOWN') {
    // A reference listing failed: look again later, and give up without removing anything.
    return wait(one, allowed, { outcome: 'NOT_ATTEMPTED', reasons, failure: look.failure });
  }
  if (verdict === 'KEEP') return end({ outcome: 'NO_LONGER_STALE', reasons });
  // Begun before the account was moved, and still there.
  if (allowed.hold !== null) return isProtected(allowed.hold);
  if (isInGrace(planned, { policy: allowed.policy, now: look.lookedAt })) {
    return isProtected('IN_GRACE');
  }
  if (one.graceBeganAnew) {
    return end({ outcome: 'NO_LONGER_STALE', reasons: ['GRACE_BEGAN_ANEW'] });
  }
  const another = endOfAnotherStep(one, look);
  if (another !== null) return end(another);
  if (look.groupHold !== null) return isProtected(look.groupHold);
  if (allowed.isStopped) return end(stopped(one));
  if (isExhausted(tries)) return end(givenUp(tries));
  return goOnFrom(one, { at: 'STALE', check: look.check });
}

function isProtected(reason: string): Next {
  return end({ outcome: 'PROTECTED', reasons: [reason] });
}

/** After a stop nothing is removed any more; what may have been requested is FAILED. */
function stopped({ tries }: Removal) {
  const outcome = mayBeOurs(tries) ? 'FAILED' : 'NOT_ATTEMPTED';
  return { outcome, reasons: [NOT_SEEN_IN_BIN], failure: tries.unanswered ?? undefined } as const;
}

/**
 * What ends a removal because of its step: who approved that it is archived hasn't approved that it
 * is deleted. null: the step is the one that is next for the resource, and due.
 */
function endOfAnotherStep(
  one: Pick<Removal, 'planned' | 'before' | 'isUnproved'>,
  { nextStep, lookedAt }: Pick<SecondLook, 'nextStep' | 'lookedAt'>,
): Ending | null {
  const { planned, before, isUnproved } = one;
  const changed = { outcome: 'NO_LONGER_STALE', reasons: ['STEP_CHANGED'] } as const;
  const isByItself = before === null || nextStep?.byItself === true;
  if (nextStep?.name !== planned.step || !(isByItself || planned.follows !== undefined)) {
    return changed;
  }
  if (before !== null && planned.follows !== undefined) {
    // It is how the resource comes back: an older one doesn't bring back what it is now.
    const isItsWayBack = isByItself
      ? planned.follows.made === undefined
      : goesBy(nextStep, planned.follows);
    if (!isItsWayBack) return changed;
  }
  if (nextStep?.hold !== undefined) return { outcome: 'PROTECTED', reasons: [nextStep.hold] };
  if (isUnproved) return { outcome: 'PROTECTED', reasons: ['STEP_NOT_OURS'] };
  const notBefore = nextStep?.notBefore ?? null;
  const isDue = notBefore === null || Date.parse(notBefore) <= lookedAt.getTime();
  return isDue ? null : { outcome: 'PROTECTED', reasons: ['STEP_NOT_DUE'] };
}

/**
 * Whether a request of ours whose answer was lost took the step: what it made is there, whatever has
 * become of the resource since, or the resource is at the next one.
 */
function wasTakenUnanswered(
  { goesOnTo, tries }: Pick<Removal, 'goesOnTo' | 'tries'>,
  { nextStep, made }: Pick<SecondLook, 'nextStep' | 'made'>,
): boolean {
  if (goesOnTo === null || !mayBeOurs(tries)) return false;
  return made !== undefined || nextStep?.name === goesOnTo.name;
}
