import type { Store } from '../../store/store.ts';
import { RecordTampered } from '../../core/model/errors.ts';
import {
  type AwsFailure,
  type RemovalOutcome,
  toRemovalOutcome,
} from '../../core/outcome/outcome.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { removalsByTarget } from '../../core/plan/make-plan.ts';
import { targetKey } from '../../core/model/target.ts';
import { readJson, Unreadable } from '../../store/stored-json.ts';
import { keysOf } from '../../store/keys.ts';
import { type LedgerEntry, readBatch } from '../ledger/ledger-batch.ts';
import { readAhead } from '../../store/read-ahead.ts';
import { targetOfKey } from '../targets/stored-outcome.ts';
import { RemovalFailure } from '../targets/record-failed-target.ts';
import { resourceKey } from '../../core/model/ids.ts';

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
  RecordTampered: 'RECORD_TAMPERED',
};

/**
 * What the ledger and the recorded failures tell about a plan's removals, and about any other that
 * the ledger has. An intent without an outcome is FAILED (`OUTCOME_UNKNOWN`) where its removal was
 * requested: somebody died between the two, and it may be gone.
 */
export async function readRemovalOutcomes(
  store: Store,
  executionId: string,
  plan: Plan | null,
  at: string,
): Promise<RecordedRemovals> {
  const planned = new Map(plan?.removals.map((removal) => [resourceKey(removal), removal]));
  const byTarget = plan === null ? new Map<string, never[]>() : removalsByTarget(plan);
  const told = new Map<string, RemovalOutcome>();
  const tampered: string[] = [];
  const tell = (
    key: string,
    outcomeOf: (removal: Resource) => RemovalOutcome,
    better = (known: RemovalOutcome) => known,
  ) => {
    const target = targetOfKey(key);
    for (const removal of (target && byTarget.get(targetKey(target))) ?? []) {
      const known = told.get(resourceKey(removal));
      told.set(resourceKey(removal), known === undefined ? outcomeOf(removal) : better(known));
    }
  };
  const keys = keysOf(executionId);
  const unreadable: string[] = [];
  const batches = readAhead(store.list(keys.ledgerPrefix), async (key) => {
    try {
      return (await readBatch(store, key)).content;
    } catch (error) {
      tampered.push(messageOfTampered(error));
      unreadable.push(key);
      return null;
    }
  });
  for await (const batch of batches) {
    if (batch === null) continue;
    const { accountId, region, entries } = batch;
    for (const entry of entries) {
      const { kind, resourceId, outcome } = entry;
      const resource = { kind, accountId, region, resourceId };
      const key = resourceKey(resource);
      told.set(key, outcome ?? unsettled(planned.get(key) ?? resource, entry, at));
    }
  }
  for (const key of unreadable) {
    tell(key, (removal) => withReason(removal, 'FAILED', 'LEDGER_TAMPERED', at));
  }
  for await (const key of store.list(keys.removalFailuresPrefix)) {
    try {
      const { failure } = await readJson(store, key, RemovalFailure);
      tell(
        key,
        (removal) => notAttempted(removal, failure, at),
        (known) => endedBy(known, failure),
      );
    } catch (error) {
      tampered.push(messageOfTampered(error));
      tell(key, (removal) => withReason(removal, 'NOT_ATTEMPTED', 'RECORD_TAMPERED', at));
    }
  }
  return { outcomes: [...told.values()], tampered };
}

export interface RecordedRemovals {
  readonly outcomes: readonly RemovalOutcome[];
  /** Each names a file that isn't what was written. */
  readonly tampered: readonly string[];
}

/** @throws whatever says nothing of the file, such as the store's own trouble */
function messageOfTampered(error: unknown): string {
  if (error instanceof RecordTampered || error instanceof Unreadable) return error.message;
  throw error;
}

function withReason(
  removal: Resource,
  outcome: RemovalOutcome['outcome'],
  reason: string,
  at: string,
): RemovalOutcome {
  return toRemovalOutcome(removal, { outcome, reasons: [reason], intentAt: null, at });
}

type Resource = Parameters<typeof toRemovalOutcome>[0];

/** What was surely never requested is still there, as far as this execution goes. */
function unsettled(
  resource: Resource,
  { intentAt, requestedAt }: Pick<LedgerEntry, 'intentAt' | 'requestedAt'>,
  at: string,
): RemovalOutcome {
  const ending =
    requestedAt === null
      ? ({ outcome: 'NOT_ATTEMPTED', reasons: [NEVER_REQUESTED] } as const)
      : ({ outcome: 'FAILED', reasons: ['OUTCOME_UNKNOWN'] } as const);
  return toRemovalOutcome(resource, { ...ending, intentAt, at });
}

/** Why it wasn't requested, until a recorded failure tells. */
const NEVER_REQUESTED = 'OUTCOME_MISSING';

/** What ended the target is also why this one wasn't requested, or why nobody knows how it ended. */
function endedBy(known: RemovalOutcome, failure: AwsFailure): RemovalOutcome {
  if (known.failure !== undefined) return known;
  if (known.reasons.includes('OUTCOME_UNKNOWN')) return { ...known, failure };
  if (!known.reasons.includes(NEVER_REQUESTED)) return known;
  return { ...known, reasons: [reasonOf(failure)], failure };
}

function reasonOf({ code }: AwsFailure): string {
  return REASONS[code] ?? 'TARGET_FAILED';
}

function notAttempted(removal: Resource, failure: AwsFailure, at: string): RemovalOutcome {
  return toRemovalOutcome(removal, {
    outcome: 'NOT_ATTEMPTED',
    reasons: [reasonOf(failure)],
    failure,
    intentAt: null,
    at,
  });
}
