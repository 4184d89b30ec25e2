import type { AwsFailure } from '../outcome/outcome.ts';
import type { RecycleBinRule } from '../outcome/recycle-bin.ts';
import { keepsTooShort } from '../outcome/recycle-bin.ts';
import { type UndoHold, undoHold } from '../outcome/undo.ts';
import { canTakeBack, end, goOnFrom, LEAVE, wait } from './answers.ts';
import { afterAcceptance, afterBin, endOfGone } from './gone.ts';
import { isFresh, type Moment } from './moment.ts';
import { afterRefusal } from './refusal.ts';
import { afterLook } from './second-look.ts';
import type { SecondLook, Seen } from './seen.ts';
import type { Allowed, Next, Removal } from './stage.ts';
import { type Ending, givenUp } from './tries.ts';

/**
 * What becomes of one planned removal now, by all that is known of it and what was just seen. Pure:
 * to the same question the same answer. Nothing is deleted but what went through all stages within
 * one check's time; what doesn't fit the stage that it is at is left for a later batch.
 */
export function next(one: Removal, seen: Seen, allowed: Allowed): Next {
  const { stage } = one;
  switch (seen.seen) {
    case 'NOTHING':
      return goOnNow(one, allowed);
    case 'THERE':
      return afterAnyLook(one, seen, allowed);
    case 'GONE':
      return end(endOfGone(one, seen.bin, seen.refusal, allowed));
    case 'SET':
      if (seen.others === 'STAY')
        return end({ outcome: 'PROTECTED', reasons: [seen.why ?? 'SET_NOT_WHOLE'] });
      if (seen.others === 'WAIT') return LEAVE;
      return stage.at === 'NOTED' ? goOnNow(one, allowed) : goOnFrom(one, stage);
    case 'RULE': {
      if (stage.at !== 'STALE') return LEAVE;
      const hold = holdOf(one, seen.rule, allowed);
      if (hold !== null) return end(withoutUndo(hold));
      if (keepsTooShort(seen.rule, one.planned)) return end(withoutUndo('NO_RECYCLE_BIN_RULE'));
      return goOnFrom(one, { at: 'KEPT', check: stage.check, rule: seen.rule });
    }
    case 'RULES_UNREADABLE': {
      const hold = holdOf(one, undefined, allowed);
      // Where nothing relies on one, it doesn't matter which there are.
      if (hold !== 'NO_RECYCLE_BIN_RULE') return next(one, { seen: 'RULE', rule: null }, allowed);
      const ending = withoutUndo(hold, seen.failure);
      return seen.isDenied ? end(ending) : wait(one, allowed, ending);
    }
    case 'TAGGED':
      if (stage.at !== 'KEPT' || one.written === 'NOTHING' || one.step.isUnmarked) return LEAVE;
      return goOnFrom(one, { ...stage, at: 'TAGGED' });
    case 'BEGUN':
      if (stage.at !== 'KEPT' || one.written === 'NOTHING' || !one.step.isUnmarked) return LEAVE;
      return goOnFrom(one, { ...stage, at: 'READY' });
    case 'MARKER':
      if (stage.at !== 'TAGGED') return LEAVE;
      return goOnFrom(one, { ...stage, at: 'MARKED' });
    case 'COPIES':
      if (seen.groupHold !== null) return end({ outcome: 'PROTECTED', reasons: [seen.groupHold] });
      return stage.at === 'MARKED' ? goOnFrom(one, { ...stage, at: 'READY' }) : LEAVE;
    case 'REQUEST_NOTED':
      if (stage.at !== 'READY') return LEAVE;
      return goOnNow({ ...one, stage: { ...stage, at: 'NOTED' } }, allowed);
    case 'REFUSED':
      return afterRefusal(one, seen.refused, allowed);
    case 'ACCEPTED':
      return afterAcceptance(one, seen.made, allowed);
    case 'BIN':
      return afterBin(one, seen.bin, allowed);
    case 'FAILED':
      return wait(one, allowed, notAttempted(seen.what, seen.failure));
    case 'FIRST_NOT_SEEN':
      return end(notAttempted(seen.seen));
    case 'NO_EXACT_ARN':
      return end(notAttempted(seen.seen, seen.failure));
    case 'TOO_OLD':
      return seen.managed > 0 ? LEAVE : wait(one, allowed, notAttempted('CHECK_TOO_OLD'));
    case 'END_OF_WORK':
      // Where a request may have been carried out, only another look can tell.
      if (one.written === 'REQUEST') return LEAVE;
      return end(notAttempted(seen.reason, one.tries.waiting?.failure));
    case 'NO_PROGRESS':
      return end(givenUp(one.tries));
  }
}

/** What is marked is looked at once more where it relies on others, and goes on from there. */
function afterAnyLook(one: Removal, look: SecondLook, allowed: Allowed): Next {
  const then = afterLook(one, look, allowed);
  const { stage } = one;
  return then.next === 'GO_ON' && stage.at === 'MARKED' ? goOnFrom(one, stage) : then;
}

function holdOf(
  { planned, step }: Removal,
  rule: RecycleBinRule | null | undefined,
  { policy }: Allowed,
) {
  return undoHold(policy, planned.kind, step, { rule, made: planned.follows?.made });
}

/** Nothing new was seen: what changes something is done only where nothing keeps from it now. */
function goOnNow(one: Removal, allowed: Allowed): Next {
  const { stage, written, tries } = one;
  switch (stage.at) {
    case 'KEPT':
      if (!mayChange(allowed)) return LEAVE;
      if (!isFresh(stage.check, allowed.now)) {
        return next(one, { seen: 'TOO_OLD', managed: 0 }, allowed);
      }
      return goOnFrom(one, stage);
    case 'READY':
      return written !== 'NOTHING' && mayRequest(stage, allowed) ? goOnFrom(one, stage) : LEAVE;
    case 'NOTED':
      if (written === 'REQUEST' && mayRequest(stage, allowed)) return goOnFrom(one, stage);
      return { next: 'LEAVE', takesBack: canTakeBack(written, tries) };
    case 'DUE':
    case 'STALE':
    case 'TAGGED':
    case 'MARKED':
    case 'ACCEPTED':
      return goOnFrom(one, stage);
  }
}

function mayRequest({ check }: { readonly check: Moment }, allowed: Allowed): boolean {
  return mayChange(allowed) && isFresh(check, allowed.now);
}

function mayChange({ isInterrupted, isStopped }: Allowed): boolean {
  return !isInterrupted && !isStopped;
}

function notAttempted(reason: string, failure?: AwsFailure): Ending {
  return { outcome: 'NOT_ATTEMPTED', reasons: [reason], failure };
}

/** A rule may be there tomorrow; what the policy allows is what somebody decided. */
function withoutUndo(hold: UndoHold, failure?: AwsFailure): Ending {
  if (hold === 'NO_RECYCLE_BIN_RULE') return notAttempted(hold, failure);
  return { outcome: 'PROTECTED', reasons: [hold] };
}
