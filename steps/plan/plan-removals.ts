import { groupsByKey } from '../../core/model/group-by.ts';
import { type Store, StoreConflict } from '../../store/store.ts';
import { PlanTampered, RecordTampered } from '../../core/model/errors.ts';
import { mergeChanges, NO_CHANGE, type StaleChange } from '../../core/history/stale-change.ts';
import { approvalAtLeast, limitsAtLeast, policiesAtLeast } from '../../core/floors/at-least.ts';
import { kindsAtMost } from '../../core/floors/kinds-to-remove.ts';
import { makePlan, removalsByTarget } from '../../core/plan/make-plan.ts';
import type { HistoryDoubt } from '../../core/history/history-doubt.ts';
import { planTarget, type TargetPlan } from '../../core/plan/plan-target.ts';
import { verifyPlan } from '../../core/plan/digest.ts';
import type { TargetOutcome } from '../../core/outcome/outcome.ts';
import { Plan } from '../../core/plan/plan.ts';
import { policyOf } from '../../core/input/policy-for.ts';
import { targetKey } from '../../core/model/target.ts';
import type { Finding } from '../../core/model/verdict.ts';
import { inRemovalOrder, rulesByKind } from '../../kinds/among.ts';
import type { FunctionInput, FunctionOutput, Resumed } from '../../statemachine/contracts.ts';
import { checkClock } from '../../clock/check-clock.ts';
import type { FoldDeps, PlanDeps } from '../deps.ts';
import { type Expected, readExpected } from '../expected.ts';
import { isUseUnknown, readForeignReferences } from '../targets/foreign-references.ts';
import { parseStored, readJson } from '../../store/stored-json.ts';
import { keysOf } from '../../store/keys.ts';
import { withFence } from '../../store/fenced-store.ts';
import { readAhead, readWholeAhead } from '../../store/read-ahead.ts';
import { type Reconciled, reconcileExecution, toTampered } from '../targets/reconcile-execution.ts';
import { writeChange } from './stale-change.ts';
import {
  readFindings,
  type Sight,
  takeIntoHistory,
  writeHistory,
} from '../targets/target-history.ts';

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
  const expected = raised(written, deps.settings);
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
    held: plan.held.length,
    removalTargetsKey: keys.removalTargets,
  };
}

/** As Prepare wrote it, or stricter: the floors may have been raised since. */
function raised(expected: Expected, { floors, deletionKinds }: PlanDeps['settings']): Expected {
  return {
    ...expected,
    ...policiesAtLeast(expected, floors),
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

  let change: StaleChange = NO_CHANGE;
  const sights: Sight[] = [];
  const targets: TargetPlan[] = [];
  await deps.awsTime.refresh();
  const takenInAt = deps.clock.now();
  const now = resumed === undefined ? takenInAt : new Date(resumed.scannedAt);
  // Each function has its own clock: any of them that was wrong makes the whole plan wrong.
  const ownClock = checkClock(deps, mode);
  const rules = rulesByKind(deps.kinds);
  const reconciled = await reconcileExecution(store, expected, now);
  const { outcomes } = reconciled;
  const ofAccounts = groupsByKey(outcomes, ({ accountId }) => accountId);
  const historyDoubts: HistoryDoubt[] = [];
  const when = { now, takenInAt };
  for await (const seen of lookedAt(deps, expected, reconciled, { ...when, rules })) {
    const { sight, findings, change: here, doubts, isOthersUseUnknown } = seen;
    const { target, outcome } = sight;
    change = mergeChanges(change, here);
    historyDoubts.push(...doubts);
    sights.push(sight);
    targets.push(
      planTarget({
        outcome,
        accountOutcomes: ofAccounts.get(target.accountId) ?? [],
        staleFindings: findings,
        history: sight.history,
        policy: policyOf(expected, target.accountId),
        limits,
        rules,
        remove: expected.remove,
        isOthersUseUnknown,
        namedRemovals: namedRemovals ? (namedRemovals.get(targetKey(target)) ?? []) : undefined,
        now,
      }),
    );
  }
  const clock =
    ownClock ?? expected.clock ?? outcomes.find((outcome) => outcome.clock !== undefined)?.clock;
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
    targets,
    historyDoubts,
    clock,
  });
  const written = await writePlan(store, plan);
  await writeChange(store, executionId, change);
  // Last: what died before has seen nothing yet, so a grace may begin later but never earlier.
  if (written.clock === undefined) await writeHistories(store, executionId, sights);
  return written;
}

