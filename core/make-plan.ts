import { planDigest } from './digest.ts';
import type { ExecutionInput, Limits } from './input.ts';
import { compare } from './order.ts';
import { removalKey } from './plan.ts';
import type { HeldRemoval, Plan, PlannedRemoval } from './plan.ts';
import type { Policies } from './policy-for.ts';
import { toHeld, type TargetPlan } from './plan-target.ts';
import { targetKey } from './target.ts';

/** A plan's removals by target, as `targetKey` names it. */
export function removalsByTarget(plan: Plan): Map<string, PlannedRemoval[]> {
  const byTarget = new Map<string, PlannedRemoval[]>();
  for (const removal of plan.removals) {
    const removals = byTarget.get(targetKey(removal));
    if (removals === undefined) byTarget.set(targetKey(removal), [removal]);
    else removals.push(removal);
  }
  return byTarget;
}

/**
 * The plan of an execution, from those of its targets. Over `maxRemovals` it is refused as a
 * whole: nothing is removed, everything is held. A report's plan is only a preview, which says
 * that it would be refused.
 *
 * @param namedPlan the earlier plan that is applied, already verified, or null
 * @param kinds in the order their removals are made
 */
export function makePlan(
  from: Policies & {
    executionId: string;
    mode: ExecutionInput['mode'];
    now: Date;
    namedPlan: Plan | null;
    limits: Limits;
    kinds: readonly string[];
    targets: readonly TargetPlan[];
  },
): Plan {
  const order = inPlanOrder(from.kinds);
  const wanted = from.targets.flatMap(({ removals }) => removals).toSorted(order);
  const held = from.targets.flatMap((target) => target.held);
  const isOver = wanted.length > from.limits.maxRemovals;
  const isRefused = isOver && from.mode === 'delete';
  const removals = isRefused ? [] : wanted;
  const plan: Omit<Plan, 'digest'> = {
    schemaVersion: 1,
    executionId: from.executionId,
    createdAt: from.now.toISOString(),
    status: statusOf({ isRefused, removals, mode: from.mode }),
    basedOn: from.namedPlan?.executionId ?? null,
    policy: from.policy,
    policies: from.policies,
    limits: from.limits,
    refusal: isOver
      ? { limit: 'maxRemovals', wanted: wanted.length, allowed: from.limits.maxRemovals }
      : null,
    removals,
    held: [
      ...held,
      ...(isRefused ? wanted.map(heldByRefusal) : []),
      ...noLongerStale(from.namedPlan, [...wanted, ...held]),
    ].toSorted(order),
  };
  return { ...plan, digest: planDigest(plan) };
}

function statusOf(plan: {
  isRefused: boolean;
  removals: readonly unknown[];
  mode: ExecutionInput['mode'];
}): Plan['status'] {
  if (plan.isRefused) return 'REFUSED';
  if (plan.removals.length === 0) return 'EMPTY';
  return plan.mode === 'report' ? 'PREVIEW' : 'READY';
}

function heldByRefusal(removal: PlannedRemoval): HeldRemoval {
  return toHeld(removal, removal.staleSince, ['OVER_LIMIT'], 'maxRemovals');
}

/** What the named plan would remove and this execution didn't find stale, wherever it was. */
function noLongerStale(
  namedPlan: Plan | null,
  accountedFor: readonly (PlannedRemoval | HeldRemoval)[],
): HeldRemoval[] {
  if (namedPlan === null) return [];
  const known = new Set(accountedFor.map(removalKey));
  return namedPlan.removals
    .filter((removal) => !known.has(removalKey(removal)))
    .map((removal) => toHeld(removal, null, ['NOT_STALE_NOW']));
}

/** By account, Region and kind; within these, the order of the target's plan: oldest first. */
function inPlanOrder(kinds: readonly string[]) {
  return (a: PlannedRemoval | HeldRemoval, b: PlannedRemoval | HeldRemoval): number =>
    compare(a.accountId, b.accountId) ||
    compare(a.region, b.region) ||
    kinds.indexOf(a.kind) - kinds.indexOf(b.kind);
}
