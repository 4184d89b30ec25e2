import { classifyCode, isAnswerOfAws } from '../../aws/answers/aws-error.ts';
import {
  type AwsFailure,
  type RemovalOutcome,
  toRemovalOutcome,
} from '../../core/outcome/outcome.ts';
import type { PlannedRemoval } from '../../core/plan/plan.ts';
import type { Kind, Refusal } from '../../kinds/kind.ts';
import { entryKey } from '../ledger/ledger.ts';
import { noteRefused } from './removal-pace.ts';
import {
  type Ending,
  isRequested,
  mayBeOurs,
  now,
  pending,
  type RemovalRun,
  triesOf,
} from './removal-run.ts';

/** IAM may need a while to see the marker; a denial until then proves nothing. */
const DENIAL_GRACE_MILLISECONDS = 60_000;
const DENIAL_RETRY_MILLISECONDS = 5_000;
const MOST_TRIES = 6;

export async function settle(
  run: RemovalRun,
  removal: PlannedRemoval,
  ending: Ending,
): Promise<void> {
  await settleAll(run, [{ removal, ending }]);
}

/** In one write for each batch that they were begun in. */
export async function settleAll(
  run: RemovalRun,
  ended: readonly { readonly removal: PlannedRemoval; readonly ending: Ending }[],
): Promise<void> {
  await run.ledger.settle(...ended.map(({ removal, ending }) => outcomeOf(run, removal, ending)));
}

/** One item's refusal is its own outcome; it never stops the others. */
export async function settleRefusal(
  run: RemovalRun,
  kind: Kind,
  removal: PlannedRemoval,
  failure: AwsFailure,
): Promise<void> {
  const tries = triesOf(run, removal);
  const refusal = refusalOf(kind, failure);
  noteRefused(run.pace, failure);
  if (refusal.outcome === 'RETRY') {
    // Throttling is an answer: nothing was carried out.
    if (!isThrottledByAws(failure)) tries.unanswered = failure;
    await noteNothingDone(run, removal);
    await putOff(run, removal, { outcome: 'FAILED', reasons: ['RETRIES_EXHAUSTED'], failure });
  } else if (refusal.outcome === 'DENIED' && mayBeTheMarker(run, removal)) {
    await noteNothingDone(run, removal);
    tries.notBefore = now(run) + DENIAL_RETRY_MILLISECONDS;
    tries.waiting = { outcome: 'DENIED', reasons: [], failure };
  } else {
    if (refusal.outcome === 'DENIED' && tries.markedAt !== null) {
      run.deniedThroughout = !wasAnyRemoved(run);
    }
    const reasons = refusal.reason === undefined ? [] : [refusal.reason];
    await settle(run, removal, { outcome: refusal.outcome, reasons, failure });
  }
}

/** Writes that no request of ours can have removed it, unless an earlier one may have. */
export async function noteNothingDone(run: RemovalRun, removal: PlannedRemoval): Promise<void> {
  if (!isRequested(run, removal) || mayBeOurs(run, removal)) return;
  await run.ledger.noteRequest(removal, null);
}

function isThrottledByAws(failure: AwsFailure): boolean {
  return isAnswerOfAws(failure) && classifyCode(failure.code) === 'THROTTLED';
}

/** What no code of AWS's comes with is no refusal: it is looked at again before anything else. */
export function refusalOf(kind: Kind, failure: AwsFailure): Refusal {
  return isAnswerOfAws(failure) ? kind.classifyRefusal(failure) : { outcome: 'RETRY' };
}

/** Whether the denial may end once IAM sees the marker. */
function mayBeTheMarker(run: RemovalRun, removal: PlannedRemoval): boolean {
  const { markedAt } = triesOf(run, removal);
  if (markedAt === null || run.deniedThroughout) return false;
  return now(run) - markedAt < DENIAL_GRACE_MILLISECONDS;
}

function wasAnyRemoved({ ledger }: RemovalRun): boolean {
  return [...ledger.outcomes.values()].some(({ outcome }) => outcome === 'REMOVED');
}

/**
 * Leaves a removal for a later batch, longer each time; settles it when that was often enough. One
 * whose request may have been carried out is settled only by another look: see `isExhausted`.
 */
export async function putOff(
  run: RemovalRun,
  removal: PlannedRemoval,
  waiting: Ending,
): Promise<void> {
  const tries = triesOf(run, removal);
  tries.count += 1;
  tries.notBefore = now(run) + 1000 * 2 ** tries.count;
  tries.waiting = waiting;
  const looksOnceMore = tries.count === MOST_TRIES && tries.unanswered !== null;
  if (tries.count >= MOST_TRIES && !looksOnceMore) await giveUp(run, removal);
}

/** Tried often enough: not to be tried again, even where it is still there. */
export function isExhausted(run: RemovalRun, removal: PlannedRemoval): boolean {
  return triesOf(run, removal).count >= MOST_TRIES;
}

/** Settles it with what it waits for. What was once requested isn't called NOT_ATTEMPTED. */
export async function giveUp(run: RemovalRun, removal: PlannedRemoval): Promise<void> {
  const { waiting, unanswered } = triesOf(run, removal);
  const ending = waiting ?? { outcome: 'NOT_ATTEMPTED', reasons: ['NO_PROGRESS'] };
  const wasRequested = mayBeOurs(run, removal) && ending.outcome === 'NOT_ATTEMPTED';
  const failure = ending.failure ?? unanswered ?? undefined;
  await settle(run, removal, { ...ending, failure, ...(wasRequested && { outcome: 'FAILED' }) });
}

/** Nothing could be settled in all the time there was. */
export async function giveUpAll(run: RemovalRun): Promise<void> {
  for (const removal of pending(run)) await giveUp(run, removal);
}

/**
 * Settles what surely wasn't attempted. Where a request may have been carried out the intent stays
 * open: only another look can tell.
 */
export async function settleUntouched(run: RemovalRun, reason: string): Promise<void> {
  const untouched = pending(run).filter((removal) => !isRequested(run, removal));
  const outcomes = untouched.map((removal) => {
    const failure = triesOf(run, removal).waiting?.failure;
    return outcomeOf(run, removal, { outcome: 'NOT_ATTEMPTED', reasons: [reason], failure });
  });
  await run.ledger.settle(...outcomes);
}

function outcomeOf(run: RemovalRun, removal: PlannedRemoval, ending: Ending): RemovalOutcome {
  return toRemovalOutcome(removal, {
    ...ending,
    intentAt: run.ledger.openIntents.get(entryKey(removal))?.intentAt ?? null,
    at: run.deps.clock.now().toISOString(),
  });
}
