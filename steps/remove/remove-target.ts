import { verifyPlan } from '../../core/plan/digest.ts';
import { DeletionRefused, PlanTampered } from '../../core/model/errors.ts';
import { approvalAtLeast, limitsAtLeast } from '../../core/floors/at-least.ts';
import type { Mode } from '../../core/input/input.ts';
import { removalsByTarget } from '../../core/plan/make-plan.ts';
import { toRemovalOutcome } from '../../core/outcome/outcome.ts';
import { Plan, type PlannedRemoval } from '../../core/plan/plan.ts';
import { refuseOldPlan } from '../../core/plan/plan-age.ts';
import { type AccountHold, holdOf } from '../../core/scope/standing.ts';
import { targetKey } from '../../core/model/target.ts';
import type { FunctionInput, FunctionOutput } from '../../statemachine/contracts.ts';
import { findStanding } from '../targets/account-standing.ts';
import { refuseWrongClock } from '../../clock/check-clock.ts';
import type { RemovalDeps } from '../deps.ts';
import { readExpected } from '../expected.ts';
import { withFence } from '../../store/fenced-store.ts';
import { readJson } from '../../store/stored-json.ts';
import { keysOf } from '../../store/keys.ts';
import { refuseUnlessApproved } from '../approve/approval-record.ts';
import { acquireLease } from '../ledger/lease.ts';
import { countOutcomes, type Ledger } from '../ledger/ledger.ts';
import { openLedger } from '../ledger/stored-ledger.ts';
import { makesAny } from '../ledger/lost-steps.ts';
import { removeAll } from './remove-all.ts';
import { hasStep } from '../../kinds/removal.ts';
import { openWork } from './work.ts';
import { noteGone, noteStepsBegun } from '../targets/target-history.ts';
import { keyInTarget } from '../../core/model/ids.ts';

/** Renewed before every batch and every removal, so it expires only when its holder died. */
const LEASE_MILLISECONDS = 120_000;

/**
 * Removes what the plan says in one target, batch by batch, until all is settled or the time is
 * up; `remaining` then says how much is left for the next invocation. What a plan doesn't list
 * can't be removed: the resources come from the plan alone, and its digest is checked here. Nothing
 * is removed below the deployment's floors as this function has them, whatever the plan was made
 * with.
 *
 * @throws {DeletionRefused} unless deletion is enabled here and was asked for
 * @throws {ExpectedTampered} when what was asked for isn't what Prepare wrote
 * @throws {PlanTampered} when the stored plan isn't the one this execution made
 * @throws {PlanNotApproved} when a person was to approve it, and didn't
 * @throws {PlanTooOld} when it has waited too long
 * @throws {AccountPlaceUnknown} when nobody can tell what holds in the account now
 * @throws {ClockDisagrees} where the clock here is too far from AWS's
 * @throws {RecordTampered} when less is written down of it than earlier invocations did
 * @throws {LeaseHeld} while another execution removes in this target
 */
