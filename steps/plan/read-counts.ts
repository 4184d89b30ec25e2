import { groupsByKey } from '../../core/model/group-by.ts';
import { targetKey } from '../../core/model/target.ts';
import { removalsByTarget } from '../../core/plan/make-plan.ts';
import type { HeldRemoval, Plan } from '../../core/plan/plan.ts';
import { countPlan, PlanCounts } from '../../core/summary/plan-counts.ts';
import { heldInFiles } from '../../store/held-files.ts';
import type { Store } from '../../store/store.ts';

/**
 * What a plan comes to, with what it holds beside itself: target by target, as the two may share data.
 *
 * @param of `removals`: as a funnel takes them. `onHeld` is told of what is in the files
 * @throws {RecordTampered} for a file that isn't the one that the plan names
 */
export async function readCounts(
  store: Store,
  plan: Plan,
  of: {
    readonly removals?: ConstructorParameters<typeof PlanCounts>[1];
    readonly onHeld?: (held: HeldRemoval) => void;
  } = {},
): Promise<PlanCounts> {
  if (plan.heldFiles === undefined) return countPlan(plan, of.removals);
  const counts = new PlanCounts(plan, of.removals);
  const removals = removalsByTarget(plan);
  const heldInPlan = groupsByKey(plan.held, targetKey);
  const endTarget = (key: string) => {
    for (const removal of removals.get(key) ?? []) counts.addRemoval(removal);
    for (const held of heldInPlan.get(key) ?? []) counts.addHeld(held);
    removals.delete(key);
    heldInPlan.delete(key);
    counts.endTarget();
  };
  let current: string | undefined;
  for await (const held of heldInFiles(store, plan)) {
    const key = targetKey(held);
    if (current !== undefined && key !== current) endTarget(current);
    current = key;
    counts.addHeld(held);
    of.onHeld?.(held);
  }
  if (current !== undefined) endTarget(current);
  for (const key of new Set([...removals.keys(), ...heldInPlan.keys()])) endTarget(key);
  return counts;
}
