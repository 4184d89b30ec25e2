import { groupsByKey } from '../../core/model/group-by.ts';
import { type Store, StoreConflict } from '../../store/store.ts';
import { PlanTampered } from '../../core/model/errors.ts';
import { approvalAtLeast, limitsAtLeast, policiesAtLeast } from '../../core/floors/at-least.ts';
import { kindsAtMost } from '../../core/floors/kinds-to-remove.ts';
import { makePlan, removalsByTarget } from '../../core/plan/make-plan.ts';
import type { HistoryDoubt } from '../../core/history/history-doubt.ts';
import { planTarget, type TargetPlan } from '../../core/plan/target/plan-target.ts';
import { verifyPlan } from '../../core/plan/digest.ts';
import { countOfHeld, Plan } from '../../core/plan/plan.ts';
import { policyOf } from '../../core/input/policy-for.ts';
import { targetKey } from '../../core/model/target.ts';
import { inRemovalOrder, ownFloorsOf, rulesByKind } from '../../kinds/among.ts';
import type { FunctionInput, FunctionOutput, Resumed } from '../../statemachine/contracts.ts';
import { checkClock } from '../../clock/check-clock.ts';
import type { PlanDeps } from '../deps.ts';
import { type Expected, readExpected } from '../expected.ts';
import { parseStored, readJson } from '../../store/stored-json.ts';
import { keysOf } from '../../store/keys.ts';
import { withFence } from '../../store/fenced-store.ts';
import { reconcileExecution } from '../targets/reconcile-execution.ts';
import { HeldInTargets } from './held-in-targets.ts';
import { takeIn } from './take-in.ts';

/**
 * Counts what was seen against what was expected, applies grace, limits and floors, and writes the
 * plan once. A second call for the same execution finds the plan and changes nothing in it.
 */
export async function planRemovals(
  given: PlanDeps,
  { executionId, carried: { expectedDigest, resumed } }: FunctionInput<'PlanFunctionArn'>,
): Promise<FunctionOutput<'PlanFunctionArn'>> {
  const deps = await withFence(given, executionId);
  const { store } = deps;
  const keys = keysOf(executionId);
  const written = await readExpected(store, executionId, expectedDigest);
  const expected = raised(written, deps);
  const found = await findPlan(store, executionId);
  if (found !== undefined) await takeInAgain(deps, expected, found);
  const plan = found ?? (await makeAndWritePlan(deps, expected, resumed));

  const targets = plan.status === 'READY' ? [...removalsByTarget(plan).values()] : [];
  await store.writeLines(
    keys.removalTargets,
    targets.map(([first]) =>
      JSON.stringify({ accountId: first?.accountId, region: first?.region }),
    ),
  );
  return {
    planStatus: plan.status,
    planDigest: plan.digest,
    removals: plan.removals.length,
    held: countOfHeld(plan),
    removalTargetsKey: keys.removalTargets,
  };
}

/** As Prepare wrote it, or stricter: the floors may have been raised since. */
function raised(expected: Expected, { settings, kinds }: PlanDeps): Expected {
  const { floors, deletionKinds } = settings;
  return {
    ...expected,
    ...policiesAtLeast(expected, floors, ownFloorsOf(kinds)),
    limits: limitsAtLeast(expected.limits, floors),
    remove: kindsAtMost(expected.remove, deletionKinds),
    approval: approvalAtLeast(expected, floors),
  };
}

export async function findPlan(store: Store, executionId: string): Promise<Plan | undefined> {
  const key = keysOf(executionId).plan;
  const stored = await store.get(key);
  return stored && parseStored(Plan, stored.body, store.locationOf(key));
}