export async function removeTarget(
  given: RemovalDeps,
  asked: FunctionInput<'RemovePlannedFunctionArn'>,
): Promise<FunctionOutput<'RemovePlannedFunctionArn'>> {
  const { executionId, target } = asked;
  const deps = await withFence(given, executionId);
  const expected = await readExpected(deps.store, executionId, asked.expectedDigest);
  refuseUnlessDeleting(deps, [asked.mode, expected.mode]);
  const plan = await readPlan(deps, executionId, asked.planDigest);
  await refuseUnlessApproved(deps.store, plan, approvalAtLeast(asked, deps.settings.floors));
  const planned = removalsByTarget(plan).get(targetKey(target));
  // The list of targets that the machine goes through is a file that others may have changed.
  if (planned === undefined) return { remaining: 0, outcomes: {} };
  // A person may have taken days to approve.
  await deps.awsTime.refresh();
  refuseWrongClock(deps);
  const lease = await acquireLease(
    { store: deps.store, clock: deps.clock, durationMs: LEASE_MILLISECONDS },
    target,
    executionId,
  );
  try {
    const ledger = await openLedger(deps, executionId, target, asked.progress?.outcomes);
    const standing = await findStanding(deps, plan, expected, target);
    const isUnknown = hasUnknownStep(deps);
    await keepUnbegun(deps, ledger, planned, (removal) =>
      isUnknown(removal) ? 'STEP_UNKNOWN' : holdOf(standing, removal.kind),
    );
    // What was begun may be gone: only another look can tell.
    const isSettled = standing.hold !== null && ledger.openIntents.size === 0;
    const note = async () => noteGone(deps.store, target, executionId, ledger.outcomes.values());
    // What was begun by such a step stays open: nobody here can tell how it ended.
    const known = planned.filter((removal) => !isUnknown(removal));
    // Before its first request: what an invocation that dies has made is looked for by that.
    if (!isSettled && makesAny(deps.kinds, known)) await noteStepsBegun(deps, target, executionId);
    const work = { deps, executionId, target, expected, standing, planned: known, ledger, lease };
    const removing = isSettled ? Promise.resolve(0) : openWork(work).then(removeAll);
    const remaining = await removing.catch(async (error: unknown) => {
      // Gone is gone. What ended the work must not be hidden behind this.
      await note().catch(() => undefined);
      throw error;
    });
    await note();
    return { remaining, outcomes: countOutcomes(ledger) };
  } finally {
    // It runs out by itself; and what went wrong before must not be hidden behind this.
    await lease.release().catch(() => undefined);
  }
}

/** Of a kind that isn't here nothing is said: its target is told as such. */
function hasUnknownStep({ kinds }: RemovalDeps): (removal: PlannedRemoval) => boolean {
  return ({ kind: name, step }) => {
    const removal = kinds.find(({ kind }) => kind === name)?.removal;
    return removal !== undefined && !hasStep(removal, step);
  };
}

/** A plan may list more than a call takes arguments. */
const SETTLED_AT_ONCE = 1_000;

/**
 * Settles what may not be removed any more and no earlier invocation began, without a session in the
 * account.
 */
async function keepUnbegun(
  { clock }: RemovalDeps,
  ledger: Ledger,
  planned: readonly PlannedRemoval[],
  holdOn: (removal: PlannedRemoval) => AccountHold | null,
): Promise<void> {
  const unbegun = planned.flatMap((removal) => {
    const key = keyInTarget(removal);
    const hold = holdOn(removal);
    const isBegun = ledger.outcomes.has(key) || ledger.openIntents.has(key);
    return hold === null || isBegun ? [] : [{ removal, hold }];
  });
  const ending = { outcome: 'PROTECTED', intentAt: null } as const;
  const at = clock.now().toISOString();
  for (let from = 0; from < unbegun.length; from += SETTLED_AT_ONCE) {
    const some = unbegun.slice(from, from + SETTLED_AT_ONCE);
    await ledger.settle(
      ...some.map(({ removal, hold }) =>
        toRemovalOutcome(removal, { ...ending, reasons: [hold], at }),
      ),
    );
  }
}

/** @param modes as every place has it that knows what was asked for */
function refuseUnlessDeleting({ settings }: RemovalDeps, modes: readonly Mode[]): void {
  if (!settings.deletionEnabled) {
    throw new DeletionRefused('deletion is not enabled where this orgsweep runs');
  }
  if (modes.every((mode) => mode === 'delete')) return;
  throw new DeletionRefused('the execution was asked for a report, which removes nothing');
}

async function readPlan(deps: RemovalDeps, executionId: string, madeDigest: string): Promise<Plan> {
  const plan = await readJson(deps.store, keysOf(executionId).plan, Plan);
  if (!verifyPlan(plan) || plan.digest !== madeDigest) {
    throw new PlanTampered(
      `plan.json of ${executionId} is not the plan with digest ${madeDigest} that was made`,
    );
  }
  if (plan.status !== 'READY' || plan.executionId !== executionId) {
    throw new PlanTampered(
      `plan.json of ${executionId} is the ${plan.status} plan of ${plan.executionId}`,
    );
  }
  const { maxPlanAgeDays } = limitsAtLeast(plan.limits, deps.settings.floors);
  refuseOldPlan(plan, maxPlanAgeDays, deps.clock.now());
  return plan;
}
