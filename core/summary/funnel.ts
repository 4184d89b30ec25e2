import { z } from 'zod';
import { DAY_MS } from '../model/age.ts';
import { Amounts, NO_WORTH, Worth } from '../model/amount.ts';
import { Freeing, type WouldBeFreed } from '../prices/freeing.ts';
import { sharingGroup } from '../plan/amount-of-removals.ts';
import { holdsBySet } from '../plan/held-sets.ts';
import { resourceKey, type ResourceRef, Timestamp } from '../model/ids.ts';
import { leastOf, mostOf } from '../model/order.ts';
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
export function funnelOf(of: {
  readonly counts: Found;
  readonly plan: Plan;
  /** One for each removal of the plan, or none where nothing is removed yet. */
  readonly removals: Iterable<Pick<RemovalOutcome, 'outcome'> & ResourceRef>;
}): Funnel {
  const { counts, plan } = of;
  const [inGrace, waiting, needsDecision] = [new Counted(), new Reasons(), new Reasons()];
  const [removable, removed, obtainable] = [new Counted(), new Counted(), new Counted()];
  const graceEnds: string[] = [];
  const outcomes = new Map([...of.removals].map((one) => [resourceKey(one), one.outcome]));
  const freeing = new Freeing<Holder>();
  let isAnyNow = false;
  for (const removal of plan.removals) {
    // A report's plan that a delete execution would refuse: somebody has to look first.
    if (plan.refusal !== null) {
      needsDecision.add('OVER_LIMIT', removal);
      freeing.add(holder(removal, 'needsDecision', 'OVER_LIMIT'), true);
      continue;
    }
    // By a wrong clock no grace is over: nobody can apply such a plan, and a later run knows more.
    if (plan.clock !== undefined) {
      obtainable.add(removal);
      inGrace.add(removal);
      freeing.add(holder(removal, 'inGrace'), true);
      continue;
    }
    const outcome = outcomes.get(resourceKey(removal));
    removable.add(removal);
    if (outcome === 'REMOVED') removed.add(removal);
    const isToBeHad = outcome === undefined || STILL_TO_BE_HAD.has(outcome);
    if (isToBeHad) obtainable.add(removal);
    // Its next step isn't due yet.
    if (isToBeHad && outcome !== 'STEP_DONE') isAnyNow = true;
    freeing.add(
      holder(removal, 'removable'),
      isToBeHad || outcome === 'REMOVED' || outcome === 'ALREADY_GONE',
    );
  }
  const holdOf = holdsBySet(plan.held);
  for (const held of plan.held) {
    // It isn't among what was found stale.
    if (held.held.includes('NOT_STALE_NOW')) continue;
    const { reason, liftedBy, together } = holdOf(held);
    if (liftedBy === 'PERSON') {
      needsDecision.add(reason, held);
      freeing.add(holder(held, 'needsDecision', reason), true);
      continue;
    }
    obtainable.add(held);
    if (reason === 'IN_GRACE') {
      inGrace.add(held);
      graceEnds.push(...graceEndOf(together, plan));
    } else waiting.add(reason, held);
    freeing.add(holder(held, reason === 'IN_GRACE' ? 'inGrace' : 'waiting', reason), true);
  }
  for (const freed of freeing) {
    const { stage, reason } = lastOf(freed.holders);
    if (stage === 'needsDecision') needsDecision.addFreed(reason, freed);
    else obtainable.addFreed(freed);
    if (stage === 'inGrace') inGrace.addFreed(freed);
    if (stage === 'waiting') waiting.addFreed(reason, freed);
  }
  const ends = graceEnds.map((end) => Date.parse(end));
  const [firstUntil, lastUntil] = [timeOf(leastOf(ends)), timeOf(mostOf(ends))];
  const isAnyByNow = isAnyNow || waiting.total.resources > 0;
  return {
    stale: { resources: counts.verdicts.STALE, ...worthOfStale(counts) },
    inGrace: { ...inGrace.total, firstUntil, lastUntil },
    waiting: waiting.total,
    needsDecision: needsDecision.total,
    removable: removable.total,
    obtainable: {
      ...obtainable.total,
      from: isAnyByNow && plan.clock === undefined ? plan.createdAt : firstUntil,
    },
    removed: removed.total,
    saved: null,
  };
}

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
 * When the grace of all that goes together is over. None where nobody knows since when one of them
 * is stale, or by a wrong clock: then nobody knows until when the grace lasts.
 */
function graceEndOf(together: readonly HeldRemoval[], plan: Plan): string[] {
  if (plan.clock !== undefined) return [];
  const ends = together
    .filter(({ held }) => held.includes('IN_GRACE'))
    .map(({ staleSince, graceDays, accountId, kind }) =>
      staleSince === null
        ? NaN
        : Date.parse(staleSince) +
          (graceDays ?? graceDaysOf(policyOf(plan, accountId), kind)) * DAY_MS,
    );
  const last = new Date(mostOf(ends));
  return ends.some(Number.isNaN) || Number.isNaN(last.getTime()) ? [] : [last.toISOString()];
}

function timeOf(ms: number): string | null {
  return Number.isFinite(ms) ? new Date(ms).toISOString() : null;
}
