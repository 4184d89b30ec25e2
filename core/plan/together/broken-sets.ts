import type { RemovalOutcome, RemovalResult } from '../../outcome/outcome.ts';
import type { Plan, PlannedRemoval } from '../plan.ts';
import { groupBySet } from './sets.ts';
import { resourceKey, type ResourceRef } from '../../model/ids.ts';

/**
 * Of a part of a set that is gone while another part stays, and of that other part.
 *
 * @internal The proof asks for it.
 */
export const SET_BROKEN = 'SET_BROKEN';

/** Nobody was to keep it as it was. */
const GONE: ReadonlySet<RemovalResult> = new Set(['REMOVED', 'ALREADY_GONE', 'STEP_DONE']);

/** Whether a removal that ended so leaves its resource where it is, as far as anybody knows. */
export function stays({ outcome }: Pick<RemovalOutcome, 'outcome'>): boolean {
  return !GONE.has(outcome);
}

/** The same in all of an organization for what stays or goes together; undefined: for itself. */
export function setKeyOf({
  set,
  ...of
}: ResourceRef & Pick<PlannedRemoval, 'set'>): string | undefined {
  return set && resourceKey({ ...of, resourceId: set.id });
}

/**
 * The outcomes with the reason SET_BROKEN on all of each set that an execution removed a part of:
 * nothing can undo that by itself, so it must be told. Whatever ended the work in the middle.
 */
export function tellBrokenSets(
  plan: Plan | null,
  outcomes: readonly RemovalOutcome[],
): RemovalOutcome[] {
  const planned = (plan?.removals ?? []).filter(({ set }) => set !== undefined);
  if (planned.length === 0) return [...outcomes];
  const outcomeOf = new Map(outcomes.map((outcome) => [resourceKey(outcome), outcome]));
  const broken = new Set<string>();
  for (const set of groupBySet(planned, setKeyOf)) {
    const ended = set.flatMap((removal) => outcomeOf.get(resourceKey(removal)) ?? []);
    if (!ended.some(({ outcome }) => outcome === 'REMOVED') || !ended.some(stays)) continue;
    for (const removal of set) broken.add(resourceKey(removal));
  }
  return outcomes.map((outcome) =>
    broken.has(resourceKey(outcome))
      ? { ...outcome, reasons: [...new Set([...outcome.reasons, SET_BROKEN])] }
      : outcome,
  );
}

/** What was removed of broken sets, by account and Region: restoring it makes them whole. */
export function brokenSets(removed: readonly RemovalOutcome[]): Omit<ResourceRef, 'kind'>[] {
  return removed
    .filter(({ reasons }) => reasons.includes(SET_BROKEN))
    .map(({ accountId, region, resourceId }) => ({ accountId, region, resourceId }));
}
