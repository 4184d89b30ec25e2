import type { RemovalOutcome, TargetOutcome } from '../outcome/outcome.ts';
import type { HeldRemoval, Plan } from '../plan/plan.ts';
import { lookAt } from '../outcome/kind-look.ts';
import { NOT_SEEN_IN_BIN } from '../outcome/recycle-bin.ts';
import { whyNotKept } from '../outcome/not-kept.ts';
import type { Summary, WithoutRule } from './summary.ts';
import { targetKey } from '../model/target.ts';

/** Where a plan holds removals for want of a Recycle Bin rule, by kind and target, in the plan's order. */
export function targetsWithoutRule(plan: Plan, outcomes: readonly TargetOutcome[]): WithoutRule[] {
  const targets = new Map(
    outcomes.flatMap((outcome) =>
      outcome.region === null ? [] : [[targetKey(outcome), outcome] as const],
    ),
  );
  const without = new Map<string, WithoutRule>();
  for (const removal of plan.held.filter(isHeldForWantOfRule)) {
    const { accountId, region, kind } = removal;
    const outcome = targets.get(targetKey(removal));
    const key = `${kind}/${targetKey(removal)}`;
    const look = outcome && lookAt(outcome, kind).recycleBin;
    const known = without.get(key);
    without.set(key, {
      ...{ kind, accountId, region },
      held: (known?.held ?? 0) + 1,
      why: known?.why ?? whyNotKept(look),
      failure: known?.failure ?? (look !== undefined && 'failure' in look ? look.failure : null),
    });
  }
  return [...without.values()];
}

function isHeldForWantOfRule({ held }: HeldRemoval): boolean {
  return held.includes('NO_RECYCLE_BIN_RULE');
}

/** What can be brought back of what was removed. */
export function restorability(
  removed: readonly RemovalOutcome[],
): Pick<Summary['removals'], 'restorable' | 'restorableUntil' | 'notSeenInRecycleBin'> {
  const until = removed.flatMap(({ restorableUntil }) => restorableUntil ?? []);
  return {
    restorable: until.length,
    restorableUntil: until.toSorted()[0] ?? null,
    notSeenInRecycleBin: removed
      .filter(({ reasons }) => reasons.includes(NOT_SEEN_IN_BIN))
      .map(({ accountId, region, resourceId }) => ({ accountId, region, resourceId })),
  };
}
