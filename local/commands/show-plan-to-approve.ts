import { KINDS } from '../../kinds/registry.ts';
import type { Store } from '../../store/store.ts';
import type { ApprovalRecord } from '../../core/plan/approval.ts';
import { fault, quote } from '../../core/input/bad-input.ts';
import { verifyPlan } from '../../core/plan/digest.ts';
import { InvalidInput, PlanTampered } from '../../core/model/errors.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { deciderInWords } from '../../report/words/approval-words.ts';
import { minute } from '../../report/format/moment.ts';
import { planBrief } from '../../report/approval/plan-brief.ts';
import { findApproval } from '../../steps/approve/approval-record.ts';
import { fencedStore } from '../../store/fenced-store.ts';
import { findPlan } from '../../steps/plan/plan-removals.ts';
import { readCounts } from '../../steps/plan/read-counts.ts';
import { waitingPlan } from '../../steps/approve/waiting-plan.ts';
import type { DecideArguments } from '../arguments/decide-arguments.ts';
import type { Terminal } from '../terminal/terminal.ts';

type Asking = Pick<Terminal, 'stderr' | 'ask'>;

/** @throws {InvalidInput} where somebody has to look first, and nobody can be asked */
export function refuseUnasked({ decision, yes }: DecideArguments, { ask }: Asking): void {
  if (decision !== 'APPROVED' || yes || ask !== undefined) return;
  throw new InvalidInput(
    '--yes is needed, as there is no terminal to show the plan and ask at; nothing was decided',
  );
}

/** The plan that is decided on, the very one that was asked for. @throws {InvalidInput} {PlanTampered} */
export async function planToDecideOn(
  store: Store,
  { executionId, digest, decision }: DecideArguments,
  place: string,
): Promise<Plan> {
  const plan = await findPlan(store, executionId);
  if (plan === undefined) {
    throw new InvalidInput(
      `EXECUTION_ID: ${quote(executionId)} – accepted: an execution in ${place} that waits for approval; there is no plan of it (yet)`,
    );
  }
  if (digest !== undefined && digest !== plan.digest)
    throw new InvalidInput(fault('digest', digest, `that of the plan which waits, ${plan.digest}`));
  if (decision === 'APPROVED' && !verifyPlan(plan)) {
    throw new PlanTampered(
      `plan.json of ${executionId} in ${place} is not what its digest says: somebody changed it. Nothing was approved`,
    );
  }
  if (decision === 'APPROVED' && (plan.status !== 'READY' || plan.approval === 'none')) {
    throw new InvalidInput(
      `EXECUTION_ID: ${quote(executionId)} – accepted: an execution that waits for approval; this one needs none`,
    );
  }
  return plan;
}

/** What was decided before, as far as it may be read; nothing is decided by it. */
export async function standingDecision(
  store: Store,
  executionId: string,
): Promise<ApprovalRecord | undefined> {
  return findApproval(fencedStore(store, null, executionId), executionId).catch(() => undefined);
}

/**
 * Shows what is approved, and asks for it unless told not to.
 *
 * @returns whether to go on
 */
export async function agreedTo(
  {
    store,
    plan,
    standing,
    now,
  }: {
    readonly store: Store;
    readonly plan: Plan;
    readonly standing: ApprovalRecord | undefined;
    readonly now: Date;
  },
  { yes, json }: DecideArguments,
  { stderr, ask }: Asking,
): Promise<boolean> {
  const again =
    standing === undefined
      ? []
      : [
          `Approved already by ${deciderInWords(standing)} on ${minute(standing.at)}. The run is notified again.`,
        ];
  const waiting = await waitingPlan({ store, kinds: KINDS }, plan);
  const counts = await readCounts(store, plan);
  const shown = [...planBrief({ ...waiting, counts }, now), ...again];
  if (!yes || !json) stderr(`${shown.join('\n')}\n`);
  if (yes) return true;
  const answer = (await ask?.('Type yes to approve this plan: ')) ?? '';
  if (answer.trim().toLowerCase() === 'yes') return true;
  stderr('Nothing was decided.\n');
  return false;
}