interface TakenIn {
  readonly sight: Sight;
  readonly findings: readonly Finding[];
  readonly change: StaleChange;
  readonly doubts: readonly HistoryDoubt[];
  readonly isOthersUseUnknown: boolean;
}

/** What was seen of each target that was to be looked at, taken into its history. */
async function* lookedAt(
  { store, kinds }: Pick<FoldDeps, 'store' | 'kinds'>,
  { executionId, limits }: Expected,
  { outcomes, files }: Reconciled,
  by: Pick<Sight, 'now' | 'takenInAt' | 'rules'>,
): AsyncGenerator<TakenIn> {
  const foreign = await readForeignReferences(store, executionId, { outcomes, files }, { kinds });
  const isGlobal = (name: string) =>
    kinds.some(({ kind, reach }) => kind === name && reach === 'global');
  const { uses, tampered } = foreign;
  const messages = new Map(tampered.map(({ target, message }) => [targetKey(target), message]));
  const looked = outcomes.filter(({ region, status }) => region !== null && status !== 'EXCLUDED');
  yield* readWholeAhead(looked, resourcesIn, async (recorded) => {
    const target = { accountId: recorded.accountId, region: recorded.region ?? '' };
    const key = targetKey(target);
    const written = files.get(key)?.findings;
    const { findings, message = messages.get(key) } = await readUnlessTampered(async () =>
      readFindings(store, executionId, target, { uses, written }),
    );
    const outcome = message === undefined ? recorded : toTampered(recorded, message);
    const look = { target, outcome, written, uses, limits, ...by };
    const { change, doubts, ...sight } = await takeIntoHistory(store, { ...look, findings });
    return {
      ...{ sight, findings, change, doubts },
      isOthersUseUnknown: isUseUnknown(target, foreign, Object.keys(outcome.kinds).some(isGlobal)),
    };
  });
}

function resourcesIn({ kinds }: TargetOutcome): number {
  return Object.values(kinds).reduce((sum, { resources }) => sum + resources, 0);
}

async function readUnlessTampered(
  read: () => Promise<Finding[]>,
): Promise<{ findings: Finding[]; message?: string }> {
  try {
    return { findings: await read() };
  } catch (error) {
    if (!(error instanceof RecordTampered)) throw error;
    return { findings: [], message: error.message };
  }
}

async function writeHistories(
  store: Store,
  executionId: string,
  sights: Iterable<Sight> | AsyncIterable<Sight>,
): Promise<void> {
  const writes = readAhead(sights, async (sight) => writeHistory(store, executionId, sight));
  for await (const _written of writes);
}

/**
 * For a retry that finds the plan: the call that wrote it may have died before the histories, and
 * what it saw in use would keep its grace. As of the plan's own time, so nothing is taken in twice.
 */
async function takeInAgain(
  { store, clock, kinds }: FoldDeps,
  expected: Expected,
  plan: Plan,
): Promise<void> {
  // Times of a wrong clock would shorten or lengthen a grace.
  if (plan.clock !== undefined) return;
  const now = new Date(plan.createdAt);
  const when = { now, takenInAt: clock.now() };
  const rules = rulesByKind(kinds);
  const reconciled = await reconcileExecution(store, expected, now);
  const sights: Sight[] = [];
  let change: StaleChange = NO_CHANGE;
  const by = { ...when, rules };
  const seen = lookedAt({ store, kinds }, expected, reconciled, by);
  for await (const { sight, change: here } of seen) {
    sights.push(sight);
    change = mergeChanges(change, here);
  }
  await writeChange(store, expected.executionId, change);
  await writeHistories(store, expected.executionId, sights);
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
