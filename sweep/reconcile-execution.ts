import type { Store } from '../adapters/store.ts';
import { TargetOutcome } from '../core/outcome.ts';
import { reconcile } from '../core/reconcile.ts';
import { type Expected, ExpectedRegions } from './expected.ts';
import { keysOf } from './keys.ts';
import { readAhead } from './read-ahead.ts';
import { readJson } from './stored-json.ts';

/** One outcome for every target and account that Prepare expected, from what is in the store. */
export async function reconcileExecution(
  store: Store,
  expected: Expected,
  now: Date,
): Promise<TargetOutcome[]> {
  const keys = keysOf(expected.executionId);
  const regionsByAccount = new Map<string, string[]>();
  const outcomes: TargetOutcome[] = [];
  const expectedRegions = readAhead(store.list(keys.regionsPrefix), async (key) =>
    readJson(store, key, ExpectedRegions),
  );
  for await (const regions of expectedRegions) {
    regionsByAccount.set(
      regions.accountId,
      regions.targets.map(({ region }) => region),
    );
    outcomes.push(...regions.outcomes);
  }
  const recorded = readAhead(store.list(keys.outcomesPrefix), async (key) =>
    readJson(store, key, TargetOutcome),
  );
  for await (const outcome of recorded) outcomes.push(outcome);
  const { accounts, outcomes: withoutTarget, scope } = expected;
  return reconcile(
    { accounts, withoutTarget, regionsByAccount, scope, policies: expected },
    outcomes,
    now,
  );
}
