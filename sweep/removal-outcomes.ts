import type { Store } from '../adapters/store.ts';
import { type AwsFailure, type RemovalOutcome, toRemovalOutcome } from '../core/outcome.ts';
import { type Plan, removalKey } from '../core/plan.ts';
import { removalsByTarget } from '../core/make-plan.ts';
import { targetKey } from '../core/target.ts';
import { readJson } from './stored-json.ts';
import { keysOf } from './keys.ts';
import { readLedger } from './ledger.ts';
import { RemovalFailure } from './record-failed-target.ts';

/** Why nothing more was attempted in a target, by the error that ended it. */
const REASONS: Readonly<Record<string, string>> = {
  AccountPlaceUnknown: 'ACCOUNT_PLACE_UNKNOWN',
  DeletionRefused: 'DELETION_REFUSED',
  ExpectedTampered: 'EXPECTED_TAMPERED',
  ClockDisagrees: 'CLOCK_DISAGREES',
  Interrupted: 'INTERRUPTED',
  LeaseHeld: 'LEASE_HELD',
  LeaseLost: 'LEASE_LOST',
  PlanNotApproved: 'NOT_APPROVED',
  PlanTampered: 'PLAN_TAMPERED',
  PlanTooOld: 'PLAN_TOO_OLD',
};

/**
 * What the ledger and the recorded failures tell about a plan's removals, and about any other that
 * the ledger has. An intent without an outcome is FAILED (`OUTCOME_UNKNOWN`): somebody died between
 * the two, and it may be gone.
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
      const resource = { kind, accountId, region, resourceId };
      const key = removalKey(resource);
      told.set(key, outcome ?? unsettled(planned.get(key) ?? resource, intentAt, at));
    }
  }
  const byTarget = removalsByTarget(plan);
  for await (const key of store.list(keysOf(plan.executionId).removalFailuresPrefix)) {
    const { accountId, region, failure } = await readJson(store, key, RemovalFailure);
    for (const removal of byTarget.get(targetKey({ accountId, region })) ?? []) {
      const known = told.get(removalKey(removal));
      // What ended the target is also why nobody knows how this one ended.
      if (known === undefined) told.set(removalKey(removal), notAttempted(removal, failure, at));
      else if (isUnsettled(known)) told.set(removalKey(removal), { ...known, failure });
    }
  }
  return [...told.values()];
}

type Resource = Parameters<typeof toRemovalOutcome>[0];

function unsettled(resource: Resource, intentAt: string | null, at: string): RemovalOutcome {
  return toRemovalOutcome(resource, {
    outcome: 'FAILED',
    reasons: ['OUTCOME_UNKNOWN'],
    intentAt,
    at,
  });
}

function isUnsettled({ reasons, failure }: RemovalOutcome): boolean {
  return failure === undefined && reasons.includes('OUTCOME_UNKNOWN');
}

function notAttempted(removal: Resource, failure: AwsFailure, at: string): RemovalOutcome {
  const reasons = [REASONS[failure.code] ?? 'TARGET_FAILED'];
  return toRemovalOutcome(removal, {
    outcome: 'NOT_ATTEMPTED',
    reasons,
    failure,
    intentAt: null,
    at,
  });
}
