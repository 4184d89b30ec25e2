import { mergeChanges, NO_CHANGE, type StaleChange } from '../../core/history/stale-change.ts';
import type { PlanDeps } from '../deps.ts';
import type { Expected } from '../expected.ts';
import type { Reconciled } from '../targets/reconcile-execution.ts';
import { HistoriesToWrite } from './histories-to-write.ts';
import { Looks, type TakenIn, type When } from './looks.ts';
import { writeChange } from './stale-change.ts';

/**
 * Takes the looks of an execution into the histories, target by target.
 *
 * @param each called with each target, while its findings are in memory
 * @returns what writes down the change since the last execution, and the histories
 */
export async function takeIn(
  deps: Pick<PlanDeps, 'store' | 'kinds' | 'mostCharacters'>,
  of: { readonly expected: Expected; readonly reconciled: Reconciled; readonly when: When },
  each?: (taken: TakenIn) => Promise<void>,
): Promise<{ writeChange(): Promise<void>; writeHistories(): Promise<void> }> {
  const { store, mostCharacters } = deps;
  const { executionId } = of.expected;
  const looks = await Looks.open(deps, of.expected, of.reconciled, of.when);
  const histories = new HistoriesToWrite(store, executionId, mostCharacters);
  let change: StaleChange = NO_CHANGE;
  for await (const taken of looks.taken()) {
    change = mergeChanges(change, taken.change);
    await histories.add(taken);
    await each?.(taken);
  }
  return {
    writeChange: async () => writeChange(store, executionId, change),
    writeHistories: async () => histories.write(looks),
  };
}
