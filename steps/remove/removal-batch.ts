import { toAwsFailure } from '../../aws/answers/aws-error.ts';
import { awsAheadSeconds } from '../../core/model/clock-difference.ts';
import type { AwsFailure } from '../../core/outcome/outcome.ts';
import type { PlannedRemoval } from '../../core/plan/plan.ts';
import type { Kind } from '../../kinds/kind.ts';
import { refuseWrongClock } from '../../clock/check-clock.ts';
import { nextUnderWatch } from './removal-bin.ts';
import { recheck } from './removal-check.ts';
import { type Accepted, settleAccepted, settleGone } from './removal-gone.ts';
import { withoutLastCopies } from './removal-last-copy.ts';
import { mark } from './removal-marking.ts';
import { noteAccepted } from './removal-pace.ts';
import { findKeepingRules, type Kept } from './removal-rules.ts';
import { isSetGoing, lookAtWholeSets, mayGoAfter, onlyWholeSets } from './removal-sets.ts';
import {
  type Batch,
  growBatch,
  isInterrupted,
  now,
  type RemovalRun,
  takeTurn,
} from './removal-run.ts';
import { noteNothingDone, putOff, refusalOf, settle, settleRefusal } from './removal-settling.ts';

/**
 * How long after its check a removal may still be requested. A removal's client takes up to 3 s
 * more to connect, so that AWS has the request within 15 s of the check.
 */
const CHECK_IS_FRESH_MILLISECONDS = 12_000;

/**
 * Looks at the batch a second time, marks what is still stale, and removes it one by one. Every
 * planned removal of the batch is settled, or waits with its reason for a later batch.
 *
 * @throws {LeaseLost | ClockDisagrees} before anything more is marked or removed
 */
export async function removeBatch(run: RemovalRun, batch: Batch): Promise<void> {
  // A large set needs a look of its own, which would make this check too old.
  await lookAtWholeSets(run, batch);
  // Taken before the first read: no fact of this check is older.
  const checkedAt = now(run);
  const { setBacks } = run.clockSaid;
  // By a clock that was set back nobody knows how much time has passed.
  const isFresh = () =>
    now(run) - checkedAt <= CHECK_IS_FRESH_MILLISECONDS && run.clockSaid.setBacks === setBacks;
  const rechecked = await recheck(run, batch);
  refuseWrongClock(run.deps);
  const stale = await onlyWholeSets(run, rechecked, mayGoAfter(run, batch.removals, rechecked));
  if (stale.length === 0 || run.bin.stopped) return;
  const underRules = await findKeepingRules(run, batch.kind, stale);
  const mayGo = mayGoAfter(run, batch.removals, underRules);
  const kept = nextUnderWatch(run, await onlyWholeSets(run, underRules, mayGo));
  if (kept.length === 0) return;
  const removals = kept.map(({ removal }) => removal);
  // The listings may have taken longer than the lease.
  await run.lease.renew();
  if (isInterrupted(run)) return;
  if (!isFresh()) {
    await leaveForLater(run, removals, 0);
    return;
  }
  const seenMarked = await mark(run, batch.kind, removals);
  const marked = await withoutLastCopies(run, batch.kind, seenMarked, stale);
  const isMarked = new Set(marked);
  const through = kept.filter(({ removal }) => isMarked.has(removal));
  const ready = await onlyWholeSets(run, through, mayGoAfter(run, removals, through, mayGo));
  const work: Requested = { accepted: [], gone: [] };
  let done = 0;
  try {
    for (const one of ready) {
      const isGoing = await isSetGoing(run, one.removal);
      if (isGoing && !(await requestOne(run, batch.kind, one, isFresh, work))) break;
      done += 1;
    }
  } catch (error) {
    // What AWS accepted is told all the same; what ended the work must not be hidden behind this.
    await settleAccepted(run, batch.kind, work.accepted, { error }).catch(() => undefined);
    throw error;
  }
  await settleAccepted(run, batch.kind, work.accepted);
  for (const { removal, failure } of work.gone) {
    await settleGone(run, batch.kind, [removal], failure);
  }
  if (isInterrupted(run)) return;
  if (done < ready.length)
    await leaveForLater(
      run,
      ready.slice(done).map(({ removal }) => removal),
      done,
    );
  else growBatch(run);
}

/** What the requests of one batch came to, and is settled after the last of them. */
interface Requested {
  readonly accepted: Accepted[];
  readonly gone: { readonly removal: PlannedRemoval; readonly failure: AwsFailure }[];
}

/** @returns false where nothing more may be requested on this check */
async function requestOne(
  run: RemovalRun,
  kind: Kind,
  kept: Kept,
  isFresh: () => boolean,
  work: Requested,
): Promise<boolean> {
  await takeTurn(run);
  await run.lease.renew();
  refuseWrongClock(run.deps);
  const mayRequest = () => !isInterrupted(run) && isFresh();
  if (!mayRequest()) return false;
  await run.ledger.noteRequest(kept.removal, {
    leaseUntil: run.lease.until,
    awsAheadSeconds: awsAheadSeconds(run.deps.awsTime.latest()),
  });
  if (!mayRequest()) {
    await noteNothingDone(run, kept.removal);
    return false;
  }
  await removeOne(run, kind, kept, work);
  return true;
}

/** The check is too old for these: they need another, in a batch no larger than what was managed. */
async function leaveForLater(
  run: RemovalRun,
  removals: readonly PlannedRemoval[],
  managed: number,
): Promise<void> {
  run.batchSize = Math.max(1, managed);
  if (managed > 0) return;
  for (const removal of removals) {
    await putOff(run, removal, { outcome: 'NOT_ATTEMPTED', reasons: ['CHECK_TOO_OLD'] });
  }
}

async function removeOne(
  run: RemovalRun,
  kind: Kind,
  { removal, rule }: Kept,
  { accepted, gone }: Requested,
): Promise<void> {
  try {
    await kind.remove(run.removalClients, removal.resourceId);
  } catch (error) {
    const failure = toAwsFailure(error);
    if (refusalOf(kind, failure).outcome === 'ALREADY_GONE') gone.push({ removal, failure });
    else await settleRefusal(run, kind, removal, failure);
    return;
  }
  run.deniedThroughout = false;
  noteAccepted(run.pace);
  if (rule === null) await settle(run, removal, { outcome: 'REMOVED', reasons: [] });
  else accepted.push({ removal, rule });
}
