import type { Store } from '../adapters/store.ts';
import { TargetOutcome } from '../core/outcome.ts';
import { reconcile } from '../core/reconcile.ts';
import { type Expected, ExpectedRegions } from './expected.ts';
import { readJson } from './stored-json.ts';
import { keysOf } from './keys.ts';

/** One outcome for every target and account that Prepare expected, from what is in the store. */
export async function reconcileExecution(
  store: Store,
  expected: Expected,
  now: Date,
): Promise<TargetOutcome[]> {
  const keys = keysOf(expected.executionId);
  const regionsByAccount = new Map<string, string[]>();
  const outcomes: TargetOutcome[] = [];
  for await (const key of store.list(keys.regionsPrefix)) {
    const regions = await readJson(store, key, ExpectedRegions);
    regionsByAccount.set(
      regions.accountId,
      regions.targets.map(({ region }) => region),
    );
    outcomes.push(...regions.outcomes);
  }
  for await (const key of store.list(keys.outcomesPrefix)) {
    outcomes.push(await readJson(store, key, TargetOutcome));
  }
  const { accounts, outcomes: withoutTarget, scope } = expected;
  return reconcile(
    { accounts, withoutTarget, regionsByAccount, scope, policies: expected },
    outcomes,
    now,
  );
}
