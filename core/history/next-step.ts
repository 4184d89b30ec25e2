import type { DoneStep } from './history-entry.ts';
import type { NextStep } from '../model/verdict.ts';
import { dueAfter, type RemovalStep } from '../outcome/undo.ts';

/** The step that a removal would take now, and what keeps from it. */
export interface StepToTake {
  readonly step: RemovalStep;
  /** The one that it goes on from, by orgsweep's own record; absent: it needs none. */
  readonly follows?: DoneStep;
  readonly hold: 'STEP_NOT_OURS' | 'STEP_NOT_DUE' | null;
  /** Until when it waits. */
  readonly notBefore?: string;
}

/**
 * Whether the resource is back before a step that orgsweep took. What is done with it from then on is
 * its owner's doing. A look from before the step says nothing of it.
 *
 * @param order the names of the kind's steps
 * @param from when the look at it began
 */
export function wasTakenBack(
  given: NextStep | undefined,
  order: readonly string[],
  done: readonly DoneStep[],
  from: Date,
): boolean {
  if (given === undefined) return false;
  const taken = done.filter(({ at }) => Date.parse(at) < from.getTime());
  const next = order.indexOf(given.name);
  return taken.some(({ step }) => next <= order.indexOf(step));
}

/**
 * Whether a step goes on from what this one made: nothing else may stand in for it. Where its answer was
 * lost nobody knows what it made, and nothing is promised to be made again of that.
 */
export function goesBy(
  step: Pick<NextStep, 'goesBy'> | undefined,
  { made }: Pick<DoneStep, 'made'>,
): boolean {
  return step?.goesBy === undefined || made === undefined || step.goesBy.includes(made);
}

/**
 * Which step of its removal is next for a stale resource. What somebody else archived or disabled
 * isn't orgsweep's to delete. Between two steps both waits have to be over: AWS's and our own.
 *
 * @param given what its kind says of AWS's own state; undefined: the kind has one step
 * @param steps all of the kind, in their order; at least one
 * @param done by orgsweep since it is stale, in their order
 */
export function stepToTake(
  given: NextStep | undefined,
  steps: readonly [RemovalStep, ...RemovalStep[]],
  done: readonly DoneStep[],
  now: Date,
): StepToTake {
  const [first] = steps;
  if (given === undefined) return { step: first, hold: steps.length > 1 ? 'STEP_NOT_OURS' : null };
  const index = steps.findIndex(({ name }) => name === given.name);
  const step = steps[index];
  if (step === undefined) return { step: first, hold: 'STEP_NOT_OURS' };
  const before = given.byItself ? undefined : steps[index - 1];
  const follows = before && done.findLast((one) => one.step === before.name && goesBy(given, one));
  if (before !== undefined && follows === undefined) return { step, hold: 'STEP_NOT_OURS' };
  const known = { step, ...(follows && { follows }) };
  const waits = [follows && dueAfter(follows.at, step), given.notBefore ?? undefined];
  const open = waits.filter((time) => time !== undefined && !(Date.parse(time) <= now.getTime()));
  const [latest] = open.toSorted().reverse();
  if (latest === undefined) return { ...known, hold: null };
  return { ...known, hold: 'STEP_NOT_DUE', notBefore: latest };
}
