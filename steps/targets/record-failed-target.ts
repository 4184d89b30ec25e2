import { z } from 'zod';
import { statusOf, statusOfFailure } from '../../aws/answers/aws-error.ts';
import type { Store } from '../../store/store.ts';
import { readAnswered } from '../../core/outcome/answered.ts';
import { caughtInWords } from '../../report/words/caught-in-words.ts';
import { ExpectedTampered, RecordTampered } from '../../core/model/errors.ts';
import { AccountId, Region } from '../../core/model/ids.ts';
import {
  AwsFailure,
  isGap,
  type TargetOutcome,
  type TargetStatus,
} from '../../core/outcome/outcome.ts';
import type { CaughtError, FunctionInput, FunctionOutput } from '../../statemachine/contracts.ts';
import type { Deps } from '../deps.ts';
import { type Expected, needsOptIn, readExpected } from '../expected.ts';
import { withFence } from '../../store/fenced-store.ts';
import { StoredOutcome } from './stored-outcome.ts';
import { parseJson, parseStored, Unreadable, writeJson } from '../../store/stored-json.ts';
import { keysOf } from '../../store/keys.ts';
import type { TargetRef } from '../../core/model/target.ts';

/** Why a target's removals stopped; what they left undone, Summarize takes from the ledger. */
export const RemovalFailure = z.strictObject({
  accountId: AccountId,
  region: Region,
  failure: AwsFailure,
});
export type RemovalFailure = z.infer<typeof RemovalFailure>;

/** Turns what a Catch caught into the outcome of the account, target or removal it happened to. */
export async function recordFailedTarget(
  given: Pick<Deps, 'store' | 'clock' | 'sealOf'>,
  event: FunctionInput<'RecordFailedTargetFunctionArn'>,
): Promise<FunctionOutput<'RecordFailedTargetFunctionArn'>> {
  const deps = await withFence(given, event.executionId);
  const accountId = event.target?.accountId ?? event.accountId;
  if (accountId === undefined) throw new Error('Neither an account nor a target failed');
  const region = event.target?.region ?? null;
  const keys = keysOf(event.executionId);
  const failure = failureOf(event.error);
  const expected = await findExpected(deps.store, event);
  const status = statusIn(region, event.error.Error, failure, expected);

  if (event.planDigest !== undefined && region !== null) {
    const outcomeKey = keys.removalFailure({ accountId, region });
    const recorded: RemovalFailure = { accountId, region, failure };
    await writeJson(deps.store, outcomeKey, recorded);
    return { status, outcomeKey };
  }
  const kept =
    region === null
      ? null
      : await keepCounted(deps.store, keys, { accountId, region }, event.error);
  if (kept !== null) return kept;
  const outcome: TargetOutcome = {
    accountId,
    accountName: expected?.accounts.find(({ id }) => id === accountId)?.name,
    region,
    status,
    failure,
    kinds: {},
    at: deps.clock.now().toISOString(),
  };
  const outcomeKey =
    region === null ? keys.accountOutcome(accountId) : keys.outcome({ accountId, region });
  await writeJson(deps.store, outcomeKey, outcome);
  return { status, outcomeKey };
}

/**
 * Throttled to the end, where one listing of many was: what the last try saw of the target stays,
 * every resource UNKNOWN, instead of nothing at all. Nobody changes it any more.
 *
 * @returns null where there is nothing of that kind
 */
async function keepCounted(
  store: Store,
  keys: ReturnType<typeof keysOf>,
  target: TargetRef,
  { Error: name }: CaughtError,
): Promise<FunctionOutput<'RecordFailedTargetFunctionArn'> | null> {
  if (name !== 'Throttled') return null;
  const outcomeKey = keys.outcome(target);
  const seen = await readUnlessUnreadable(store, outcomeKey);
  if (seen === undefined || !isGap(seen) || Object.keys(seen.kinds).length === 0) return null;
  await writeJson(store, outcomeKey, { ...seen, isFinal: true } satisfies StoredOutcome);
  return { status: seen.status, outcomeKey };
}

/** What isn't what a step wrote is of no use here. */
async function readUnlessUnreadable(store: Store, key: string): Promise<StoredOutcome | undefined> {
  try {
    const stored = await store.get(key);
    return stored && parseStored(StoredOutcome, stored.body, store.locationOf(key));
  } catch (error) {
    if (error instanceof RecordTampered || error instanceof Unreadable) return undefined;
    throw error;
  }
}

/** A Region that needs no opt-in can't be disabled, whatever the error is named. */
function statusIn(
  region: string | null,
  errorName: string,
  failure: AwsFailure,
  expected: Expected | undefined,
): TargetStatus {
  const status = statusOf(errorName);
  if (status !== 'REGION_DISABLED' || region === null) return status;
  return statusOfFailure(failure, needsOptIn(expected, region));
}

/** Plan and Summarize know it themselves: what failed is written down in any case. */
async function findExpected(
  store: Store,
  { executionId, expectedDigest }: FunctionInput<'RecordFailedTargetFunctionArn'>,
): Promise<Expected | undefined> {
  try {
    return await readExpected(store, executionId, expectedDigest);
  } catch (error) {
    if (error instanceof ExpectedTampered) return undefined;
    throw error;
  }
}

const LambdaCause = z.looseObject({ errorMessage: z.string() });

const NAME = /^[\w.$-]{1,80}$/;

/**
 * In words, for people. `Cause` is Lambda's JSON where a function threw, plain text where Step Functions itself failed it,
 * and nothing where nobody gave one.
 */
export function toFailure({ Error: code, Cause: cause = '' }: CaughtError): AwsFailure {
  const lambda = LambdaCause.safeParse(parseJson(cause));
  // In words already, as long as it has to be, with what somebody wrote as it stands.
  if (code === 'InvalidInput' && lambda.success) return { code, message: lambda.data.errorMessage };
  return { code: NAME.test(code) ? code : caughtInWords(code), message: caughtInWords(cause) };
}

/** The failure as AWS gave it, where the error's message tells of one. */
function failureOf(error: CaughtError): AwsFailure {
  const told = toFailure(error);
  return readAnswered(told.message) ?? told;
}