/** @param resumed taken up, it plans as of its scan: grace counts no time in which nobody looked */
async function makeAndWritePlan(
  deps: PlanDeps,
  expected: Expected,
  resumed: Resumed | undefined,
): Promise<Plan> {
  const { store } = deps;
  const { executionId, mode, approval, policy, policies, limits } = expected;
  const namedPlan = await readNamedPlan(store, expected);
  const namedRemovals = namedPlan && removalsByTarget(namedPlan);

  await deps.awsTime.refresh();
  const takenInAt = deps.clock.now();
  const now = resumed === undefined ? takenInAt : new Date(resumed.scannedAt);
  // Each function has its own clock: any of them that was wrong makes the whole plan wrong.
  const ownClock = checkClock(deps, mode);
  const rules = rulesByKind(deps.kinds);
  const reconciled = await reconcileExecution(store, expected, now);
  const { outcomes } = reconciled;
  const ofAccounts = groupsByKey(outcomes, ({ accountId }) => accountId);
  const heldInTargets = new HeldInTargets(store, {
    ...{ executionId, namedPlan, mostCharacters: deps.mostCharacters },
  });
  const historyDoubts: HistoryDoubt[] = [];
  const targets: TargetPlan[] = [];
  const when = { now, takenInAt, rules };
  const takenIn = await takeIn(deps, { expected, reconciled, when }, async (taken) => {
    const { target, outcome, findings, history, isOthersUseUnknown } = taken;
    historyDoubts.push(...taken.doubts);
    const { held, ...planned } = planTarget({
      outcome,
      accountOutcomes: ofAccounts.get(target.accountId) ?? [],
      staleFindings: findings,
      history,
      policy: policyOf(expected, target.accountId),
      limits,
      rules,
      remove: expected.remove,
      isOthersUseUnknown,
      namedRemovals: namedRemovals ? (namedRemovals.get(targetKey(target)) ?? []) : undefined,
      now,
    });
    await heldInTargets.add(held);
    if (planned.removals.length > 0 || planned.heldKinds !== undefined)
      targets.push({ ...planned, held: [] });
  });
  const clock =
    ownClock ?? expected.clock ?? outcomes.find((outcome) => outcome.clock !== undefined)?.clock;
  const { held, heldBeside } = await heldInTargets.end();
  const plan = makePlan({
    executionId,
    mode,
    approval,
    now,
    namedPlan,
    policy,
    policies,
    limits,
    kinds: inRemovalOrder(deps.kinds).map(({ kind }) => kind),
    outcomes,
    targets: [...targets, { removals: [], held }],
    heldBeside,
    historyDoubts,
    clock,
  });
  const written = await writePlan(store, plan);
  if (written.digest !== plan.digest) {
    // Another call's, and its time: what was seen is to be taken in once, as of one time.
    await takeInAgain(deps, expected, written);
    return written;
  }
  await takenIn.writeChange();
  // Last: what died before has seen nothing yet, so a grace may begin later but never earlier.
  if (written.clock === undefined) await takenIn.writeHistories();
  return written;
}

/**
 * For a retry that finds the plan: the call that wrote it may have died before the histories, and
 * what it saw in use would keep its grace. As of the plan's own time, so nothing is taken in twice.
 */
async function takeInAgain(deps: PlanDeps, expected: Expected, plan: Plan): Promise<void> {
  // Times of a wrong clock would shorten or lengthen a grace.
  if (plan.clock !== undefined) return;
  const now = new Date(plan.createdAt);
  const when = { now, takenInAt: deps.clock.now(), rules: rulesByKind(deps.kinds) };
  const reconciled = await reconcileExecution(deps.store, expected, now);
  const takenIn = await takeIn(deps, { expected, reconciled, when });
  await takenIn.writeChange();
  await takenIn.writeHistories();
}

/** The plan that holds: another invocation's, if it was first, as also after a lost answer. */
async function writePlan(store: Store, plan: Plan): Promise<Plan> {
  const key = keysOf(plan.executionId).plan;
  try {
    await store.put(key, `${JSON.stringify(plan, null, 2)}\n`, { absent: true });
    return plan;
  } catch (error) {
    if (!(error instanceof StoreConflict)) throw error;
    return readJson(store, key, Plan);
  }
}

/**
 * The earlier plan that an execution applies: the very one that Prepare saw, so that nothing is
 * added to its list meanwhile.
 *
 * @throws {PlanTampered}
 */
export async function readNamedPlan(
  store: Store,
  { basedOn, basedOnDigest }: Pick<Expected, 'basedOn' | 'basedOnDigest'>,
): Promise<Plan | null> {
  if (basedOn === null) return null;
  const plan = await readJson(store, keysOf(basedOn).plan, Plan);
  if (!verifyPlan(plan) || plan.digest !== basedOnDigest) {
    throw new PlanTampered(`plan.json of ${basedOn} isn't the plan that was to be applied`);
  }
  return plan;
}
