import type { CallbackWait } from '../../../local/engine/engine.ts';
import { StatesError } from '../../../local/engine/states-error.ts';
import { decideApproval } from '../../../steps/approve/decide-approval.ts';
import type { Deps } from '../../../steps/deps.ts';
import { findPlan } from '../../../steps/plan/plan-removals.ts';
import type { Step } from '../trial/trial.ts';

const APPROVER = { caller: 'arn:aws:sts::310000000001:assumed-role/approver/mia', verified: true };

/**
 * What a person says to a plan that waits, through the function that deployed hubs have for it.
 *
 * @returns what the machine is told
 * @throws {StatesError} where it is told no, or nothing
 */
export async function decideAs(
  says: Step['approval'],
  { deps, executionId, wait }: { deps: Deps; executionId: string; wait: CallbackWait },
): Promise<unknown> {
  let heard: { output: unknown } | { error: Error } | undefined;
  const isMine = (token: string) => token === wait.taskToken;
  const callbacks = {
    succeed: async (token: string, output: unknown) => {
      if (isMine(token)) heard ??= { output };
      return isMine(token);
    },
    fail: async (token: string, { name, cause }: { name: string; cause: string }) => {
      if (isMine(token)) heard ??= { error: new StatesError(name, cause) };
      return isMine(token);
    },
  };
  const plan = await findPlan(deps.store, executionId).catch(() => undefined);
  if (plan !== undefined && says !== 'nobody is there') {
    const decision = says === 'yes' ? 'APPROVED' : 'REJECTED';
    const asked = { executionId, planDigest: plan.digest, decision } as const;
    // Who is refused sees why, and may call for help; the machine goes on waiting.
    await decideApproval({ ...deps, callbacks }, APPROVER, asked).catch(() => undefined);
  }
  if (heard === undefined) throw new StatesError('States.Timeout', 'Nobody decided in time.');
  if ('error' in heard) throw heard.error;
  return heard.output;
}
