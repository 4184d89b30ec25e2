import type { HoldReason } from '../../model/hold-reason.ts';
import { liftedWhen } from '../../plan/hold-lift.ts';
import type { HeldRemoval } from '../../plan/plan.ts';
import { Counted, Reasons } from './counted.ts';
import type { Funnel, Stage } from './funnel.ts';

/** The stages of one way out: of all kinds together, or of one. */
export class Stages {
  readonly stale = new Counted();
  readonly inGrace = new Counted();
  readonly waiting = new Reasons();
  readonly needsDecision = new Reasons();
  readonly inSteps = new Counted();
  readonly removable = new Counted();
  readonly removed = new Counted();
  readonly obtainable = new Counted();
  /** Some of what can be had needs nothing but an execution that removes it. */
  isAnyNow = false;
  /** Some is between two steps. */
  #isAnyInBetween = false;
  #firstUntilMs = Infinity;
  #lastUntilMs = -Infinity;

  addWaiting(reason: HoldReason, held: HeldRemoval): void {
    this.waiting.add(reason, held);
    const when = liftedWhen(reason);
    if (when === 'NEXT') this.isAnyNow = true;
    if (when === 'LATER') this.#isAnyInBetween = true;
  }

  /** @param ms when the grace of one ends; undefined: nobody knows */
  addGraceEnd(ms: number | undefined): void {
    this.#firstUntilMs = Math.min(this.#firstUntilMs, ms ?? Infinity);
    this.#lastUntilMs = Math.max(this.#lastUntilMs, ms ?? -Infinity);
  }

  endTarget(): void {
    const { stale, inGrace, inSteps, removable, removed, obtainable, waiting } = this;
    for (const counted of [stale, inGrace, inSteps, removable, removed, obtainable])
      counted.endTarget();
    for (const counted of [waiting, this.needsDecision]) counted.endTarget();
  }

  /**
   * @param now when the plan was made; null: nobody knows
   * @param found what was found stale; left out: what the plan tells of
   */
  total(now: string | null, found: Stage = this.stale.total): Funnel {
    const [firstUntil, lastUntil] = [timeOf(this.#firstUntilMs), timeOf(this.#lastUntilMs)];
    const inSteps = this.inSteps.total;
    // What is copied goes by the next run, and nobody knows when that is: no day holds for both.
    const laterFrom = inSteps.resources > 0 || this.#isAnyInBetween ? null : firstUntil;
    const isAnyByNow = now !== null && this.isAnyNow;
    return {
      stale: found,
      inGrace: { ...this.inGrace.total, firstUntil, lastUntil },
      waiting: this.waiting.total,
      needsDecision: this.needsDecision.total,
      ...(inSteps.resources > 0 && { inSteps }),
      removable: this.removable.total,
      obtainable: { ...this.obtainable.total, from: isAnyByNow ? now : laterFrom },
      removed: this.removed.total,
      saved: null,
    };
  }
}

function timeOf(ms: number): string | null {
  return Number.isFinite(ms) ? new Date(ms).toISOString() : null;
}
