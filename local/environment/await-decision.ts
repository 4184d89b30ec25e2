import { setTimeout as wait } from 'node:timers/promises';
import type { Store } from '../../store/store.ts';
import { findApproval } from '../../steps/approve/approval-record.ts';
import type { CallbackWait } from '../engine/engine.ts';
import { StatesError } from '../engine/states-error.ts';

/** In real time: a person decides, whatever the clock of a simulated organization says. */
const POLL_MILLISECONDS = 500;

/**
 * Stands for Step Functions' wait for a task token: ends when `orgsweep approve` or `reject`, in
 * another process, has written the decision into the same folder.
 *
 * @throws {StatesError} ApprovalRejected, States.Timeout, or Interrupted by Ctrl-C
 */
export async function awaitDecision(
  store: Store,
  executionId: string,
  { timeoutSeconds, signal }: CallbackWait,
): Promise<unknown> {
  const endsAt = performance.now() + timeoutSeconds * 1000;
  for (;;) {
    const record = await findApproval(store, executionId);
    if (record?.decision === 'APPROVED') return record;
    if (record !== undefined) {
      throw new StatesError('ApprovalRejected', `${record.decision} at ${record.at}`);
    }
    if (signal?.aborted) throw new StatesError('Interrupted', 'The run was interrupted.');
    const left = endsAt - performance.now();
    if (left <= 0) throw new StatesError('States.Timeout', 'Nobody decided in time.');
    await wait(Math.min(POLL_MILLISECONDS, left), undefined, signal && { signal }).catch(
      () => undefined,
    );
  }
}
