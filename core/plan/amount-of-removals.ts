import { type Amount, Amounts } from '../model/amount.ts';
import type { PlannedRemoval } from './plan.ts';
import { targetKey } from '../model/target.ts';

type Removal = Pick<
  PlannedRemoval,
  | 'kind'
  | 'accountId'
  | 'region'
  | 'sizeGiB'
  | 'monthlyCostUsdUpTo'
  | 'remainingMonthlyCostUsdUpTo'
  | 'sharesWith'
>;

/** What removals come to, wherever they are: of those that share data the largest counts, once. */
export function amountOfRemovals(removals: Iterable<Removal>): Amount {
  const amounts = new Amounts();
  for (const removal of removals) amounts.add(removal, sharingGroup(removal));
  return amounts.total;
}

/** Names what a resource shares data with, over all accounts and Regions; undefined: nothing. */
export function sharingGroup(
  of: Pick<Removal, 'kind' | 'accountId' | 'region' | 'sharesWith'>,
): string | undefined {
  const { kind, sharesWith } = of;
  return sharesWith && `${targetKey(of)}/${kind}:${sharesWith}`;
}
