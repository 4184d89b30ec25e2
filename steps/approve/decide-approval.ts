import { z } from 'zod';
import type { Clock } from '../../clock/clock.ts';
import type { Store } from '../../store/store.ts';
import { type ApprovalRecord, Decision } from '../../core/plan/approval.ts';
import { quote } from '../../core/input/bad-input.ts';
import { InvalidInput } from '../../core/model/errors.ts';
import { ExecutionId, Timestamp } from '../../core/model/ids.ts';
import { deciderInWords } from '../../report/words/approval-words.ts';
import { minute } from '../../report/format/moment.ts';
import { findApproval, recordApproval } from './approval-record.ts';
import type { Deps } from '../deps.ts';
import { fencedStore } from '../../store/fenced-store.ts';
import { findPlan } from '../plan/plan-removals.ts';
import { findApprovalRequest, readPlanToApprove } from './request-approval.ts';

/** What somebody says to an execution's plan; the digest makes it that plan and no other. */
export const DecisionToMake = z.strictObject({
  executionId: ExecutionId,
  planDigest: z.string().regex(/^[0-9a-f]{64}$/, 'accepted: the digest of a plan, 64 hex digits'),
  decision: Decision,
});
export type DecisionToMake = z.infer<typeof DecisionToMake>;

export const DecisionAnswer = z.strictObject({
  /** Whether what was asked for is what holds: somebody may have decided otherwise before. */
  holds: z.boolean(),
  decision: z.enum([...Decision.options, 'EXPIRED']),
  by: z.string().nullable(),
  at: Timestamp,
  planDigest: z.string(),
  message: z.string(),
});
export type DecisionAnswer = z.infer<typeof DecisionAnswer>;

/** Ends the wait of the machine that holds the token. */
export interface TaskCallbacks {
  /** @returns false when nobody waits with this token any more */
  succeed(taskToken: string, output: unknown): Promise<boolean>;
  /** @returns false when nobody waits with this token any more */
  fail(
    taskToken: string,
    error: { readonly name: string; readonly cause: string },
  ): Promise<boolean>;
}

export interface DecideDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly sealOf: Deps['sealOf'];
  readonly callbacks: TaskCallbacks;
}

/**
 * Writes down what somebody decides, the first decision for good, and then tells the machine. Called
 * again with the same decision it tells the machine once more, for a call that died in between.
 *
 * @throws {InvalidInput} in words, where there is nothing to decide, or another plan
 */
export async function decideApproval(
  given: DecideDeps,
  by: NonNullable<ApprovalRecord['by']>,
  asked: DecisionToMake,
): Promise<DecisionAnswer> {
  const { executionId, planDigest, decision } = asked;
  // A local run is approved by another process, which has no seal.
  const seal = await given.sealOf(executionId);
  const deps = { ...given, store: fencedStore(given.store, seal, executionId) };
  const { store, clock } = deps;
  await refuseUnlessAsked(store, asked);
  const standing = await recordApproval(store, {
    schemaVersion: 1,
    executionId,
    planDigest,
    decision,
    by,
    at: clock.now().toISOString(),
  });
  const holds = standing.decision === decision && standing.planDigest === planDigest;
  if (!holds) return answerThatStands(standing);
  const who = deciderInWords(standing);
  // Read after the decision is written: a Task that was tried again has brought a newer token.
  const isHeard = await tellMachine(deps, standing);
  const end = decision === 'APPROVED' ? 'its deletions may begin' : 'nothing is deleted';
  const message = isHeard
    ? `${executionId} is ${decision} by ${who}: ${end}`
    : `${executionId} is ${decision} by ${who} since ${minute(standing.at)}, but it does not wait any more: orgsweep watch tells how it goes on, or ended (if it asks again, repeat this)`;
  return { ...factsOf(standing), holds, message };
}

/** What is answered to somebody who wanted otherwise. */
export function answerThatStands(standing: ApprovalRecord): DecisionAnswer {
  const { executionId, decision, at } = standing;
  const message = `${executionId} was ${decision} already, by ${deciderInWords(standing)} on ${minute(at)}: that stands`;
  return { ...factsOf(standing), holds: false, message };
}

function factsOf({ decision, by, at, planDigest }: ApprovalRecord) {
  return { decision, by: by?.caller ?? null, at, planDigest };
}

async function tellMachine({ store, callbacks }: DecideDeps, record: ApprovalRecord) {
  const request = await findApprovalRequest(store, record.executionId);
  if (request === undefined) return false;
  const { decision, by, at, planDigest } = record;
  if (decision === 'APPROVED') {
    return callbacks.succeed(request.taskToken, { decision, planDigest, at, by: by?.caller });
  }
  const cause = `${decision} by ${deciderInWords(record)} on ${at}`;
  return callbacks.fail(request.taskToken, { name: 'ApprovalRejected', cause });
}

async function refuseUnlessAsked(store: Store, asked: DecisionToMake): Promise<void> {
  const { executionId, planDigest } = asked;
  const request = await findApprovalRequest(store, executionId);
  // What was decided, or expired, is answered from the record, whoever asks.
  if (request === undefined && (await findApproval(store, executionId)) === undefined) {
    throw new InvalidInput(
      `EXECUTION_ID: ${quote(executionId)} – accepted: an execution that waits for approval; it has not asked yet, or needs no approval`,
    );
  }
  const plan = await findPlan(store, executionId);
  if (plan?.digest !== planDigest) {
    throw new InvalidInput(
      `digest: ${quote(planDigest)} – accepted: that of the plan which waits, ${plan?.digest ?? 'and there is none'}`,
    );
  }
  await readPlanToApprove(store, executionId, planDigest);
}
