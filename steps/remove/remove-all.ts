import { nextTurn } from '../../core/removal/turn.ts';
import { decideEach, due, endUntouched, pending } from './decide.ts';
import { queueOf } from './queue.ts';
import { removeBatch } from './remove-batch.ts';
import { isInterrupted, type Work } from './work.ts';

/**
 * Removes what is planned in one target, batch by batch, until all has ended, the time is up, or
 * somebody interrupts.
 *
 * @returns how many removals are left for the next invocation
 */
export async function removeAll(work: Work): Promise<number> {
  const { ledger, lease, progress, deps } = work;
  const before = ledger.outcomes.size;
  while (!isInterrupted(work) && progress.now() < work.endsAt && pending(work).length > 0) {
    const turn = nextTurn(queueOf(work));
    if (turn.turn === 'WAIT') {
      await deps.clock.sleep(turn.milliseconds);
      continue;
    }
    await lease.renew();
    const kind = work.kinds.find((one) => one.kind === turn.kind);
    if (kind !== undefined) await removeBatch(work, kind, turn.removals);
  }
  if (isInterrupted(work)) {
    await endUntouched(work, 'INTERRUPTED');
    return 0;
  }
  // The next invocation would begin like this one, and so on without an end.
  if (ledger.outcomes.size === before) {
    await decideEach(work, pending(work).map(due), () => ({ seen: 'NO_PROGRESS' }));
  }
  return pending(work).length;
}
