import type { Store } from '../../store/store.ts';
import { mayRemove } from '../../core/plan/approval.ts';
import { tellBilling } from '../../core/summary/leaving.ts';
import { reconciledRemovals } from '../../core/summary/make-summary.ts';
import { verifyPlan } from '../../core/plan/digest.ts';
import { RecordTampered } from '../../core/model/errors.ts';
import type { HeldRemoval, Plan } from '../../core/plan/plan.ts';
import type { PlanCounts } from '../../core/summary/plan-counts.ts';
import type { StepFailure, Summary } from '../../core/summary/summary.ts';
import type { CaughtError, ToSummarize } from '../../statemachine/contracts.ts';
import { recordApproval } from '../approve/approval-record.ts';
import type { FoldDeps } from '../deps.ts';
import { Unreadable } from '../../store/stored-json.ts';
import { findPlan } from '../plan/plan-removals.ts';
import { readCounts } from '../plan/read-counts.ts';
import type { Fates } from '../report/fates.ts';
import { type RecordedRemovals, readRemovalOutcomes } from './removal-outcomes.ts';

interface MadePlan {
  readonly plan: Plan | null;
  readonly failure: StepFailure | null;
}

/** Any other plan would say what was wanted: none is told then, and the execution is never done. */
export async function planThatWasMade(
  store: Store,
  executionId: string,
  made: ToSummarize['carried']['plan'],
): Promise<MadePlan> {
  let message: string;
  try {
    const plan = await findPlan(store, executionId);
    if (plan === undefined && made === undefined) return { plan: null, failure: null };
    const isMade = plan?.digest === (made?.planDigest ?? plan?.digest);
    if (plan !== undefined && verifyPlan(plan) && isMade) return { plan, failure: null };
    message = `plan.json of ${executionId} is not the plan that was made`;
  } catch (error) {
    if (!(error instanceof RecordTampered) && !(error instanceof Unreadable)) throw error;
    ({ message } = error);
  }
  return { plan: null, failure: planTampered(message) };
}

function planTampered(message: string): StepFailure {
  return { step: 'RemoveTargets', error: 'PlanTampered', message };
}

/** What a plan is and what was done about it, before it is counted. */
export interface Carried extends MadePlan {
  readonly executionId: string;
  readonly finishedAt: Date;
  readonly waitEnded: CaughtError | undefined;
  readonly recorded: RecordedRemovals;
  readonly approval: Summary['approval'];
  readonly ends: ReturnType<typeof reconciledRemovals>;
  /** As they are written and shown. */
  readonly removals: ReturnType<typeof tellBilling>;
}

/** What became of a plan. */
export async function foldRemovals(
  deps: FoldDeps,
  of: MadePlan & Pick<Carried, 'executionId' | 'finishedAt' | 'waitEnded'>,
): Promise<Carried> {
  const { executionId, plan, failure, finishedAt, waitEnded } = of;
  const at = finishedAt.toISOString();
  const recorded = await readRemovalOutcomes(deps.store, executionId, plan, at);
  const approval = await approvalOf(deps, plan, waitEnded);
  const ends = reconciledRemovals({ plan, approval, removals: recorded.outcomes, finishedAt });
  const removals = tellBilling(plan, ends);
  return {
    ...{ executionId, plan, failure, finishedAt, waitEnded },
    ...{ recorded, approval, ends, removals },
  };
}

/**
 * The same, and what the plan comes to. Where a file beside it isn't the one that it names, nobody
 * knows all of the plan that was made, and none is told.
 */
export async function foldPlan(
  deps: FoldDeps,
  carried: Carried,
  of: { readonly fates: Fates; readonly onHeld: (held: HeldRemoval) => void },
): Promise<Carried & { readonly counted?: PlanCounts }> {
  const { plan, ends } = carried;
  if (plan === null) return carried;
  try {
    // It may be as it was again: what was written by then lacks what it holds.
    if (of.fates.tampered !== undefined) throw of.fates.tampered;
    const counted = await readCounts(deps.store, plan, { removals: ends, onHeld: of.onHeld });
    return { ...carried, counted };
  } catch (error) {
    if (!(error instanceof RecordTampered)) throw error;
    const tampered = { plan: null, failure: planTampered(error.message) };
    return foldRemovals(deps, { ...carried, ...tampered });
  }
}

/**
 * How the wait for a person ended. Nobody can decide any more once it is over: what isn't decided
 * by now has expired, whatever ended the wait.
 */
async function approvalOf(
  { store, clock }: FoldDeps,
  plan: Plan | null,
  waitEnded: CaughtError | undefined,
): Promise<Summary['approval']> {
  if (plan?.status !== 'READY' || plan.approval === 'none') return null;
  const record = await recordApproval(store, {
    schemaVersion: 1,
    executionId: plan.executionId,
    planDigest: plan.digest,
    decision: 'EXPIRED',
    by: null,
    at: clock.now().toISOString(),
  });
  const { decision, by, at } = record;
  return { decision, by, at, removalsAllowed: waitEnded === undefined && mayRemove(plan, record) };
}
