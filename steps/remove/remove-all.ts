import { nextTurn } from '../../core/removal/turn.ts';
import { kindNamed } from '../../kinds/among.ts';
import { inStep } from '../../kinds/in-step.ts';
import { decideEach, due, endUntouched, pending, queueOf } from './decide.ts';
import { removeBatch } from './remove-batch.ts';
import { isInterrupted, type Work } from './work.ts';

/**
 * Removes what is planned in one target, batch by batch, until all has ended, the time is up, or
 * somebody interrupts.
 *
 * @returns how many removals are left for the next invocation
 * @throws {InvalidInput} before anything is looked at, where one is of a kind that isn't here
 */
export async function removeAll(work: Work): Promise<number> {
  const { ledger, lease, progress, deps } = work;
  const before = ledger.outcomes.size;
  // It would never have its turn. The plan may be of a version that had more kinds.
  for (const { kind } of pending(work)) kindNamed(work.kinds, kind);
  while (!isInterrupted(work) && progress.now() < work.endsAt && pending(work).length > 0) {
    const turn = nextTurn(queueOf(work));
    if (turn.turn === 'WAIT') {
      await deps.clock.sleep(turn.milliseconds);
      continue;
    }
    await lease.renew();
    await removeBatch(
      work,
      inStep(kindNamed(work.kinds, turn.kind), turn.removals[0]?.step),
      turn.removals,
    );
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
