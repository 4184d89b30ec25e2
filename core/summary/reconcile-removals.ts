import { type RemovalOutcome, type RemovalResult, toRemovalOutcome } from '../outcome/outcome.ts';
import { compare } from '../model/order.ts';
import type { Plan, PlannedRemoval } from '../plan/plan.ts';
import { resourceKey } from '../model/ids.ts';
import { NOT_SEEN_IN_BIN } from '../outcome/recycle-bin.ts';
import type { UndoWay } from '../outcome/undo.ts';
import type { Ends, Summary } from './summary.ts';

/** What most needs a person's eye first. */
export const REMOVAL_RESULTS_WORST_FIRST: readonly RemovalResult[] = [
  'FAILED',
  'DENIED',
  'NOT_ATTEMPTED',
  'PROTECTED',
  'NO_LONGER_STALE',
  'ALREADY_GONE',
  'STEP_DONE',
  'REMOVED',
];

/**
 * One outcome for every removal of a plan, in its order: what has none is NOT_ATTEMPTED. What was
 * recorded twice and differently is believed to be REMOVED if any record says so, as that can't be
 * taken back, or one step further, else to be the worst. Only a READY plan has removals to account for; outcomes of
 * resources that aren't in it come last.
 *
 * @param missing the reason of those that have none
 */
export function reconcileRemovals(
  plan: Plan | null,
  outcomes: Iterable<RemovalOutcome>,
  now: Date,
  missing: 'OUTCOME_MISSING' | 'NOT_APPROVED' = 'OUTCOME_MISSING',
): RemovalOutcome[] {
  const byResource = new Map<string, RemovalOutcome>();
  for (const outcome of outcomes) {
    const other = byResource.get(resourceKey(outcome));
    if (other === undefined || believes(outcome, other))
      byResource.set(resourceKey(outcome), outcome);
  }
  const planned = plan?.status === 'READY' ? plan.removals : [];
  const accounted = planned.map((removal) => {
    const outcome = byResource.get(resourceKey(removal));
    byResource.delete(resourceKey(removal));
    return outcome ?? notAttempted(removal, missing, now.toISOString());
  });
  const unplanned = [...byResource].toSorted(([a], [b]) => compare(a, b));
  return [...accounted, ...unplanned.map(([, outcome]) => outcome)];
}

/** Carried out; the last is the furthest. */
const DONE: readonly RemovalResult[] = ['STEP_DONE', 'REMOVED'];

function believes(a: RemovalOutcome, b: RemovalOutcome): boolean {
  const rank = ({ outcome }: RemovalOutcome) =>
    DONE.includes(outcome)
      ? -1 - DONE.indexOf(outcome)
      : REMOVAL_RESULTS_WORST_FIRST.indexOf(outcome);
  return (rank(b) - rank(a) || compare(JSON.stringify(a), JSON.stringify(b))) > 0;
}

function notAttempted(removal: PlannedRemoval, reason: string, at: string): RemovalOutcome {
  const ending = {
    outcome: 'NOT_ATTEMPTED',
    reasons: [reason],
    intentAt: null,
  } as const;
  return toRemovalOutcome(removal, { ...ending, at });
}

type Restorability = Pick<Ends, 'restorable' | 'restorableUntil' | 'undoneOtherwise'>;

/** What can be brought back of what was removed. */
export function restorability(
  removed: readonly RemovalOutcome[],
): Pick<Summary['removals'], 'notSeenInRecycleBin'> & Restorability {
  const otherwise: Partial<Record<UndoWay, number>> = {};
  for (const { restorableUntil, undo } of removed)
    if (restorableUntil === null && undo !== undefined && undo !== 'NONE')
      otherwise[undo] = (otherwise[undo] ?? 0) + 1;
  const until = removed.flatMap(({ restorableUntil }) => restorableUntil ?? []);
  return {
    restorable: until.length,
    restorableUntil: until.toSorted()[0] ?? null,
    ...(Object.keys(otherwise).length > 0 && { undoneOtherwise: otherwise }),
    notSeenInRecycleBin: removed
      .filter(({ reasons }) => reasons.includes(NOT_SEEN_IN_BIN))
      .map(({ accountId, region, resourceId }) => ({ accountId, region, resourceId })),
  };
}
