import { planDigest } from './digest.ts';
import { type ExecutionInput, type Limits, limitsOfKind } from '../input/input.ts';
import type { HistoryDoubt } from '../history/history-doubt.ts';
import { compare, oldestFirst } from '../model/order.ts';
import type { TargetOutcome } from '../outcome/outcome.ts';
import type { HeldFile, HeldRemoval, LimitName, Plan, PlannedRemoval } from './plan.ts';
import type { Policies } from '../input/policy-for.ts';
import { type TargetPlan } from './target/plan-target.ts';
import { toHeld } from './target/planned-and-held.ts';
import { groupBy, groupsByKey } from '../model/group-by.ts';
import { wholesFirst } from './together/parts.ts';
import { surplusOf } from './together/sets.ts';
import { refusalOf } from './refusal.ts';
import { targetKey } from '../model/target.ts';
import { resourceKey } from '../model/ids.ts';

/** A plan's removals by target, as `targetKey` names it. */
export function removalsByTarget(plan: Plan): Map<string, PlannedRemoval[]> {
  return groupsByKey(plan.removals, targetKey);
}

export interface PlanToMake extends Policies {
  readonly executionId: string;
  readonly mode: ExecutionInput['mode'];
  readonly approval: ExecutionInput['approval'];
  readonly now: Date;
  /** The earlier plan that is applied, already verified, or null. */
  readonly namedPlan: Plan | null;
  readonly limits: Limits;
  /** Those that can be removed, in the order of their removals. */
  readonly kinds: readonly string[];
  /** Of everything that was looked at. */
  readonly outcomes: readonly TargetOutcome[];
  readonly targets: readonly TargetPlan[];
  /** What is held in the targets and isn't in `targets`, as there is too much of it. */
  readonly heldBeside?:
    | {
        readonly files: readonly HeldFile[];
        /** By `resourceKey`: what of it the named plan would remove. */
        readonly named: ReadonlySet<string>;
      }
    | undefined;
  /** What of the histories was not gone by. */
  readonly historyDoubts?: readonly HistoryDoubt[];
  /** Too far from AWS's. */
  readonly clock?: Plan['clock'] | null;
}

/**
 * The plan of an execution, from those of its targets. The surplus of an account is held, its
 * oldest go first, whatever their Region. Over `maxRemovals` or `maxStalePercentOverall` the plan
 * is refused as a whole: nothing is removed, everything is held. What is held in its own account
 * and Region counts for neither. A report's plan is only a preview, which says that it would be
 * refused.
 */
export function makePlan(from: PlanToMake): Plan {
  const order = inPlanOrder(from.kinds);
  const all = from.targets.flatMap(({ removals }) => removals);
  const surplus = surplusOfAccounts(all, from.limits);
  const wanted = all.filter((removal) => !surplus.has(removal)).toSorted(order);
  const held = [
    ...from.targets.flatMap((target) => target.held),
    ...[...surplus].map((removal) => heldBy('maxRemovalsPerAccount', removal)),
  ];
  const refusal = wanted.length === 0 ? null : refusalOf(wanted, from);
  const isRefused = refusal !== null && from.mode === 'delete';
  const removals = isRefused ? [] : wanted;
  const plan: Omit<Plan, 'digest'> = {
    schemaVersion: 1,
    executionId: from.executionId,
    createdAt: from.now.toISOString(),
    status: statusOf({ isRefused, removals, mode: from.mode }),
    basedOn: from.namedPlan?.executionId ?? null,
    approval: from.approval,
    policy: from.policy,
    policies: from.policies,
    limits: from.limits,
    refusal,
    removals,
    held: [
      ...held,
      ...(isRefused ? wanted.map((removal) => heldBy(refusal.limit, removal)) : []),
      ...noLongerStale(from, [...wanted, ...held]),
    ].toSorted(order),
    ...(from.heldBeside && { heldFiles: [...from.heldBeside.files] }),
    ...(from.clock && { clock: from.clock }),
    ...(from.historyDoubts?.length && { historyDoubts: [...from.historyDoubts] }),
  };
  return { ...plan, digest: planDigest(plan) };
}

/** The removals of each account and kind but its oldest, as many as may go; all of a set or nothing of it. */
function surplusOfAccounts(
  removals: readonly PlannedRemoval[],
  limits: Limits,
): Set<PlannedRemoval> {
  const byAge = (a: PlannedRemoval, b: PlannedRemoval) =>
    oldestFirst(a, b) || compare(resourceKey(a), resourceKey(b));
  const setOf = ({ region, kind, set }: PlannedRemoval) => set && `${region}/${kind}/${set.id}`;
  const namesOf = ({ region, resourceId, partOf = [] }: PlannedRemoval) =>
    [`${region}/${resourceId}`, ...partOf.map((id) => `${region}/${id}`)] as const;
  const surplus = new Set<PlannedRemoval>();
  for (const ofAccount of groupBy(removals, ({ accountId, kind }) => `${accountId}/${kind}`)) {
    const [first] = ofAccount;
    if (first === undefined) continue;
    const { maxRemovalsPerAccount } = limitsOfKind(limits, first.kind);
    const ordered = wholesFirst(ofAccount.toSorted(byAge), namesOf);
    const over = surplusOf(ordered, setOf, maxRemovalsPerAccount);
    for (const removal of over) surplus.add(removal);
  }
  return surplus;
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

function heldBy(limit: LimitName, removal: PlannedRemoval): HeldRemoval {
  return toHeld(removal, removal.staleSince, ['OVER_LIMIT'], { limit, step: removal.step });
}

/** What the named plan would remove and this execution didn't find stale, wherever it was. */
function noLongerStale(
  { namedPlan, heldBeside }: Pick<PlanToMake, 'namedPlan' | 'heldBeside'>,
  accountedFor: readonly (PlannedRemoval | HeldRemoval)[],
): HeldRemoval[] {
  if (namedPlan === null) return [];
  const known = new Set(accountedFor.map(resourceKey));
  const isKnown = (key: string) => known.has(key) || heldBeside?.named.has(key) === true;
  return namedPlan.removals
    .filter((removal) => !isKnown(resourceKey(removal)))
    .map((removal) => toHeld(removal, null, ['NOT_STALE_NOW'], { step: removal.step }));
}

/** By account, Region and kind; within these, the order of the target's plan: oldest first. */
function inPlanOrder(kinds: readonly string[]) {
  return (a: PlannedRemoval | HeldRemoval, b: PlannedRemoval | HeldRemoval): number =>
    compare(a.accountId, b.accountId) ||
    compare(a.region, b.region) ||
    kinds.indexOf(a.kind) - kinds.indexOf(b.kind);
}
