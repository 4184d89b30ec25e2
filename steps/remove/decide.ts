import { type RemovalOutcome, toRemovalOutcome } from '../../core/outcome/outcome.ts';
import type { PlannedRemoval } from '../../core/plan/plan.ts';
import { next } from '../../core/removal/next.ts';
import type { Seen } from '../../core/removal/seen.ts';
import type { Queue } from '../../core/removal/turn.ts';
import type { Act, Next, Removal, Stage } from '../../core/removal/stage.ts';
import { policyOfKind } from '../../core/input/of-kind.ts';
import { holdOf } from '../../core/scope/standing.ts';
import type { Ending } from '../../core/removal/tries.ts';
import { type Ledger, wasRequested } from '../ledger/ledger.ts';
import { kindNamed } from '../../kinds/among.ts';
import type { RemovableKind } from '../../kinds/kind.ts';
import { stepNamed, stepsOf } from '../../kinds/removal.ts';
import { isInterrupted, type Work } from './work.ts';
import { keyInTarget } from '../../core/model/ids.ts';

/** A removal of a batch, how far it has come, and what is done with it next. */
export interface Going {
  readonly removal: PlannedRemoval;
  readonly stage: Stage;
  readonly act: Act;
}

export interface Ended {
  readonly removal: PlannedRemoval;
  readonly ending: Ending;
}

/** Not begun in this batch. */
export function due(removal: PlannedRemoval): Going {
  return { removal, stage: { at: 'DUE' }, act: 'LOOK' };
}

/**
 * Decides what becomes of a removal by what was just seen, and writes down what ends or is put off.
 *
 * @returns it, where it goes on in this batch; null: done with, or for a later one
 */
export async function decide(
  work: Work,
  { removal, stage }: Pick<Going, 'removal' | 'stage'>,
  seen: Seen,
): Promise<Going | null> {
  const { progress } = work;
  const then = becomes(work, { removal, stage }, seen);
  if (then.next === 'GO_ON') return { removal, stage: then.stage, act: then.act };
  if (then.takesBack) await work.ledger.noteRequest(null, removal);
  if (then.next === 'WAIT') progress.note(removal, then.tries);
  if (then.next === 'END') {
    const isDenied = seen.seen === 'REFUSED' && then.ending.outcome === 'DENIED';
    if (isDenied && progress.triesOf(removal).markedAt !== null) {
      progress.isDeniedThroughout = !wasAnyRemoved(work);
    }
    await settle(work, [{ removal, ending: then.ending }]);
  }
  return null;
}

/** As `decide` for each of them, in their order. @returns those that go on in this batch */
export async function decideEach(
  work: Work,
  going: readonly Going[],
  seenOf: (removal: PlannedRemoval) => Seen,
): Promise<Going[]> {
  const on: Going[] = [];
  for (const one of going) {
    const then = await decide(work, one, seenOf(one.removal));
    if (then !== null) on.push(then);
  }
  return on;
}

/** As `decide`, and writes nothing. */
export function becomes(
  work: Work,
  { removal, stage }: Pick<Going, 'removal' | 'stage'>,
  seen: Seen,
): Next {
  const { progress } = work;
  const policy = policyOfKind(work.policy, removal.kind);
  const { isStopped, isDeniedThroughout } = progress;
  const one: Removal = {
    planned: asKnown(work, removal),
    ...stepsAround(kindNamed(work.kinds, removal.kind), removal),
    isUnproved: work.unproved.has(keyInTarget(removal)),
    written: writtenOf(work.ledger, removal),
    tries: progress.triesOf(removal),
    stage,
    graceBeganAnew: work.graceBeganAnew.has(keyInTarget(removal)),
  };
  return next(one, seen, {
    ...{ policy, hold: holdOf(work, removal.kind), isStopped, isDeniedThroughout },
    now: progress.moment(),
    isInterrupted: isInterrupted(work),
  });
}

/** What an earlier step made and isn't there, or not whole, counts as not made. */
export function asKnown(
  { progress }: Pick<Work, 'progress'>,
  removal: PlannedRemoval,
): PlannedRemoval {
  const { follows } = removal;
  if (follows === undefined || !progress.lostMade.has(keyInTarget(removal))) return removal;
  const { made: _made, ...rest } = follows;
  return { ...removal, follows: rest };
}

function stepsAround(
  kind: RemovableKind,
  { step: name }: PlannedRemoval,
): Pick<Removal, 'step' | 'before' | 'goesOnTo'> {
  const steps = stepsOf(kind);
  const index = name === undefined ? 0 : steps.findIndex((step) => step.name === name);
  const step = steps[index];
  if (step === undefined) throw new Error(`${kind.kind} has no step ${name}`);
  return { step, before: steps[index - 1] ?? null, goesOnTo: steps[index + 1] ?? null };
}

export function writtenOf({ openIntents }: Ledger, removal: PlannedRemoval): Removal['written'] {
  const intent = openIntents.get(keyInTarget(removal));
  if (intent === undefined) return 'NOTHING';
  return wasRequested(intent) ? 'REQUEST' : 'INTENT';
}

function wasAnyRemoved({ ledger }: Work): boolean {
  for (const { outcome } of ledger.outcomes.values()) if (outcome === 'REMOVED') return true;
  return false;
}

/** Writes how removals ended, in one write for each batch of the ledger that they were begun in. */
export async function settle(work: Work, ended: readonly Ended[]): Promise<void> {
  const outcomes = ended.map((one) => outcomeOf(work, one));
  await work.ledger.settle(...outcomes);
  work.progress.noteEnded(outcomes);
}

function outcomeOf({ deps, ledger }: Work, { removal, ending }: Ended): RemovalOutcome {
  return toRemovalOutcome(removal, {
    ...ending,
    intentAt: ledger.openIntents.get(keyInTarget(removal))?.intentAt ?? null,
    at: deps.clock.now().toISOString(),
  });
}

/** The planned removals that have no outcome yet, in the plan's order. */
export function pending({ planned, ledger }: Work): PlannedRemoval[] {
  return planned.filter((removal) => !ledger.outcomes.has(keyInTarget(removal)));
}

/** Ends all that surely wasn't attempted, in one write; what may be gone only another look can tell. */
export async function endUntouched(work: Work, reason: string): Promise<void> {
  const ended = pending(work).flatMap((removal) => {
    const then = becomes(work, due(removal), { seen: 'END_OF_WORK', reason });
    return then.next === 'END' ? [{ removal, ending: then.ending }] : [];
  });
  await settle(work, ended);
}

/** Who waits for a turn in this target now. */
export function queueOf(work: Work): Queue {
  const { progress, policy, kinds } = work;
  const { pace, batchSize, rulesSeen } = progress;
  return {
    open: pending(work).map((removal) => ({ removal, tries: progress.triesOf(removal) })),
    kinds: kinds.map(({ kind }) => kind),
    ...{ pace, batchSize, rulesSeen },
    requiresBin: policy.requireUndo,
    perRequest: ({ kind, step }) => {
      const { run } = stepNamed(kindNamed(kinds, kind).removal, step);
      return 'many' in run ? run.most : 1;
    },
    now: progress.now(),
  };
}
