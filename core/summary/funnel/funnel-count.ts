import { DAY_MS } from '../../model/age.ts';
import { resourceKey, type ResourceRef } from '../../model/ids.ts';
import { compare, mostOf } from '../../model/order.ts';
import type { HoldReason } from '../../model/hold-reason.ts';
import type { RemovalOutcome } from '../../outcome/outcome.ts';
import { graceDaysOf } from '../../input/of-kind.ts';
import { policyOf } from '../../input/policy-for.ts';
import { hardestOf, liftedWhen } from '../../plan/hold-lift.ts';
import type { HeldRemoval, Plan, PlannedRemoval } from '../../plan/plan.ts';
import { type Hold, holdsBySet } from '../../plan/together/holds-by-set.ts';
import { Freeing } from '../../prices/freeing.ts';
import type { Funnel, FunnelByKind, Stage } from './funnel.ts';
import { Stages } from './stages.ts';

/**
 * What a plan and its removals make of what was found stale, of all kinds and of each by itself.
 * `saved` is told by what was before.
 */
export class FunnelCount {
  readonly #plan: PlanToCount;
  readonly #outcomes: ReadonlyMap<string, RemovalOutcome['outcome']>;
  readonly #ofAll = new Stages();
  readonly #byKind = new Map<string, Stages>();
  #freeing = new Freeing<Holder>();
  #inSets: HeldRemoval[] = [];

  /** @param removals one for each removal of the plan, or none where nothing is removed yet */
  constructor(
    plan: PlanToCount,
    removals: Iterable<Pick<RemovalOutcome, 'outcome'> & ResourceRef> = [],
  ) {
    this.#plan = plan;
    this.#outcomes = new Map([...removals].map((one) => [resourceKey(one), one.outcome]));
  }

