import { type Store, StoreConflict } from '../../store/store.ts';
import { classifyCode, statusOfFailure } from '../../aws/answers/aws-error.ts';
import { answeredInWords } from '../../core/outcome/answered.ts';
import { withFreed } from '../../core/summary/counts.ts';
import { Freeing } from '../../core/prices/freeing.ts';
import { gatherFailures } from '../../core/outcome/failures.ts';
import { Throttled } from '../../core/model/errors.ts';
import { type History } from '../../core/history/history.ts';
import { type AwsFailure } from '../../core/outcome/outcome.ts';
import { policyOf } from '../../core/input/policy-for.ts';
import { UnreadableDatesCount } from '../../core/outcome/unreadable-dates.ts';
import { kindNamed } from '../../kinds/among.ts';
import type { FunctionInput, FunctionOutput } from '../../statemachine/contracts.ts';
import { checkClock } from '../../clock/check-clock.ts';
import type { DiscoveryDeps } from '../deps.ts';
import { keepWithinRoom } from './within-room.ts';
import { type LookAtKind, lookAtKind, type SeenOfKind } from './look-at-kind.ts';
import { needsOptIn, readExpected } from '../expected.ts';
import { openLook } from '../open-look.ts';
import { writeForeignReferences } from '../targets/foreign-references.ts';
import { noteLines } from '../../store/believed-lines.ts';
import { withFence } from '../../store/fenced-store.ts';
import { StoredOutcome } from '../targets/stored-outcome.ts';
import { bodyOf, parseStored } from '../../store/stored-json.ts';
import { keysOf } from '../../store/keys.ts';
import { readHistory } from '../targets/target-history.ts';

/**
 * Looks at one account in one Region: lists the resources of each kind and all that refers to
 * them, assesses every resource, writes the findings and the outcome, and returns counters.
 *
 * A reference source that can't be listed makes its findings UNKNOWN and its kind incomplete. A kind
 * whose resources can't be listed is incomplete alone: the others are looked at all the same. Where
 * that is so of all, the whole call throws what the first of them did.
 */
