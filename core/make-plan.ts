import { DAY_MS } from './age.ts';
import { planDigest } from './digest.ts';
import { historyKey } from './history.ts';
import type { History } from './history.ts';
import type { ExecutionInput, Limits, Policy } from './input.ts';
import { lastCopiesOf } from './last-copy.ts';
import type { KindCounts, TargetOutcome } from './outcome.ts';
import { compare, oldestFirst } from './order.ts';
import { removalKey } from './plan.ts';
import type { HeldRemoval, HoldReason, Plan, PlannedRemoval } from './plan.ts';
import { targetKey } from './target.ts';
import type { Finding } from './verdict.ts';

/** Below this many resources of a kind in a target, a high share of stale ones is no alarm. */
const FEWEST_FOR_STALE_PERCENT = 20;

/** What decides about the removals of one target. */
export interface TargetToPlan {
  readonly outcome: TargetOutcome;
  readonly staleFindings: Iterable<Finding>;
  /** Of this target; what it lacks is seen stale for the first time. */
  readonly history: History;
  readonly policy: Policy;
  readonly limits: Limits;
  /** Whether an available Recycle Bin rule was seen that will keep what is removed here. */
  readonly recycleBinVerified: boolean;
  /** The named plan's removals in this target; undefined when no plan is named. */
  readonly namedRemovals?: readonly PlannedRemoval[] | undefined;
  readonly now: Date;
}

export interface TargetPlan {
  readonly removals: PlannedRemoval[];
  readonly held: HeldRemoval[];
}

/**
 * What may be removed in one target, oldest first, and what is held back with every reason that
 * applies. `maxRemovalsPerTarget` counts what nothing else holds.
 */
export function planTarget(target: TargetToPlan): TargetPlan {
  const stale = staleOldestFirst(target.staleFindings);
  const lastCopies = target.policy.allowLastCopy ? new Set<string>() : lastCopiesOf(stale);
  const overStalePercent = Object.values(target.outcome.kinds).some((counts) =>
    isOverStalePercent(counts, target.limits),
  );
  const named = target.namedRemovals && new Set(target.namedRemovals.map(historyKey));
  const removals: PlannedRemoval[] = [];
  const held: HeldRemoval[] = [];
  for (const finding of stale) {
    const staleSince =
      target.history.entries[historyKey(finding)]?.staleSince ?? target.now.toISOString();
    const reasons: HoldReason[] = [];
    if (target.outcome.status !== 'COMPLETE') reasons.push('TARGET_NOT_COMPLETE');
    if (named && !named.has(historyKey(finding))) reasons.push('NOT_IN_NAMED_PLAN');
    if (isInGrace(staleSince, target)) reasons.push('IN_GRACE');
    if (lastCopies.has(historyKey(finding))) reasons.push('LAST_COPY');
    if (target.policy.requireRecycleBin && !target.recycleBinVerified)
      reasons.push('NO_RECYCLE_BIN_RULE');
    if (overStalePercent)
      held.push(toHeld(finding, staleSince, [...reasons, 'OVER_LIMIT'], 'maxStalePercent'));
    else if (reasons.length > 0) held.push(toHeld(finding, staleSince, reasons));
    else if (removals.length >= target.limits.maxRemovalsPerTarget)
      held.push(toHeld(finding, staleSince, ['OVER_LIMIT'], 'maxRemovalsPerTarget'));
    else removals.push(toRemoval(finding, staleSince));
  }
  return { removals, held };
}

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
export function makePlan(from: {
  executionId: string;
  mode: ExecutionInput['mode'];
  now: Date;
  namedPlan: Plan | null;
  policy: Policy;
  limits: Limits;
  kinds: readonly string[];
  targets: readonly TargetPlan[];
}): Plan {
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

/** A listing may show a resource twice; it is planned once. Without a start it counts as young. */
function staleOldestFirst(findings: Iterable<Finding>): Finding[] {
  const stale = new Map<string, Finding>();
  for (const finding of findings)
    if (finding.verdict === 'STALE') stale.set(historyKey(finding), finding);
  return [...stale.values()].toSorted(oldestFirst);
}

function isOverStalePercent(counts: KindCounts, limits: Limits): boolean {
  return (
    counts.resources >= FEWEST_FOR_STALE_PERCENT &&
    counts.verdicts.STALE * 100 > limits.maxStalePercent * counts.resources
  );
}

function isInGrace(staleSince: string, { policy, now }: TargetToPlan): boolean {
  if (policy.graceDays === 0) return false;
  const graceEnds = Date.parse(staleSince) + policy.graceDays * DAY_MS;
  return !(graceEnds <= now.getTime());
}

function toRemoval(finding: Finding, staleSince: string): PlannedRemoval {
  const { evidence, verdict: _verdict, tags: _tags, ...resource } = finding;
  const { lineage } = evidence;
  return { ...resource, staleSince, ...(lineage === undefined ? {} : { lineage }) };
}

function toHeld(
  of: Pick<HeldRemoval, 'kind' | 'accountId' | 'region' | 'resourceId' | 'sizeGiB'>,
  staleSince: string | null,
  held: HoldReason[],
  limit?: HeldRemoval['limit'],
): HeldRemoval {
  const { kind, accountId, region, resourceId, sizeGiB } = of;
  const removal = { kind, accountId, region, resourceId, held, sizeGiB, staleSince };
  return limit === undefined ? removal : { ...removal, limit };
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
