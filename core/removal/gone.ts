import type { AwsFailure } from '../outcome/outcome.ts';
import { NOT_SEEN_IN_BIN } from '../outcome/recycle-bin.ts';
import { end, goOnFrom, LEAVE } from './answers.ts';
import type { BinEntry } from './bin.ts';
import type { BinSight } from './seen.ts';
import {
  dueAfter,
  hasToBeInBin,
  reliesOnRule,
  type RemovalStep,
  undoWay,
} from '../outcome/undo.ts';
import type { Moment } from './moment.ts';
import type { Allowed, Next, Removal } from './stage.ts';
import { type Ending, mayBeOurs } from './tries.ts';

/** Of a removal that was requested, never answered, and found gone. */
const ANSWER_LOST = 'ANSWER_LOST';

/** AWS carried it out. It is told at once where no rule should keep it. */
export function afterAcceptance(
  one: Removal,
  made: string | undefined,
  { now }: Pick<Allowed, 'now'>,
): Next {
  const { stage, goesOnTo } = one;
  if (stage.at !== 'NOTED') return LEAVE;
  if (goesOnTo !== null) return end(stepDone(one, goesOnTo, now, made));
  if (stage.rule === null) return end({ outcome: 'REMOVED', reasons: [], ...undoOf(one) });
  return goOnFrom(one, { at: 'ACCEPTED', rule: stage.rule });
}

/**
 * How a step ends that was requested, never answered, and is done by what a look shows: what it made is
 * there, or the resource is at a later one.
 *
 * @param made undefined: nobody knows what it made
 */
export function endOfLostStep(one: Removal, now: Moment, made: string | undefined): Ending {
  const { step, goesOnTo, tries } = one;
  const failure = tries.unanswered ?? undefined;
  return { ...stepDone(one, goesOnTo ?? step, now, made), reasons: [ANSWER_LOST], failure };
}

/** With what it made, or what an earlier one did: that goes on from step to step. */
function stepDone(
  { step, planned }: Pick<Removal, 'step' | 'planned'>,
  goesOnTo: RemovalStep,
  { at }: Moment,
  made = planned.follows?.made,
): Ending {
  const nextAt = dueAfter(new Date(at).toISOString(), goesOnTo);
  return {
    outcome: 'STEP_DONE',
    reasons: [],
    nextAt,
    ...undoOf({ step, planned }),
    ...(made && { made }),
  };
}

/** Of what isn't in the Recycle Bin; of the bin its own look tells. */
function undoOf({ step, planned }: Pick<Removal, 'step' | 'planned'>): Pick<Ending, 'undo'> {
  const undo = undoWay(step, { isKept: false, made: planned.follows?.made });
  return undo === 'RECYCLE_BIN' ? {} : { undo };
}

/**
 * After a removal was accepted: with a promise only for what was itself seen in the bin, and until
 * when the bin itself says.
 */
export function afterBin(
  { stage, step, planned, goesOnTo }: Removal,
  bin: BinSight,
  { policy }: Allowed,
): Next {
  if (stage.at !== 'ACCEPTED' || goesOnTo !== null) return LEAVE;
  if (bin.entry !== undefined) return end(restorable(bin.entry));
  // The next invocation waits for the bin. After a lost lease there may be none.
  if (bin.ended === 'ERROR') return LEAVE;
  const { kind, follows } = planned;
  const isMissed = hasToBeInBin(policy, kind, step, follows?.made) && bin.ended === 'WAITED';
  const removed = { outcome: 'REMOVED', ...undoOf({ step, planned }) } as const;
  if (!isMissed) return end({ ...removed, reasons: [] });
  return end({ ...removed, reasons: [NOT_SEEN_IN_BIN], failure: bin.failure });
}

/**
 * What is gone. Where a request of ours may have removed it, it did: it wasn't gone before. What the
 * bin shows since our intent is ours as well. All else was removed by others.
 *
 * @param refusal AWS's own word that it is gone
 */
export function endOfGone(
  { tries, step, planned, goesOnTo }: Removal,
  bin: BinSight,
  refusal: AwsFailure | undefined,
  { policy }: Allowed,
): Ending {
  const failure = refusal ?? bin.failure;
  const byOthers: Ending = { outcome: 'ALREADY_GONE', reasons: [], failure };
  // No step but the last one takes it away.
  if (goesOnTo !== null) return byOthers;
  if (bin.entry !== undefined) return restorable(bin.entry);
  if (!mayBeOurs(tries)) return byOthers;
  // By which rule it went isn't known any more: what has another way back may have gone without.
  const { kind, follows } = planned;
  const isMissed = reliesOnRule(policy, kind, step, follows?.made) && bin.ended === 'WAITED';
  return {
    outcome: 'REMOVED',
    reasons: isMissed ? [ANSWER_LOST, NOT_SEEN_IN_BIN] : [ANSWER_LOST],
    failure: tries.unanswered ?? refusal ?? bin.failure,
    ...undoOf({ step, planned }),
  };
}

function restorable({ restorableUntil }: BinEntry): Ending {
  return { outcome: 'REMOVED', reasons: [], restorableUntil };
}
