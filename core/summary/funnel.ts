import { z } from 'zod';
import { DAY_MS } from '../model/age.ts';
import { Amounts, NO_WORTH, Worth } from '../model/amount.ts';
import { Freeing, type WouldBeFreed } from '../prices/freeing.ts';
import { sharingGroup } from '../plan/amount-of-removals.ts';
import { hardestOf, type Hold, holdsBySet } from '../plan/hold-lift.ts';
import { resourceKey, type ResourceRef, Timestamp } from '../model/ids.ts';
import { mostOf } from '../model/order.ts';
import type { KindCounts, RemovalOutcome, StaleWorth } from '../outcome/outcome.ts';
import type { HeldRemoval, Plan, PlannedRemoval } from '../plan/plan.ts';
import { HoldReason } from '../model/hold-reason.ts';
import { graceDaysOf } from '../input/of-kind.ts';
import { policyOf } from '../input/policy-for.ts';
import { worthOfStale } from './worth.ts';

/**
 * How many resources, and what they come to at most. Of those that share data the largest counts,
 * once, so the money of several stages doesn't add up: each is an upper bound of its own.
 */
export const Stage = z.strictObject({
  resources: z.int().min(0),
  ...Worth.shape,
});
export type Stage = z.infer<typeof Stage>;

const byReason = z.partialRecord(HoldReason, Stage);
type ByReason = z.infer<typeof byReason>;

/**
 * Where the stale resources of an execution stand on their way out. Each of them is in one of
 * `inGrace`, `waiting`, `needsDecision` and `removable`. What they free in resources of other kinds
 * is with the last of its holders, and in `obtainable`. Removing a holder doesn't save it yet: it is
 * neither in `removable` nor in `removed`.
 */
export const Funnel = z.strictObject({
  stale: Stage,
  /** Held by the grace, and by nothing that a person has to decide. */
  inGrace: Stage.extend({
    /** When the grace of the first of them ends, and that of the last. */
    firstUntil: Timestamp.nullable(),
    lastUntil: Timestamp.nullable(),
  }),
  /** Not in grace; later executions lift what holds them without anybody's doing. */
  waiting: Stage.extend({ byReason }),
  /** A person has to decide; each under the one of its reasons that is hardest to lift. */
  needsDecision: Stage.extend({ byReason }),
  /** What the plan removes, or would, by a delete execution started when it was made. */
  removable: Stage,
  /** Still to be had, without any decision: `removable` but for what is gone, `inGrace`, `waiting`. */
  obtainable: Stage.extend({
    /** When the first of it can be removed; null: nothing of it, or nobody knows. */
    from: Timestamp.nullable(),
  }),
  removed: Stage,
  /** By all executions so far; null: not known. */
  saved: z
    .strictObject({
      /** When the first execution that is counted began, of whatever scope. */
      since: Timestamp.nullable(),
      /** Not billed any more. */
      gone: Stage,
      /** In the Recycle Bin, and billed as before. */
      inRecycleBin: Stage.extend({ lastUntil: Timestamp.nullable() }),
    })
    .nullable(),
});
export type Funnel = z.infer<typeof Funnel>;

export const EMPTY_STAGE: Stage = { resources: 0, ...NO_WORTH };

/** What a plan and its removals make of what was found stale. `saved` is told by what was before. */
export class FunnelCount {
  readonly #plan: PlanToCount;
  readonly #outcomes: ReadonlyMap<string, RemovalOutcome['outcome']>;
  readonly #kinds = new Set<string>();
  readonly #stale = new Counted();
  readonly #inGrace = new Counted();
  readonly #waiting = new Reasons();
  readonly #needsDecision = new Reasons();
  readonly #removable = new Counted();
  readonly #removed = new Counted();
  readonly #obtainable = new Counted();
  #freeing = new Freeing<Holder>();
  #inSets: HeldRemoval[] = [];
  #firstUntil = Infinity;
  #lastUntil = -Infinity;
  #isAnyNow = false;

