import { add } from '../model/amount.ts';
import type { MadeWorth, Makes } from '../model/billing.ts';
import { mostOf } from '../model/order.ts';

/** What these make, each for itself; undefined: none makes anything. */
export function madeByAll(steps: readonly Makes[]): MadeWorth | undefined {
  const making = steps.filter(({ makesMonthlyCostUsdUpTo: usd }) => usd !== undefined);
  if (making.length === 0) return undefined;
  const days = making.flatMap(({ makesForDays }) => makesForDays ?? []);
  return {
    resources: making.length,
    monthlyCostUsdUpTo: making.reduce((sum, of) => add(sum, of.makesMonthlyCostUsdUpTo ?? 0), 0),
    unpriced: making.filter(({ makesMonthlyCostUsdUpTo: usd }) => usd === null).length,
    ...(days.length === making.length && { forDays: mostOf(days) }),
  };
}

/** What of a finding or a planned removal is told of what it makes. */
export function makesOf({ makesMonthlyCostUsdUpTo, makesForDays }: Makes): Makes {
  return {
    ...(makesMonthlyCostUsdUpTo !== undefined && { makesMonthlyCostUsdUpTo }),
    ...(makesForDays !== undefined && { makesForDays }),
  };
}