export async function discoverTarget(
  given: DiscoveryDeps,
  { executionId, expectedDigest, target }: FunctionInput<'DiscoverTargetFunctionArn'>,
): Promise<FunctionOutput<'DiscoverTargetFunctionArn'>> {
  const deps = await withFence(given, executionId);
  const { accountId, region } = target;
  const expected = await readExpected(deps.store, executionId, expectedDigest);
  const policy = policyOf(expected, accountId);
  const keys = keysOf(executionId);
  const kinds = target.kinds.map((name) => kindNamed(deps.kinds, name));
  const look = await openLook(deps.spokesFor(executionId), deps.clock, {
    expected,
    target,
    policy,
    kinds: deps.kinds,
    shared: kinds.flatMap(({ reads }) => reads),
  });
  const optIn = needsOptIn(expected, region);

  let clock = checkClock(deps, expected.mode);
  const seen = new Map<string, SeenOfKind>();
  const dates = new UnreadableDatesCount();
  const freeing = new Freeing();
  let history: History | undefined;
  const by: LookAtKind = {
    ...{ store: deps.store, sealOf: deps.sealOf, look, expected, optIn, dates },
    note: ({ kind, resourceId, verdict, frees }, staysAnyway) => {
      // There may be a million, and alone it holds nothing of its own.
      if (frees === undefined && target.kinds.length === 1) return;
      const one = { kind, accountId, region, resourceId, frees };
      freeing.add(one, verdict === 'STALE', staysAnyway());
    },
    history: async () => (history ??= await readHistory(deps.store, target, look.now)),
  };
  async function* findings(): AsyncGenerator<string> {
    for (const kind of kinds) {
      seen.set(kind.kind, yield* lookAtKind(kind, by));
      keepWithinRoom(seen);
      // It may have jumped meanwhile.
      clock ??= checkClock(deps, expected.mode);
    }
    const thrown = [...seen.values()].flatMap((one) => one.thrown ?? []);
    if (thrown.length === seen.size) throw thrown[0]?.error;
  }
  const noted = noteLines(findings());
  await deps.store.writeLines(keys.targetFindings(target), noted.lines);
  const all = [...seen.values()];
  const foreign = all.flatMap((one) => one.foreignReferences);
  const foreignReferences = await writeForeignReferences(deps.store, executionId, target, foreign);

  const failures = all.flatMap((one) => one.failures);
  const freed = [...freeing];
  const notFreed = freeing.notFreed;
  const gathered = gatherFailures(failures);
  const outcome: StoredOutcome = {
    accountId,
    accountName: expected.accounts.find(({ id }) => id === accountId)?.name,
    region,
    status: gathered.failure ? statusOfFailure(gathered.failure, optIn) : 'COMPLETE',
    ...gathered,
    kinds: mapDefined(
      seen,
      ({ counts }, kind) =>
        counts &&
        withFreed(
          counts,
          freed.filter(({ holderKind }) => holderKind === kind),
        ),
    ),
    looks: mapDefined(seen, (one) => one.look),
    calls: { ...look.clients.calls },
    ...(dates.total && { unreadableDates: dates.total }),
    ...(clock && { clock }),
    at: deps.clock.now().toISOString(),
    files: {
      ...{ findings: noted.written(), foreignReferences, lookedFrom: look.now.toISOString() },
      // Only now: a finding was written before the kinds after its own were looked at.
      ...(notFreed.length > 0 && { notFreed }),
    },
  };
  await writeUnlessFailed(deps.store, keys.outcome(target), outcome);
  // Only now: what was counted stays, should it be throttled to the end.
  refuseThrottled(failures);
  const counts = Object.values(outcome.kinds);
  return {
    status: outcome.status,
    resources: counts.reduce((sum, { resources }) => sum + resources, 0),
    stale: counts.reduce((sum, { verdicts }) => sum + verdicts.STALE, 0),
    outcomeKey: keys.outcome(target),
  };
}

/** As an object, without what isn't there. */
function mapDefined<T, U>(
  of: ReadonlyMap<string, T>,
  take: (value: T, key: string) => U | undefined,
): Record<string, U> {
  const entries: [string, U][] = [];
  for (const [key, value] of of) {
    const taken = take(value, key);
    if (taken !== undefined) entries.push([key, taken]);
  }
  return Object.fromEntries(entries);
}

/**
 * A copy of this task may run on after its timeout, when its target is long recorded as failed and
 * perhaps planned as such; it stays so. An outcome with counts is that of a copy or an earlier try.
 */
async function writeUnlessFailed(store: Store, key: string, outcome: StoredOutcome): Promise<void> {
  const body = bodyOf(outcome);
  const earlier = await store.get(key);
  if (earlier !== undefined) {
    const { kinds, status, isFinal } = parseStored(
      StoredOutcome,
      earlier.body,
      store.locationOf(key),
    );
    const isRecorded = isFinal === true || Object.keys(kinds).length === 0;
    if (isRecorded) throw new Error(`${key} was recorded as ${status}`);
  }
  const condition = earlier ? { version: earlier.version } : ({ absent: true } as const);
  try {
    await store.put(key, body, condition);
  } catch (error) {
    if (!(error instanceof StoreConflict)) throw error;
    // Another copy's, or our own whose answer was lost.
    if ((await store.get(key))?.body !== body) await writeUnlessFailed(store, key, outcome);
  }
}

/** Throttling passes: the state machine waits and has the whole target looked at again. */
function refuseThrottled(incomplete: readonly AwsFailure[]): void {
  const throttled = incomplete.find(({ code }) => classifyCode(code) === 'THROTTLED');
  if (throttled === undefined) return;
  throw new Throttled(answeredInWords(throttled));
}
