import { resourceKey } from '../model/ids.ts';
import { compare } from '../model/order.ts';
import { type RemovalOutcome, RemovalResult } from '../outcome/outcome.ts';
import { amountOfRemovals } from '../plan/amount-of-removals.ts';
import { brokenSets } from '../plan/together/broken-sets.ts';
import type { Plan, PlannedRemoval } from '../plan/plan.ts';
import { madeByAll } from '../prices/making.ts';
import { REMOVAL_RESULTS_WORST_FIRST, restorability } from './reconcile-removals.ts';
import type { Ends, Summary } from './summary.ts';

const LISTED_PROBLEMS = 50;

/**
 * How what was planned ended, of all kinds and of each.
 *
 * @param outcomes one for each removal of the plan
 */
export function foldRemovals(
  plan: Plan | null,
  outcomes: readonly RemovalOutcome[],
): Summary['removals'] {
  const removed = outcomes.filter(({ outcome }) => outcome === 'REMOVED');
  const planned = plan?.status === 'READY' ? plan.removals : [];
  const asPlanned = new Map(plan?.removals.map((removal) => [resourceKey(removal), removal]));
  const kinds = new Set([...planned, ...outcomes].map(({ kind }) => kind));
  const byKind = [...kinds].toSorted(compare).map((kind) => {
    const isOf = (one: { readonly kind: string }) => one.kind === kind;
    return [kind, endsOf(planned.filter(isOf).length, outcomes.filter(isOf), asPlanned)] as const;
  });
  return {
    ...endsOf(planned.length, outcomes, asPlanned),
    ...(byKind.length > 0 && { byKind: Object.fromEntries(byKind) }),
    notSeenInRecycleBin: restorability(removed).notSeenInRecycleBin,
    removedOfBrokenSets: brokenSets(removed),
    problems: outcomes
      .filter(({ outcome }) => outcome !== 'REMOVED' && outcome !== 'STEP_DONE')
      .toSorted((a, b) => severity(a) - severity(b))
      .slice(0, LISTED_PROBLEMS),
  };
}

function endsOf(
  planned: number,
  outcomes: readonly RemovalOutcome[],
  asPlanned: ReadonlyMap<string, PlannedRemoval>,
): Ends {
  const count = (result: RemovalResult) =>
    outcomes.filter(({ outcome }) => outcome === result).length;
  const removed = outcomes.filter(({ outcome }) => outcome === 'REMOVED');
  const amount = amountOfRemovals(
    removed.map((outcome) => ({ ...asPlanned.get(resourceKey(outcome)), ...outcome })),
  );
  const { notSeenInRecycleBin: _notSeen, ...restorable } = restorability(removed);
  const steps = outcomes.filter(({ outcome }) => outcome === 'STEP_DONE');
  const next = steps.flatMap(({ nextAt }) => nextAt ?? []).toSorted();
  const [firstFrom, allFrom] = [next[0], next.at(-1)];
  const made = madeByAll(steps.map((one) => asPlanned.get(resourceKey(one)) ?? {}));
  return {
    planned,
    byOutcome: Object.fromEntries(
      RemovalResult.options.map((result) => [result, count(result)]),
    ) as Record<RemovalResult, number>,
    removedGiB: amount.sizeGiB,
    removedMonthlyCostUsdUpTo: amount.monthlyCostUsdUpTo,
    removedUnpricedGiB: amount.unpricedGiB,
    removedUnpricedUnsized: amount.unpricedUnsized,
    ...(firstFrom !== undefined && allFrom !== undefined && { goesOn: { firstFrom, allFrom } }),
    ...(made && { made }),
    ...restorable,
  };
}

function severity({ outcome }: RemovalOutcome): number {
  return REMOVAL_RESULTS_WORST_FIRST.indexOf(outcome);
}
