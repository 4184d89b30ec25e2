import { z } from 'zod';
import { DAY_MS } from '../model/age.ts';
import { LISTED_CHANGES } from '../history/stale-change.ts';
import {
  AccountId,
  ExecutionId,
  Region,
  resourceKey,
  ResourceRef,
  Timestamp,
} from '../model/ids.ts';
import { compare } from '../model/order.ts';
import {
  type ExclusionReason,
  isGap,
  type RemovalOutcome,
  RemovalResult,
  type TargetOutcome,
  TargetStatus,
} from '../outcome/outcome.ts';
import { targetKey } from '../model/target.ts';
import { UNUSABLE } from '../scope/scope.ts';

const tally = z.int().min(0);

/** Since when, and in how many executions in a row, something has failed. */
const Streak = z.strictObject({ since: Timestamp, executions: z.int().min(2) });

/** A target, or a whole account (`region: null`), that wasn't seen completely this time nor before. */
const FailingTarget = Streak.extend({
  accountId: AccountId,
  accountName: z.string().nullable(),
  region: Region.nullable(),
  status: TargetStatus,
});

/** A resource whose removal failed this time and before. */
const FailingRemoval = Streak.extend({
  ...ResourceRef.shape,
  outcome: RemovalResult,
  /** Of AWS, or the first reason of the outcome. */
  code: z.string().nullable(),
});

/** What fails again and again, the longest first. */
export const Failing = z.strictObject({
  targets: tally,
  removals: tally,
  listedTargets: z.array(FailingTarget).max(LISTED_CHANGES),
  listedRemovals: z.array(FailingRemoval).max(LISTED_CHANGES),
});
export type Failing = z.infer<typeof Failing>;

export const NOTHING_FAILING: Failing = {
  targets: 0,
  removals: 0,
  listedTargets: [],
  listedRemovals: [],
};

const ofOneOrMore = { executions: z.int().min(1), lastExecutionId: ExecutionId, lastAt: Timestamp };
const TargetStreak = FailingTarget.extend(ofOneOrMore);
const RemovalStreak = FailingRemoval.extend(ofOneOrMore);
type TargetStreak = z.infer<typeof TargetStreak>;
type RemovalStreak = z.infer<typeof RemovalStreak>;

/** What has failed in one execution or more in a row, by `targetKey` and by `resourceKey`. */
export const FailureStreaks = z.strictObject({
  failingTargets: z.record(z.string(), TargetStreak),
  failingRemovals: z.record(z.string(), RemovalStreak),
});
export type FailureStreaks = z.infer<typeof FailureStreaks>;

/** What an execution saw, and how its removals ended; both reconciled. */
export interface ExecutionResults {
  readonly outcomes: readonly TargetOutcome[];
  readonly removals: readonly RemovalOutcome[];
}

interface Execution {
  readonly executionId: string;
  readonly finishedAt: string;
}

/** So that the object stays small when everything fails; the longest stay. */
const MOST_STREAKS = 5_000;
/** What nobody tried for longer isn't failing again and again. */
const LONGEST_UNTRIED_DAYS = 90;

/** The Region was listed, as one that the account doesn't use. */
const NOT_ENABLED: ExclusionReason = 'REGION_NOT_ENABLED';

/** Each failure makes its streak longer or begins one; what went well, or can't fail, ends it. */
export function withFailures(
  streaks: FailureStreaks,
  results: ExecutionResults,
  execution: Execution,
): FailureStreaks {
  return {
    failingTargets: stillTried(targetsAfter(streaks.failingTargets, results, execution), execution),
    failingRemovals: stillTried(
      removalsAfter(streaks.failingRemovals, results, execution),
      execution,
    ),
  };
}

/** What failed in this execution and in the one before: the streaks include this execution. */
export function failingAgain(
  streaks: FailureStreaks,
  { outcomes, removals }: ExecutionResults,
): Failing {
  const failed = outcomes.filter(isGap).map(targetKey);
  const refused = removals.filter(isFailure).map(resourceKey);
  const targets = again(streaks.failingTargets, failed);
  const notRemoved = again(streaks.failingRemovals, refused);
  return {
    targets: targets.length,
    removals: notRemoved.length,
    listedTargets: targets.slice(0, LISTED_CHANGES).map(withoutLast),
    listedRemovals: notRemoved.slice(0, LISTED_CHANGES).map(withoutLast),
  };
}

