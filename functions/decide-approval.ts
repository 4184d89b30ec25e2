import type { STSClient } from '@aws-sdk/client-sts';
import type { z } from 'zod';
import { CallerProof, type Claim, verifyCallerProof } from '../aws/sessions/caller-proof.ts';
import { parseInput, quote } from '../core/input/bad-input.ts';
import { ProofRefused } from '../core/model/errors.ts';
import {
  decideApproval,
  type DecideDeps,
  DecisionAnswer,
  DecisionToMake,
} from '../steps/approve/decide-approval.ts';

/** What `orgsweep approve` and `reject` send to the deployed function. */
const DecisionRequest = DecisionToMake.extend({ proof: CallerProof });
type DecisionRequest = z.infer<typeof DecisionRequest>;

/**
 * What the caller's signature is bound to: it is good for this decision on this plan of this hub
 * alone. Another hub may have an execution of the same name, and the very same plan.
 */
export function claimOf(
  { executionId, planDigest, decision }: DecisionToMake,
  stateMachineArn: string,
): Claim {
  return {
    'x-orgsweep-state-machine': stateMachineArn,
    'x-orgsweep-execution-id': executionId,
    'x-orgsweep-plan-digest': planDigest,
    'x-orgsweep-decision': decision,
  };
}

export interface DecideFunctionDeps extends DecideDeps {
  /** The function's own, in its own Region: no other endpoint is ever asked. */
  readonly sts: STSClient;
  /** Of this hub: no signature for another is taken. */
  readonly stateMachineArn: string;
  /** Whose people may decide. */
  readonly accountIds: readonly string[];
}

/**
 * The function that people invoke to decide. IAM says who may invoke it; who did, it has STS say.
 *
 * @throws {ProofRefused} where the proof isn't the caller's for this very decision
 * @throws {InvalidInput} where there is nothing to decide
 */
export function decide(deps: DecideFunctionDeps) {
  return async (event: unknown): Promise<DecisionAnswer> => {
    const { proof, ...asked } = parseInput(DecisionRequest, event, 'decision');
    const claim = claimOf(asked, deps.stateMachineArn);
    const caller = await verifyCallerProof(deps.sts, claim, proof, deps.clock.now());
    if (!deps.accountIds.includes(caller.accountId)) {
      throw new ProofRefused(
        `account of ${caller.arn}: ${quote(caller.accountId)} – accepted: ${deps.accountIds.join(', ')}`,
      );
    }
    const answer = await decideApproval(deps, { caller: caller.arn, verified: true }, asked);
    return DecisionAnswer.parse(answer);
  };
}
