import { refuseWrongClock } from '../../clock/check-clock.ts';
import { awsAheadSeconds } from '../../core/model/clock-difference.ts';
import { groupBy } from '../../core/model/group-by.ts';
import { nextTurnAt } from '../../core/removal/pace.ts';
import type { KindInStep } from '../../kinds/in-step.ts';
import { chunksOf } from '../../kinds/listings/filter.ts';
import { type Requested, send } from './answer.ts';
import { asKnown, decideEach, type Going } from './decide.ts';
import { toBegin } from './marking.ts';
import { seeFirstOfParents } from './first-of-parent.ts';
import { settleAccepted, settleGone } from './recycle-bin.ts';
import type { SecondLook } from './looks/second-look.ts';
import { withItsSet } from './whole-sets.ts';
import { isInterrupted, type Work } from './work.ts';

/** A wait is cut into pieces of this, to look for an interrupt. */
const WAIT_MILLISECONDS = 1_000;

/**
 * Requests the removals of a batch, each request in its turn, and looks into the bin for what was
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
  const requested: Requested = { accepted: [], gone: [], done: [] };
  const left: Going[] = [];
  try {
    for (const some of requestsOf(kind, ready, shown)) {
      if (left.length > 0) left.push(...some);
      else left.push(...(await requestSome(work, kind, some, { requested, shown })));
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
  await seeFirstOfParents(work, kind, requested.done, shown);
  return left;
}

/** What goes together: one by one, or as many of one parent as a request takes. */
function requestsOf(
  { step: { run } }: KindInStep,
  ready: readonly Going[],
  shown: SecondLook['shown'],
): readonly (readonly Going[])[] {
  if (!('many' in run)) return ready.map((one) => [one]);
  const parentOf = ({ removal }: Going) => run.parentOf?.(shown.get(removal.resourceId)?.facts);
  return groupBy(ready, (one) => parentOf(one) ?? '').flatMap((ofParent) => [
    ...chunksOf(ofParent, run.most),
  ]);
}

interface Requesting {
  readonly requested: Requested;
  /** As of the second look. */
  readonly shown: SecondLook['shown'];
}

/** @returns those that nothing more may be requested of on this check */
async function requestSome(
  work: Work,
  kind: KindInStep,
  some: readonly Going[],
  { requested, shown }: Requesting,
): Promise<Going[]> {
  const ready = await eachWithItsSet(work, some);
  if (ready.length === 0) return [];
  await takeTurn(work);
  await work.lease.renew();
  refuseWrongClock(work.deps);
  const allowed = await decideEach(work, ready, () => ({ seen: 'NOTHING' }));
  if (!areAllAt(allowed, ready, 'NOTE_REQUEST')) return ready;
  const removals = ready.map(({ removal }) => toBegin(kind, asKnown(work, removal), shown));
  await work.ledger.noteRequest(
    {
      leaseUntil: work.lease.until,
      awsAheadSeconds: awsAheadSeconds(work.deps.awsTime.latest()),
    },
    ...removals,
  );
  const noted = await decideEach(work, ready, () => ({ seen: 'REQUEST_NOTED' }));
  const going = noted.filter(({ act }) => act === 'DELETE');
  if (going.length > 0) await send(work, kind, going, shown, requested);
  const sent = new Set(going.map(({ removal }) => removal));
  return ready.filter(({ removal }) => !sent.has(removal));
}

function areAllAt(going: readonly Going[], of: readonly Going[], act: Going['act']): boolean {
  return going.length === of.length && going.every((one) => one.act === act);
}

async function eachWithItsSet(work: Work, some: readonly Going[]): Promise<Going[]> {
  const going: Going[] = [];
  for (const one of some) {
    const then = await withItsSet(work, one);
    if (then !== null) going.push(then);
  }
  return going;
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
