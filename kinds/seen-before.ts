import type { MadeById } from '../core/history/made.ts';
import { observedNow } from '../core/history/observations.ts';
import type { Policy } from '../core/input/input.ts';
import { keyInTarget } from '../core/model/ids.ts';
import type { Observations, Verdict } from '../core/model/verdict.ts';
import type { Look } from './look.ts';

/** A kind as far as it gives a verdict on what it sees now and what was seen before. */
interface ObservingKind {
  readonly kind: string;
  assess(facts: unknown, policy: Policy, now: Date, seen?: Observations, made?: MadeById): Verdict;
  observe?(facts: unknown): readonly string[];
  describe(
    facts: unknown,
    look: Look,
  ): { readonly resourceId: string; readonly startedAt: string | null };
}

/** The verdict on one resource as of a look, and the states that it is seen in, since when. */
export function assessIn(
  kind: ObservingKind,
  facts: unknown,
  look: Look,
): { readonly verdict: Verdict; readonly observed: Observations } {
  const { policy, now, history, made } = look;
  const states = kind.observe?.(facts) ?? [];
  if (states.length === 0)
    return { verdict: kind.assess(facts, policy, now, {}, made), observed: {} };
  const { resourceId, startedAt } = kind.describe(facts, look);
  const key = keyInTarget({ kind: kind.kind, resourceId });
  const observed = observedNow(history, key, states, { now, startedAt });
  return { verdict: kind.assess(facts, policy, now, observed, made), observed };
}
