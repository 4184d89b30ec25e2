import { Amounts } from '../../model/amount.ts';
import type { HoldReason } from '../../model/hold-reason.ts';
import type { ResourceRef } from '../../model/ids.ts';
import { sharingGroup } from '../../plan/amount-of-removals.ts';
import type { PlannedRemoval } from '../../plan/plan.ts';
import type { WouldBeFreed } from '../../prices/freeing.ts';
import type { Funnel, Stage } from './funnel.ts';

type Sized = ResourceRef &
  Pick<PlannedRemoval, 'sizeGiB' | 'sharesWith' | 'remainingMonthlyCostUsdUpTo'> & {
    /** undefined: of a plan that doesn't tell. */
    readonly monthlyCostUsdUpTo?: number | null | undefined;
  };

/** One stage, resource by resource. */
export class Counted {
  readonly #amounts = new Amounts();
  #resources = 0;

  endTarget(): void {
    this.#amounts.closeGroups();
  }

  add(resource: Sized): void {
    const { monthlyCostUsdUpTo = null } = resource;
    this.#amounts.add({ ...resource, monthlyCostUsdUpTo }, sharingGroup(resource));
    this.#resources += 1;
  }

  /** It is counted where it is found stale itself. */
  addFreed({ monthlyCostUsdUpTo, sharingGroup: group }: WouldBeFreed<unknown>): void {
    this.#amounts.add({ sizeGiB: null, monthlyCostUsdUpTo }, group);
  }

  get total(): Stage {
    const { unsharedMonthlyCostUsdUpTo: _unshared, ...worth } = this.#amounts.total;
    return { resources: this.#resources, ...worth };
  }
}

/** A stage in which each is for a reason. */
export class Reasons {
  readonly #all = new Counted();
  readonly #byReason = new Map<HoldReason, Counted>();

  add(reason: HoldReason, resource: Sized): void {
    this.#all.add(resource);
    this.#of(reason).add(resource);
  }

  addFreed(reason: HoldReason, freed: WouldBeFreed<unknown>): void {
    this.#all.addFreed(freed);
    this.#of(reason).addFreed(freed);
  }

  endTarget(): void {
    for (const counted of [this.#all, ...this.#byReason.values()]) counted.endTarget();
  }

  #of(reason: HoldReason): Counted {
    const of = this.#byReason.get(reason) ?? new Counted();
    this.#byReason.set(reason, of);
    return of;
  }

  get total(): Funnel['needsDecision'] {
    const stages = [...this.#byReason].map(([reason, { total }]) => [reason, total]);
    type ByReason = Funnel['needsDecision']['byReason'];
    return { ...this.#all.total, byReason: Object.fromEntries(stages) as ByReason };
  }
}