  /** @param removals one for each removal of the plan, or none where nothing is removed yet */
  constructor(
    plan: PlanToCount,
    removals: Iterable<Pick<RemovalOutcome, 'outcome'> & ResourceRef> = [],
  ) {
    this.#plan = plan;
    this.#outcomes = new Map([...removals].map((one) => [resourceKey(one), one.outcome]));
  }

  addRemoval(removal: PlannedRemoval): void {
    this.#kinds.add(removal.kind);
    this.#stale.add(removal);
    // A report's plan that a delete execution would refuse: somebody has to look first.
    if (this.#plan.refusal !== null) {
      this.#needsDecision.add('OVER_LIMIT', removal);
      this.#freeing.add(holder(removal, 'needsDecision', 'OVER_LIMIT'), true);
      return;
    }
    // By a wrong clock no grace is over: nobody can apply such a plan, and a later run knows more.
    if (this.#plan.clock !== undefined) {
      this.#obtainable.add(removal);
      this.#inGrace.add(removal);
      this.#freeing.add(holder(removal, 'inGrace'), true);
      return;
    }
    const outcome = this.#outcomes.get(resourceKey(removal));
    this.#removable.add(removal);
    if (outcome === 'REMOVED') this.#removed.add(removal);
    const isToBeHad = outcome === undefined || STILL_TO_BE_HAD.has(outcome);
    if (isToBeHad) this.#obtainable.add(removal);
    // Its next step isn't due yet.
    if (isToBeHad && outcome !== 'STEP_DONE') this.#isAnyNow = true;
    this.#freeing.add(
      holder(removal, 'removable'),
      isToBeHad || outcome === 'REMOVED' || outcome === 'ALREADY_GONE',
    );
  }

  addHeld(held: HeldRemoval): void {
    this.#kinds.add(held.kind);
    if (held.set !== undefined) this.#inSets.push(held);
    else this.#addHold(held, { ...hardestOf(held), together: [held] });
  }

  /** All of a target has been told: nothing shares data, or goes together, over several of them. */
  endTarget(): void {
    const holdOf = holdsBySet(this.#inSets);
    for (const held of this.#inSets) this.#addHold(held, holdOf(held));
    for (const freed of this.#freeing) {
      const { stage, reason } = lastOf(freed.holders);
      if (stage === 'needsDecision') this.#needsDecision.addFreed(reason, freed);
      else this.#obtainable.addFreed(freed);
      if (stage === 'inGrace') this.#inGrace.addFreed(freed);
      if (stage === 'waiting') this.#waiting.addFreed(reason, freed);
    }
    this.#inSets = [];
    this.#freeing = new Freeing();
    const single = [this.#stale, this.#inGrace, this.#removable, this.#removed, this.#obtainable];
    for (const counted of [...single, this.#waiting, this.#needsDecision]) counted.endTarget();
  }

  #addHold(held: HeldRemoval, { reason, liftedBy, together }: Hold): void {
    // It isn't among what was found stale.
    if (held.held.includes('NOT_STALE_NOW')) return;
    this.#stale.add(held);
    if (liftedBy === 'PERSON') {
      this.#needsDecision.add(reason, held);
      this.#freeing.add(holder(held, 'needsDecision', reason), true);
      return;
    }
    this.#obtainable.add(held);
    if (reason === 'IN_GRACE') {
      this.#inGrace.add(held);
      const end = graceEndOf(together, this.#plan);
      this.#firstUntil = Math.min(this.#firstUntil, end ?? Infinity);
      this.#lastUntil = Math.max(this.#lastUntil, end ?? -Infinity);
    } else this.#waiting.add(reason, held);
    this.#freeing.add(holder(held, reason === 'IN_GRACE' ? 'inGrace' : 'waiting', reason), true);
  }

  /** @param found what was found stale; left out: what the plan tells of */
  total(found?: Found): Funnel {
    const { clock, createdAt } = this.#plan;
    const [firstUntil, lastUntil] = [timeOf(this.#firstUntil), timeOf(this.#lastUntil)];
    const waiting = this.#waiting.total;
    const isAnyByNow = this.#isAnyNow || waiting.resources > 0;
    return {
      stale: found
        ? { resources: found.verdicts.STALE, ...worthOfStale(found) }
        : this.#stale.total,
      inGrace: { ...this.#inGrace.total, firstUntil, lastUntil },
      waiting,
      needsDecision: this.#needsDecision.total,
      removable: this.#removable.total,
      obtainable: {
        ...this.#obtainable.total,
        from: isAnyByNow && clock === undefined ? createdAt : firstUntil,
      },
      removed: this.#removed.total,
      saved: null,
    };
  }

  /** Of all that the plan tells of, in its order. */
  get kinds(): string[] {
    return [...this.#kinds];
  }
}

type PlanToCount = Pick<Plan, 'refusal' | 'clock' | 'createdAt' | 'policy' | 'policies'>;

/** What was found stale, and what it comes to. */
type Found = Pick<KindCounts, 'verdicts'> & StaleWorth;

type Sized = ResourceRef &
  Pick<PlannedRemoval, 'sizeGiB' | 'sharesWith' | 'remainingMonthlyCostUsdUpTo'> & {
    /** undefined: of a plan that doesn't tell. */
    readonly monthlyCostUsdUpTo?: number | null | undefined;
  };

/** In the order in which they end. */
const STAGES = ['removable', 'inGrace', 'waiting', 'needsDecision'] as const;

interface Holder extends ResourceRef, Pick<HeldRemoval, 'frees'> {
  readonly stage: (typeof STAGES)[number];
  /** Of those that are held. */
  readonly reason: HoldReason;
}

function holder(
  of: ResourceRef & Pick<HeldRemoval, 'frees'>,
  stage: Holder['stage'],
  reason: HoldReason = 'IN_GRACE',
): Holder {
  const { kind, accountId, region, resourceId, frees } = of;
  return { kind, accountId, region, resourceId, frees, stage, reason };
}

function lastOf(holders: readonly Holder[]): Pick<Holder, 'stage' | 'reason'> {
  const ordered = holders.toSorted((a, b) => STAGES.indexOf(b.stage) - STAGES.indexOf(a.stage));
  return ordered[0] ?? { stage: 'needsDecision', reason: 'OVER_LIMIT' };
}

/** Planned, and neither removed nor found needed or gone: a later execution may remove it. */
const STILL_TO_BE_HAD: ReadonlySet<RemovalOutcome['outcome']> = new Set([
  'DENIED',
  'FAILED',
  'NOT_ATTEMPTED',
  'STEP_DONE',
]);

class Counted {
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

class Reasons {
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
    return { ...this.#all.total, byReason: Object.fromEntries(stages) as ByReason };
  }
}

/**
 * When the grace of all that goes together is over. Undefined where nobody knows since when one of them
 * is stale, or by a wrong clock: then nobody knows until when the grace lasts.
 */
function graceEndOf(together: readonly HeldRemoval[], plan: PlanToCount): number | undefined {
  if (plan.clock !== undefined) return undefined;
  const ends = together
    .filter(({ held }) => held.includes('IN_GRACE'))
    .map(({ staleSince, graceDays, accountId, kind }) =>
      staleSince === null
        ? NaN
        : Date.parse(staleSince) +
          (graceDays ?? graceDaysOf(policyOf(plan, accountId), kind)) * DAY_MS,
    );
  const last = new Date(mostOf(ends)).getTime();
  return ends.some(Number.isNaN) || Number.isNaN(last) ? undefined : last;
}

function timeOf(ms: number): string | null {
  return Number.isFinite(ms) ? new Date(ms).toISOString() : null;
}
