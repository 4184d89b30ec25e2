import type { AwsFailure } from '../outcome/outcome.ts';
import { NOT_SEEN_IN_BIN } from '../outcome/recycle-bin.ts';
import { needsRule, type RemovalStep } from '../outcome/undo.ts';
import { end, goOnFrom, LEAVE } from './answers.ts';
import type { BinEntry } from './bin.ts';
import type { BinSight } from './seen.ts';
import type { Allowed, Next, Removal, Stage } from './stage.ts';
import { type Ending, mayBeOurs } from './tries.ts';

/** Of a removal that was requested, never answered, and found gone. */
const ANSWER_LOST = 'ANSWER_LOST';

/** AWS carried it out. It is told at once where no rule should keep it. */
export function afterAcceptance(stage: Stage): Next {
  if (stage.at !== 'NOTED') return LEAVE;
  if (stage.rule === null) return end({ outcome: 'REMOVED', reasons: [] });
  return goOnFrom({ at: 'ACCEPTED', rule: stage.rule });
}

/**
 * After a removal was accepted: with a promise only for what was itself seen in the bin, and until
 * when the bin itself says.
 */
export function afterBin({ stage, step }: Removal, bin: BinSight, allowed: Allowed): Next {
  if (stage.at !== 'ACCEPTED') return LEAVE;
  if (bin.entry !== undefined) return end(restorable(bin.entry));
  // The next invocation waits for the bin. After a lost lease there may be none.
  if (bin.ended === 'ERROR') return LEAVE;
  if (!stopsAfter(step, bin, allowed)) return end({ outcome: 'REMOVED', reasons: [] });
  return end({ outcome: 'REMOVED', reasons: [NOT_SEEN_IN_BIN], failure: bin.failure });
}

/**
 * What is gone. Where a request of ours may have removed it, it did: it wasn't gone before. What the
 * bin shows since our intent is ours as well. All else was removed by others.
 *
 * @param refusal AWS's own word that it is gone
 */
export function endOfGone(
  { tries, step }: Removal,
  bin: BinSight,
  refusal: AwsFailure | undefined,
  allowed: Allowed,
): Ending {
  if (bin.entry !== undefined) return restorable(bin.entry);
  if (!mayBeOurs(tries)) {
    return { outcome: 'ALREADY_GONE', reasons: [], failure: refusal ?? bin.failure };
  }
  return {
    outcome: 'REMOVED',
    reasons: stopsAfter(step, bin, allowed) ? [ANSWER_LOST, NOT_SEEN_IN_BIN] : [ANSWER_LOST],
    failure: tries.unanswered ?? refusal ?? bin.failure,
  };
}

function stopsAfter(step: RemovalStep, { ended }: BinSight, { policy }: Allowed): boolean {
  return needsRule(step, policy) && ended === 'WAITED';
}

function restorable({ restorableUntil }: BinEntry): Ending {
  return { outcome: 'REMOVED', reasons: [], restorableUntil };
}
