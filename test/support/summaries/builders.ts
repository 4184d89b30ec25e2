import { emptyCounts } from '../../../core/summary/counts.ts';
import { executionInput, Limits, Policy, Scope } from '../../../core/input/input.ts';
import type { ExecutionInput } from '../../../core/input/input.ts';
import type { KindCounts, RemovalOutcome, TargetOutcome } from '../../../core/outcome/outcome.ts';
import type { PlannedRemoval } from '../../../core/plan/plan.ts';
import type { RecycleBinRule } from '../../../core/outcome/recycle-bin.ts';
import type { OrgAccount } from '../../../core/model/org-account.ts';
import type { Finding } from '../../../core/model/verdict.ts';
import type { RulesByKind } from '../../../core/outcome/kind-rules.ts';
import type { WatchedSource } from '../../../core/outcome/sanity-floor.ts';

/** Builders of valid values: a test states only what makes the difference. */
export const NOW = new Date('2026-11-21T06:00:00.000Z');
export const ACCOUNT = '111122223333';
export const OTHER_ACCOUNT = '222233334444';
export const REGION = 'eu-west-1';
export const OTHER_REGION = 'us-east-1';
export const KIND = 'ebs-snapshot';
// As the kind says it, which brings the SDK with it; test/kinds/rules.test.ts compares.
const WATCHED_SOURCES: readonly WatchedSource[] = [
  { source: 'volumes', neverEmpty: true },
  { source: 'amis' },
];
/** What is done with a snapshot. */
export const BIN_STEP = { name: 'delete', undo: 'RECYCLE_BIN' } as const;
/** What planning goes by. */
export const RULES: RulesByKind = new Map([
  [
    KIND,
    { watched: WATCHED_SOURCES, steps: [BIN_STEP], origin: 'ebs-volume', madeBy: ['ebs-volume'] },
  ],
]);
/** One kind, seen to its end. */
export const SEEN = { kind: KIND, watched: WATCHED_SOURCES };
export const WORKLOADS_OU = 'ou-ab12-workload';
export const SANDBOX_OU = 'ou-ab12-sandbox1';

const DAY_MS = 86_400_000;

export function daysBefore(days: number, from = NOW): string {
  return new Date(from.getTime() - days * DAY_MS).toISOString();
}

// Some tests build a hundred thousand values.
const STARTED_AT = daysBefore(100);
const STALE_SINCE = daysBefore(20);

export function aScope(given: Partial<Scope> = {}): Scope {
  return { ...Scope.parse({}), ...given };
}

export function aPolicy(given: Partial<Policy> = {}): Policy {
  return { ...Policy.parse({}), ...given };
}

export function someLimits(given: Partial<Limits> = {}): Limits {
  return { ...Limits.parse({}), ...given };
}

export function anInput(given: Partial<ExecutionInput> = {}): ExecutionInput {
  return { ...executionInput({ kinds: [KIND] }).parse({}), ...given };
}

export function anAccount(given: Partial<OrgAccount> = {}): OrgAccount {
  const id = given.id ?? ACCOUNT;
  return {
    id,
    name: `account-${id.slice(-4)}`,
    state: 'ACTIVE',
    path: `o-abcdefghij/r-ab12/${WORKLOADS_OU}/${id}/`,
    ...given,
  };
}

export function aFinding(given: Partial<Finding> = {}): Finding {
  return {
    kind: KIND,
    accountId: ACCOUNT,
    region: REGION,
    resourceId: 'snap-1',
    verdict: 'STALE',
    reasons: ['VOLUME_MISSING'],
    evidence: {},
    startedAt: STARTED_AT,
    ageDays: 100,
    sizeGiB: 8,
    monthlyCostUsdUpTo: 0.4,
    tags: {},
    ...given,
  };
}

/** An available Region-level rule. */
export function aRule(given: Partial<RecycleBinRule> = {}): RecycleBinRule {
  return {
    identifier: 'rule-1',
    retentionDays: 14,
    status: 'available',
    resourceTags: [],
    excludeResourceTags: [],
    ...given,
  };
}

export function someCounts(given: Partial<KindCounts> = {}): KindCounts {
  return { ...emptyCounts(), ...given };
}

export function anOutcome(given: Partial<TargetOutcome> = {}): TargetOutcome {
  return {
    accountId: ACCOUNT,
    region: REGION,
    status: 'COMPLETE',
    kinds: {},
    at: NOW.toISOString(),
    ...given,
  };
}

export function aRemoval(given: Partial<PlannedRemoval> = {}): PlannedRemoval {
  return {
    kind: KIND,
    accountId: ACCOUNT,
    region: REGION,
    resourceId: 'snap-1',
    reasons: ['VOLUME_MISSING'],
    startedAt: STARTED_AT,
    ageDays: 100,
    sizeGiB: 8,
    monthlyCostUsdUpTo: 0.4,
    staleSince: STALE_SINCE,
    ...given,
  };
}

export function aRemovalOutcome(given: Partial<RemovalOutcome> = {}): RemovalOutcome {
  return {
    kind: KIND,
    accountId: ACCOUNT,
    region: REGION,
    resourceId: 'snap-1',
    outcome: 'REMOVED',
    reasons: [],
    intentAt: NOW.toISOString(),
    at: NOW.toISOString(),
    sizeGiB: 8,
    monthlyCostUsdUpTo: 0.4,
    restorableUntil: null,
    ...given,
  };
}