  addRemoval(removal: PlannedRemoval): void {
    for (const stages of this.#of(removal.kind)) this.#addRemoval(stages, removal);
    const { stage, reason } = this.#stageOf(removal);
    this.#freeing.add(holder(removal, stage, reason), this.#goes(removal));
  }

  addHeld(held: HeldRemoval): void {
    if (held.set !== undefined) {
      this.#of(held.kind);
      this.#inSets.push(held);
    } else this.#addHold(held, { ...hardestOf(held), together: [held] });
  }

  /** All of a target has been told: nothing shares data, or goes together, over several of them. */
  endTarget(): void {
    const holdOf = holdsBySet(this.#inSets);
    for (const held of this.#inSets) this.#addHold(held, holdOf(held));
    for (const freed of this.#freeing) {
      const { stage, reason } = lastOf(freed.holders);
      for (const stages of this.#of(freed.holderKind)) {
        if (stage === 'needsDecision') stages.needsDecision.addFreed(reason, freed);
        else if (isToBeHad(stage, reason)) stages.obtainable.addFreed(freed);
        if (stage === 'inGrace') stages.inGrace.addFreed(freed);
        if (stage === 'waiting') stages.waiting.addFreed(reason, freed);
      }
    }
    this.#inSets = [];
    this.#freeing = new Freeing();
    for (const stages of [this.#ofAll, ...this.#byKind.values()]) stages.endTarget();
  }

  /** @param found what was found stale; left out: what the plan tells of */
  total(found?: Stage): Funnel {
    return this.#ofAll.total(this.#now, found);
  }

  /** @param found by kind; one that isn't in it was found by nobody, and is told as the plan has it */
  byKind(found: ReadonlyMap<string, Stage> = new Map()): FunnelByKind {
    const kinds = new Set([...found.keys(), ...this.#byKind.keys()]);
    return Object.fromEntries(
      [...kinds].toSorted(compare).map((kind) => {
        const stages = this.#byKind.get(kind) ?? new Stages();
        return [kind, stages.total(this.#now, found.get(kind))];
      }),
    );
  }

  /** Of all that the plan tells of, in its order. */
  get kinds(): string[] {
    return [...this.#byKind.keys()];
  }

  /** null: by a wrong clock, nobody knows. */
  get #now(): string | null {
    return this.#plan.clock === undefined ? this.#plan.createdAt : null;
  }

  #of(kind: string): readonly Stages[] {
    const ofKind = this.#byKind.get(kind) ?? new Stages();
    this.#byKind.set(kind, ofKind);
    return [this.#ofAll, ofKind];
  }

  #stageOf({ goesOn }: PlannedRemoval): Pick<Holder, 'stage' | 'reason'> {
    // A report's plan that a delete execution would refuse: somebody has to look first.
    if (this.#plan.refusal !== null) {
      return { stage: 'needsDecision', reason: 'OVER_LIMIT' };
    }
    // By a wrong clock no grace is over: nobody can apply such a plan, and a later run knows more.
    if (this.#plan.clock !== undefined) {
      return { stage: 'inGrace', reason: 'IN_GRACE' };
    }
    return { stage: goesOn ? 'inSteps' : 'removable', reason: 'IN_GRACE' };
  }

  #addRemoval(stages: Stages, removal: PlannedRemoval): void {
    const { stage, reason } = this.#stageOf(removal);
    stages.stale.add(removal);
    if (stage === 'needsDecision') {
      stages.needsDecision.add(reason, removal);
      return;
    }
    if (stage === 'inGrace') {
      stages.obtainable.add(removal);
      stages.inGrace.add(removal);
      return;
    }
    const outcome = this.#outcomes.get(resourceKey(removal));
    const counted = stage === 'inSteps' ? stages.inSteps : stages.removable;
    counted.add(removal);
    if (outcome === 'REMOVED') stages.removed.add(removal);
    const isLeft = outcome === undefined || STILL_TO_BE_HAD.has(outcome);
    if (isLeft) stages.obtainable.add(removal);
    // What has another step before it, or after one, isn't gone by one more execution for sure.
    if (isLeft && stage === 'removable' && outcome !== 'STEP_DONE') stages.isAnyNow = true;
  }

  /** Whether it goes, or went. */
  #goes(removal: PlannedRemoval): boolean {
    const outcome = this.#outcomes.get(resourceKey(removal));
    if (outcome === undefined || this.#plan.refusal !== null || this.#plan.clock !== undefined)
      return true;
    return STILL_TO_BE_HAD.has(outcome) || outcome === 'REMOVED' || outcome === 'ALREADY_GONE';
  }

  #addHold(held: HeldRemoval, hold: Hold): void {
    const all = this.#of(held.kind);
    // It isn't among what was found stale.
    if (held.held.includes('NOT_STALE_NOW')) return;
    const { reason, liftedBy, together } = hold;
    const stage =
      liftedBy === 'PERSON' ? 'needsDecision' : reason === 'IN_GRACE' ? 'inGrace' : 'waiting';
    for (const stages of all) {
      stages.stale.add(held);
      if (stage === 'needsDecision') stages.needsDecision.add(reason, held);
      else if (isToBeHad(stage, reason)) stages.obtainable.add(held);
      if (stage === 'waiting') stages.addWaiting(reason, held);
      if (stage !== 'inGrace') continue;
      stages.inGrace.add(held);
      stages.addGraceEnd(graceEndOf(together, this.#plan));
    }
    this.#freeing.add(holder(held, stage, reason), true);
  }
}

/** By a run on some day: not where that depends on what becomes of something else. */
function isToBeHad(stage: Holder['stage'], reason: HoldReason): boolean {
  return stage !== 'waiting' || liftedWhen(reason) !== 'AFTER_OTHERS';
}

type PlanToCount = Pick<Plan, 'refusal' | 'clock' | 'createdAt' | 'policy' | 'policies'>;

/** In the order in which they end. */
const STAGES = ['removable', 'inSteps', 'inGrace', 'waiting', 'needsDecision'] as const;

interface Holder extends ResourceRef, Pick<HeldRemoval, 'frees'> {
  readonly stage: (typeof STAGES)[number];
  /** Of those that are held. */
  readonly reason: HoldReason;
}

function holder(
  of: ResourceRef & Pick<HeldRemoval, 'frees'>,
  stage: Holder['stage'],
  reason: HoldReason,
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
