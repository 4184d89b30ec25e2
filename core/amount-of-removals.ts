import { type Amount, Amounts } from './amount.ts';
import type { PlannedRemoval } from './plan.ts';
import { targetKey } from './target.ts';

type Removal = Pick<
  PlannedRemoval,
  'kind' | 'accountId' | 'region' | 'sizeGiB' | 'monthlyCostUsdUpTo' | 'sharesWith'
>;

/** What removals come to, wherever they are: of those that share data the largest counts, once. */
export function amountOfRemovals(removals: Iterable<Removal>): Amount {
  const amounts = new Amounts();
  for (const removal of removals) {
    const { kind, sharesWith } = removal;
    const group = sharesWith && `${targetKey(removal)}/${kind}:${sharesWith}`;
    amounts.add(removal, group);
  }
  return amounts.total;
}
