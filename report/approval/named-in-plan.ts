import { amountOfRemovals } from '../../core/plan/amount-of-removals.ts';
import { type Amount, mostWorthFirst } from '../../core/model/amount.ts';
import { compare, oldestFirst } from '../../core/model/order.ts';
import type { PlannedRemoval } from '../../core/plan/plan.ts';
import type { Question } from '../../core/plan/question.ts';
import type { NamedResource } from '../../core/plan/shown.ts';
import { groupBy } from '../../core/model/group-by.ts';

/** So many accounts and resources a request calls by their names. */
export const NAMED_ACCOUNTS = 5;
export const NAMED_RESOURCES = 5;

/** All accounts and resources of a plan, in the order in which a request names the first of them. */
export interface RankedPlan {
  readonly accounts: readonly AccountInPlan[];
  readonly resources: readonly PlannedRemoval[];
}

interface AccountInPlan {
  readonly accountId: string;
  readonly removals: readonly PlannedRemoval[];
  /** Data that several of them share counts once. */
  readonly amount: Amount;
}

/** What costs most first, then what is largest. */
export function rankPlan(removals: readonly PlannedRemoval[]): RankedPlan {
  return {
    accounts: accountsIn(removals),
    resources: removals.toSorted((a, b) => mostWorthFirst(a, b) || oldestFirst(a, b)),
  };
}

function accountsIn(removals: readonly PlannedRemoval[]): AccountInPlan[] {
  return groupBy(removals, ({ accountId }) => accountId)
    .map((ofAccount) => ({
      accountId: ofAccount[0]?.accountId ?? '',
      removals: ofAccount,
      amount: amountOfRemovals(ofAccount),
    }))
    .toSorted((a, b) => mostWorthFirst(a.amount, b.amount) || compare(a.accountId, b.accountId));
}

/** What people know accounts and resources by, as far as a question tells. */
export function namesIn(question: Question | null): {
  readonly accounts: ReadonlyMap<string, string>;
  readonly resources: ReadonlyMap<string, NamedResource>;
} {
  const { accounts = [], resources = [] } = question?.shown ?? {};
  return {
    accounts: new Map(accounts.map(({ id, name }) => [id, name])),
    resources: new Map(resources.map((resource) => [resource.key, resource])),
  };
}
