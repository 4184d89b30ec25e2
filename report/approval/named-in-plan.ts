import { amountOfRemovals } from '../../core/plan/amount-of-removals.ts';
import { type Amount, mostWorthFirst } from '../../core/model/amount.ts';
import { compare, oldestFirst } from '../../core/model/order.ts';
import type { PlannedRemoval } from '../../core/plan/plan.ts';
import { groupBy } from '../../core/model/group-by.ts';

/** So many accounts and resources a request calls by their names. */
export const NAMED_ACCOUNTS = 5;
export const NAMED_RESOURCES = 5;

export interface AccountInPlan {
  readonly accountId: string;
  readonly removals: readonly PlannedRemoval[];
  /** Data that several of them share counts once. */
  readonly amount: Amount;
}

/** What costs most first, then what is largest. */
export function accountsInPlan(removals: readonly PlannedRemoval[]): AccountInPlan[] {
  return groupBy(removals, ({ accountId }) => accountId)
    .map((ofAccount) => ({
      accountId: ofAccount[0]?.accountId ?? '',
      removals: ofAccount,
      amount: amountOfRemovals(ofAccount),
    }))
    .toSorted((a, b) => mostWorthFirst(a.amount, b.amount) || compare(a.accountId, b.accountId));
}

/** The first are those that cost most, then those that are largest. */
export function mostExpensiveFirst(removals: readonly PlannedRemoval[]): PlannedRemoval[] {
  return removals.toSorted((a, b) => mostWorthFirst(a, b) || oldestFirst(a, b));
}
