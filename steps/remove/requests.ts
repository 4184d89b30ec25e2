import { toAwsFailure } from '../../aws/answers/aws-error.ts';
import { refuseWrongClock } from '../../clock/check-clock.ts';
import { awsAheadSeconds } from '../../core/model/clock-difference.ts';
import type { AwsFailure } from '../../core/outcome/outcome.ts';
import type { PlannedRemoval } from '../../core/plan/plan.ts';
import { nextTurnAt } from '../../core/removal/pace.ts';
import type { KindInStep } from '../../kinds/in-step.ts';
import { settleRefused } from './answer.ts';
import { decide, type Going } from './decide.ts';
import { settleAccepted, settleGone } from './recycle-bin.ts';
import type { SecondLook } from './second-look.ts';
import { withItsSet } from './whole-sets.ts';
import { isInterrupted, removalClientsOf, type Work } from './work.ts';

/** A wait is cut into pieces of this, to look for an interrupt. */
const WAIT_MILLISECONDS = 1_000;

/** What the requests of one batch came to, and is settled after the last of them. */
interface Requested {
  readonly accepted: Going[];
  readonly gone: { readonly removal: PlannedRemoval; readonly failure: AwsFailure }[];
}

interface Requesting {
  readonly requested: Requested;
  /** As of the second look. */
  readonly shown: SecondLook['shown'];
}

/**
 * Requests the removals of a batch one by one, each in its turn, and looks into the bin for what was
 * accepted.
 *
 * @returns those that their check became too old for, or that an interrupt left
 */
export async function requestEach(
  work: Work,
  kind: KindInStep,
  ready: readonly Going[],
  shown: SecondLook['shown'],
): Promise<Going[]> {
  const requested: Requested = { accepted: [], gone: [] };
  let done = 0;
  try {
    for (const one of ready) {
      const going = await withItsSet(work, one);
      if (going !== null && !(await requestOne(work, kind, going, { requested, shown }))) break;
      done += 1;
    }
  } catch (error) {
    // What AWS accepted is told all the same; what ended the work must not be hidden behind this.
    await settleAccepted(work, kind, requested.accepted, { error }).catch(() => undefined);
    throw error;
  }
  await settleAccepted(work, kind, requested.accepted);
  for (const { removal, failure } of requested.gone) {
    await settleGone(work, kind, [removal], failure);
  }
  return ready.slice(done);
}

/** @returns false where nothing more may be requested on this check */
async function requestOne(
  work: Work,
  kind: KindInStep,
  ready: Going,
  of: Requesting,
): Promise<boolean> {
  await takeTurn(work);
  await work.lease.renew();
  refuseWrongClock(work.deps);
  const allowed = await decide(work, ready, { seen: 'NOTHING' });
  if (allowed?.act !== 'NOTE_REQUEST') return false;
  await work.ledger.noteRequest(ready.removal, {
    leaseUntil: work.lease.until,
    awsAheadSeconds: awsAheadSeconds(work.deps.awsTime.latest()),
  });
  const noted = await decide(work, ready, { seen: 'REQUEST_NOTED' });
  if (noted?.act !== 'DELETE') return false;
  await removeOne(work, kind, noted, of);
  return true;
}

async function removeOne(
  work: Work,
  kind: KindInStep,
  noted: Going,
  { requested: { accepted, gone }, shown }: Requesting,
): Promise<void> {
  const { removal } = noted;
  const { resourceId } = removal;
  let made: string | undefined;
  try {
    ({ made } = await kind.step.run.one(removalClientsOf(work, kind), {
      resourceId,
      facts: shown.get(resourceId)?.facts,
    }));
  } catch (error) {
    const failure = toAwsFailure(error);
    if (await settleRefused(work, kind, noted, failure)) gone.push({ removal, failure });
    return;
  }
  work.progress.noteAccepted();
  const then = await decide(work, noted, { seen: 'ACCEPTED', made });
  if (then !== null) accepted.push(then);
}

/** Waits for this target's next turn, or for an interrupt. */
async function takeTurn(work: Work): Promise<void> {
  const { progress, deps } = work;
  const turnAt = Math.max(progress.now(), nextTurnAt(progress.pace, progress.now()));
  // A clock that is set back would make a moment's wait one of minutes, and the check old.
  const waitedAt = progress.now();
  while (progress.now() < turnAt && progress.now() >= waitedAt && !isInterrupted(work)) {
    await deps.clock.sleep(Math.min(WAIT_MILLISECONDS, turnAt - progress.now()));
  }
  progress.noteTurn(Math.min(turnAt, progress.now()));
}
