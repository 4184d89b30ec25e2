import { add } from '../model/amount.ts';
import type { Finding } from '../model/verdict.ts';

export interface WorthOfFinding {
  /** What it costs a month itself, or where that is nothing what it frees; null: no price is known. */
  readonly usdUpTo: number | null;
  /** How many others that is of; null: it is its own cost. */
  readonly freed: number | null;
}

/**
 * What one finding is worth, to tell which are worth a look first. In no sum: what two findings free
 * together is told with both of them, and counts once (docs/adr/0111-money-in-resources-of-other-kinds.md).
 */
export function worthOfFinding({
  monthlyCostUsdUpTo: own,
  frees = [],
}: Pick<Finding, 'monthlyCostUsdUpTo' | 'frees'>): WorthOfFinding {
  if (own !== 0 || frees.length === 0) return { usdUpTo: own, freed: null };
  return { usdUpTo: usdOfFreed(frees), freed: frees.length };
}

/** null: nothing of it has a known price. */
export function usdOfFreed(frees: NonNullable<Finding['frees']>): number | null {
  const priced = frees.flatMap(({ monthlyCostUsdUpTo: usd }) => (usd === null ? [] : [usd]));
  return priced.length === 0 ? null : priced.reduce(add, 0);
}
