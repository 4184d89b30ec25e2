import { compare } from '../model/order.ts';
import type { HoldReason } from '../model/hold-reason.ts';
import { targetKey } from '../model/target.ts';
import { lookAt } from '../outcome/kind-look.ts';
import { whyNotKept } from '../outcome/not-kept.ts';
import type { TargetOutcome } from '../outcome/outcome.ts';
import { isNotAllowed, stepName } from '../outcome/undo.ts';
import type { HeldRemoval, Plan, PlannedRemoval } from '../plan/plan.ts';
import { FunnelCount } from './funnel/funnel-count.ts';
import type { Summary, WithoutRule } from './summary.ts';

type InBrief = Pick<
  NonNullable<Summary['plan']>,
  | 'held'
  | 'heldByReason'
  | 'heldGiBByReason'
  | 'heldSteps'
  | 'heldByLimit'
  | 'heldOfNamed'
  | 'withoutRecycleBinRule'
>;

/** What a plan comes to, counted one by one: what it holds back may be more than fits in memory. */
export class PlanCounts {
  readonly held = new HeldInBrief();
  readonly funnel: FunnelCount;

  constructor(...of: ConstructorParameters<typeof FunnelCount>) {
    this.funnel = new FunnelCount(...of);
  }

  addRemoval(removal: PlannedRemoval): void {
    this.funnel.addRemoval(removal);
  }

  addHeld(held: HeldRemoval): void {
    this.held.addHeld(held);
    this.funnel.addHeld(held);
  }

  /** All of a target has been told. */
  endTarget(): void {
    this.funnel.endTarget();
  }
}

/**
 * The counts of a plan that has all in itself.
 *
 * @param removals as `FunnelCount` takes them
 * @throws {Error} for one with files beside it: they have to be read
 */
export function countPlan(
  plan: Plan,
  removals?: ConstructorParameters<typeof FunnelCount>[1],
): PlanCounts {
  if (plan.heldFiles !== undefined)
    throw new Error(`${plan.executionId} holds more than its plan tells`);
  const counts = new PlanCounts(plan, removals);
  for (const removal of plan.removals) counts.addRemoval(removal);
  for (const held of plan.held) counts.addHeld(held);
  counts.endTarget();
  return counts;
}

class HeldInBrief {
  #held = 0;
  readonly #byReason = new Map<string, number>();
  readonly #byLimit = new Map<string, number>();
  readonly #ofNamed = new Map<string, number>();
  readonly #giBByReason = new Map<string, number>();
  readonly #steps = new Map<HoldReason, Set<string>>();
  /** By kind and target. */
  readonly #withoutRule = new Map<string, Omit<WithoutRule, 'why' | 'failure'>>();

  addHeld(one: HeldRemoval): void {
    const { accountId, region, kind, held: reasons, limit, sizeGiB, step } = one;
    this.#held += 1;
    const isOfNamed = !reasons.includes('NOT_IN_NAMED_PLAN');
    for (const reason of reasons) {
      addTo(this.#byReason, reason, 1);
      if (isOfNamed) addTo(this.#ofNamed, reason, 1);
      if (sizeGiB !== null) addTo(this.#giBByReason, reason, sizeGiB);
      if (step !== undefined && isNotAllowed(reason))
        this.#steps.set(
          reason,
          (this.#steps.get(reason) ?? new Set()).add(stepName(kind, { name: step })),
        );
    }
    if (limit !== undefined) addTo(this.#byLimit, limit, 1);
    if (!reasons.includes('NO_RECYCLE_BIN_RULE')) return;
    const key = `${kind}/${targetKey(one)}`;
    const held = (this.#withoutRule.get(key)?.held ?? 0) + 1;
    this.#withoutRule.set(key, { kind, accountId, region, held });
  }

  /** @param basedOn the execution whose plan is applied */
  total(outcomes: readonly TargetOutcome[], basedOn: string | null = null): InBrief {
    const steps = [...this.#steps].map(([reason, names]) => [reason, [...names].toSorted()]);
    return {
      held: this.#held,
      heldByReason: inOrder(this.#byReason),
      heldGiBByReason: Object.fromEntries(this.#giBByReason),
      heldSteps: Object.fromEntries(steps) as InBrief['heldSteps'],
      heldByLimit: inOrder(this.#byLimit),
      ...(basedOn !== null && { heldOfNamed: inOrder(this.#ofNamed) }),
      withoutRecycleBinRule: this.#targetsWithoutRule(outcomes),
    };
  }

  /** In the plan's order. */
  #targetsWithoutRule(outcomes: readonly TargetOutcome[]): WithoutRule[] {
    const targets = new Map(
      outcomes.flatMap((outcome) =>
        outcome.region === null ? [] : [[targetKey(outcome), outcome] as const],
      ),
    );
    return [...this.#withoutRule.values()]
      .toSorted((a, b) => compare(a.accountId, b.accountId) || compare(a.region, b.region))
      .map((of) => {
        const outcome = targets.get(targetKey(of));
        const look = outcome && lookAt(outcome, of.kind).recycleBin;
        const failure = look !== undefined && 'failure' in look ? look.failure : null;
        return { ...of, why: whyNotKept(look), failure };
      });
  }
}

function addTo(counts: Map<string, number>, key: string, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}

function inOrder(counts: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...counts].toSorted(([a], [b]) => compare(a, b)));
}
