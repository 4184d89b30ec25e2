import type { Store } from '../adapters/store.ts';
import type { RemovalOutcome } from '../core/outcome.ts';
import { type Plan, type PlannedRemoval, removalKey } from '../core/plan.ts';
import { removalsByTarget } from '../core/make-plan.ts';
import { readJson } from './expected.ts';
import { keysOf } from './keys.ts';
import { readLedger } from './ledger.ts';
import { RemovalFailure } from './record-failed-target.ts';

/**
 * What the ledger and the recorded failures tell about a plan's removals. An intent without an
 * outcome is FAILED (`OUTCOME_UNKNOWN`): somebody died between the two, and it may be gone.
 */
export async function readRemovalOutcomes(
  store: Store,
  plan: Plan,
  at: string,
): Promise<RemovalOutcome[]> {
  const planned = new Map(plan.removals.map((removal) => [removalKey(removal), removal]));
  const told = new Map<string, RemovalOutcome>();
  for await (const { accountId, region, entries } of readLedger(store, plan.executionId)) {
    for (const { kind, resourceId, intentAt, outcome } of entries) {
      const key = removalKey({ kind, accountId, region, resourceId });
      const removal = planned.get(key);
      if (outcome !== null) told.set(key, outcome);
      else if (removal !== undefined) told.set(key, unsettled(removal, intentAt, at));
    }
  }
  for (const removals of removalsByTarget(plan).values()) {
    const [first] = removals;
    if (first === undefined) continue;
    const key = keysOf(plan.executionId).removalFailure(first);
    if ((await store.get(key)) === undefined) continue;
    const { failure } = await readJson(store, key, RemovalFailure);
    for (const removal of removals) {
      if (told.has(removalKey(removal))) continue;
      told.set(removalKey(removal), notAttempted(removal, failure, at));
    }
  }
  return [...told.values()];
}

function unsettled(removal: PlannedRemoval, intentAt: string | null, at: string): RemovalOutcome {
  return { ...base(removal, at), outcome: 'FAILED', reasons: ['OUTCOME_UNKNOWN'], intentAt };
}

function notAttempted(
  removal: PlannedRemoval,
  failure: RemovalFailure['failure'],
  at: string,
): RemovalOutcome {
  const reasons = failure.code === 'LeaseHeld' ? ['LEASE_HELD'] : ['TARGET_FAILED'];
  return { ...base(removal, at), outcome: 'NOT_ATTEMPTED', reasons, failure, intentAt: null };
}

function base(removal: PlannedRemoval, at: string) {
  const { kind, accountId, region, resourceId, sizeGiB, monthlyCostUsdUpTo } = removal;
  return {
    kind,
    accountId,
    region,
    resourceId,
    at,
    sizeGiB,
    monthlyCostUsdUpTo,
    restorableUntil: null,
  };
}
