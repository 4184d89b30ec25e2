import { z } from 'zod';
import { addWorth, mostWorthFirst, unpricedUnsized, type Worth } from '../model/amount.ts';
import type { StaleWorth } from '../outcome/outcome.ts';

/** What is stale comes to. */
export function worthOfStale(of: StaleWorth): Worth {
  return {
    sizeGiB: of.staleGiB,
    monthlyCostUsdUpTo: of.staleMonthlyCostUsdUpTo,
    unpricedGiB: of.unpricedGiB,
    unpricedUnsized: of.unpricedUnsized,
  };
}

/** As counts and shares hold it. */
export function toStaleWorth(worth: Worth): StaleWorth {
  return {
    staleGiB: worth.sizeGiB,
    staleMonthlyCostUsdUpTo: worth.monthlyCostUsdUpTo,
    unpricedGiB: worth.unpricedGiB,
    unpricedUnsized: worth.unpricedUnsized,
  };
}

export function addStaleWorth(a: StaleWorth, b: StaleWorth): StaleWorth {
  return toStaleWorth(addWorth(worthOfStale(a), worthOfStale(b)));
}

/** An order of accounts, Regions and the like: where most is to be had first. */
export function mostStaleFirst(
  a: StaleWorth & { readonly stale: number },
  b: StaleWorth & { readonly stale: number },
): number {
  return mostWorthFirst(worthOfStale(a), worthOfStale(b)) || b.stale - a.stale;
}

/** What a plan removes comes to, as it is stored. */
export const PlannedWorth = z.strictObject({
  removalsGiB: z.number(),
  removalsMonthlyCostUsdUpTo: z.number(),
  removalsUnpricedGiB: z.number(),
  removalsUnpricedUnsized: unpricedUnsized,
});

export function worthOfPlan(plan: z.infer<typeof PlannedWorth>): Worth {
  return {
    sizeGiB: plan.removalsGiB,
    monthlyCostUsdUpTo: plan.removalsMonthlyCostUsdUpTo,
    unpricedGiB: plan.removalsUnpricedGiB,
    unpricedUnsized: plan.removalsUnpricedUnsized,
  };
}

/** What was removed comes to, as it is stored. */
export const RemovedWorth = z.strictObject({
  removedGiB: z.number(),
  removedMonthlyCostUsdUpTo: z.number(),
  removedUnpricedGiB: z.number(),
  removedUnpricedUnsized: unpricedUnsized,
});

export function worthOfRemoved(removals: z.infer<typeof RemovedWorth>): Worth {
  return {
    sizeGiB: removals.removedGiB,
    monthlyCostUsdUpTo: removals.removedMonthlyCostUsdUpTo,
    unpricedGiB: removals.removedUnpricedGiB,
    unpricedUnsized: removals.removedUnpricedUnsized,
  };
}