/**
 * What an execution didn't look at stays as it is: what its scope leaves out, the Regions of an
 * account whose Regions it couldn't list, and what is accepted as a gap.
 */
function targetsAfter(
  streaks: FailureStreaks['failingTargets'],
  { outcomes }: ExecutionResults,
  execution: Execution,
): Map<string, TargetStreak> {
  const after = new Map(Object.entries(streaks));
  const closed = new Set<string>();
  for (const outcome of outcomes) {
    const { accountId, accountName = null, region, status } = outcome;
    const key = targetKey(outcome);
    const failing = { accountId, accountName, region, status };
    if (isGap(outcome)) after.set(key, longer(after.get(key), failing, outcome.at, execution));
    else if (status === 'COMPLETE' || outcome.excluded === NOT_ENABLED) after.delete(key);
    else if (UNUSABLE.has(outcome.excluded)) closed.add(accountId);
  }
  for (const accountId of accountsEntered(outcomes))
    after.delete(targetKey({ accountId, region: null }));
  for (const [key, { accountId }] of after) if (closed.has(accountId)) after.delete(key);
  return after;
}

/** The accounts whose Regions could be listed. */
function accountsEntered(outcomes: readonly TargetOutcome[]): Set<string> {
  const entered = new Set<string>();
  for (const { accountId, region } of outcomes) if (region !== null) entered.add(accountId);
  for (const { accountId, region } of outcomes) if (region === null) entered.delete(accountId);
  return entered;
}

/** What wasn't attempted neither failed nor went well. */
function removalsAfter(
  streaks: FailureStreaks['failingRemovals'],
  { removals }: ExecutionResults,
  execution: Execution,
): Map<string, RemovalStreak> {
  const after = new Map(Object.entries(streaks));
  for (const removal of removals) {
    const { kind, accountId, region, resourceId, outcome, failure, reasons } = removal;
    const key = resourceKey(removal);
    const code = failure?.code ?? reasons[0] ?? null;
    const failing = { kind, accountId, region, resourceId, outcome, code };
    if (isFailure(removal)) after.set(key, longer(after.get(key), failing, removal.at, execution));
    else if (outcome !== 'NOT_ATTEMPTED') after.delete(key);
  }
  return after;
}

function isFailure({ outcome }: { outcome: RemovalResult }): boolean {
  return outcome === 'DENIED' || outcome === 'FAILED';
}

type Last = Pick<TargetStreak, 'since' | 'executions' | 'lastExecutionId' | 'lastAt'>;

function longer<T extends object>(
  streak: Last | undefined,
  failing: T,
  failedAt: string,
  { executionId, finishedAt }: Execution,
): T & Last {
  const since = streak?.since ?? failedAt;
  const executions = (streak?.executions ?? 0) + 1;
  return { ...failing, since, executions, lastExecutionId: executionId, lastAt: finishedAt };
}

function stillTried<T extends Last>(
  streaks: ReadonlyMap<string, T>,
  { finishedAt }: Execution,
): Record<string, T> {
  const oldest = Date.parse(finishedAt) - LONGEST_UNTRIED_DAYS * DAY_MS;
  const tried = [...streaks].filter(([, { lastAt }]) => Date.parse(lastAt) >= oldest);
  return Object.fromEntries(tried.toSorted(longestFirst).slice(0, MOST_STREAKS));
}

function again<T extends Last>(streaks: Record<string, T>, failed: readonly string[]): T[] {
  return [...new Set(failed)]
    .flatMap((key) => (streaks[key] === undefined ? [] : [[key, streaks[key]] as const]))
    .filter(([, { executions }]) => executions > 1)
    .toSorted(longestFirst)
    .map(([, streak]) => streak);
}

function longestFirst(
  [keyOfA, a]: readonly [string, Last],
  [keyOfB, b]: readonly [string, Last],
): number {
  return b.executions - a.executions || compare(a.since, b.since) || compare(keyOfA, keyOfB);
}

function withoutLast<T extends Last>(streak: T): Omit<T, 'lastExecutionId' | 'lastAt'> {
  const { lastExecutionId: _id, lastAt: _at, ...failing } = streak;
  return failing;
}
