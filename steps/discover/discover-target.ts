import { type Store, StoreConflict } from '../../store/store.ts';
import type { SpokeClients } from '../../aws/sessions/aws-clients.ts';
import { classifyCode, statusOfFailure, toAwsFailure } from '../../aws/answers/aws-error.ts';
import { answeredInWords } from '../../core/outcome/answered.ts';
import { Counting } from '../../core/summary/counts.ts';
import { gatherFailures } from '../../core/outcome/failures.ts';
import { Throttled } from '../../core/model/errors.ts';
import { type History } from '../../core/history/history.ts';
import {
  type AwsFailure,
  type KindCounts,
  type KindLook,
  type RecycleBinLook,
} from '../../core/outcome/outcome.ts';
import { policyOf } from '../../core/input/policy-for.ts';
import { UnreadableDatesCount } from '../../core/outcome/unreadable-dates.ts';
import type { Finding } from '../../core/model/verdict.ts';
import type { ForeignReference, Kind } from '../../kinds/kind.ts';
import { kindNamed } from '../../kinds/among.ts';
import type { FunctionInput, FunctionOutput } from '../../statemachine/contracts.ts';
import { checkClock } from '../../clock/check-clock.ts';
import type { DiscoveryDeps } from '../deps.ts';
import { lookCloserAtRemovable, toFinding } from './closer-look.ts';
import { needsOptIn, readExpected } from '../expected.ts';
import { openLook } from '../open-look.ts';
import { writeForeignReferences } from '../targets/foreign-references.ts';
import { noteLines } from '../../store/believed-lines.ts';
import { withFence } from '../../store/fenced-store.ts';
import { StoredOutcome } from '../targets/stored-outcome.ts';
import { bodyOf, parseStored } from '../../store/stored-json.ts';
import { keysOf } from '../../store/keys.ts';
import { readHistory } from '../targets/target-history.ts';
import { keyInTarget } from '../../core/model/ids.ts';

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
  const look = await openLook(deps.spokesFor(executionId), deps.clock, {
    expected,
    target,
    policy,
  });
  const optIn = needsOptIn(expected, region);

  let clock = checkClock(deps, expected.mode);
  const counts: Record<string, KindCounts> = {};
  const looks: Record<string, KindLook> = {};
  const failures: AwsFailure[] = [];
  const foreign: ForeignReference[] = [];
  const dates = new UnreadableDatesCount();
  let history: History | undefined;
  const endLook = (kind: string, incomplete: readonly AwsFailure[], of: Partial<KindLook> = {}) => {
    const [failure] = incomplete;
    const status = failure === undefined ? 'COMPLETE' : statusOfFailure(failure, optIn);
    looks[kind] = { status, ...(failure && { failure }), ...of };
    failures.push(...incomplete);
  };
  async function* findings(): AsyncGenerator<string> {
    const thrown: unknown[] = [];
    for (const name of target.kinds) {
      const kind = kindNamed(deps.kinds, name);
      const discovery = await unlessThrown(kind.discover(look), thrown);
      // It may have jumped meanwhile.
      clock ??= checkClock(deps, expected.mode);
      if (discovery === null) {
        endLook(name, [toAwsFailure(thrown.at(-1))]);
        continue;
      }
      let recycleBin: RecycleBinLook | undefined;
      const rules = async () => (recycleBin ??= await lookAtRules(kind, look.clients));
      const known = (history ??= await readHistory(deps.store, target, look.now));
      const seen = { kind, look, discovery, expected, history: known, rules };
      const closer = await lookCloserAtRemovable(deps.store, seen);
      for (const reference of discovery.foreignReferences) foreign.push(reference);
      const counting = new Counting(look.now);
      for (const facts of discovery.resources) {
        const first = toFinding(kind, facts, look);
        const closerFacts = closer.facts.get(first.resourceId);
        const finding = closerFacts === undefined ? first : toFinding(kind, closerFacts, look);
        counting.add(finding);
        dates.add(finding);
        if (isListed(kind, finding, known)) yield JSON.stringify(finding);
      }
      const total = counting.total;
      counts[name] = total;
      if (total.verdicts.STALE > 0) await rules();
      endLook(name, [...discovery.incomplete, ...closer.incomplete], {
        references: { ...discovery.counts },
        ...(recycleBin && { recycleBin }),
      });
    }
    if (thrown.length === target.kinds.length) throw thrown[0];
  }
  const noted = noteLines(findings());
  await deps.store.writeLines(keys.targetFindings(target), noted.lines);
  const foreignReferences = await writeForeignReferences(deps.store, executionId, target, foreign);

  const gathered = gatherFailures(failures);
  const outcome: StoredOutcome = {
    accountId,
    accountName: expected.accounts.find(({ id }) => id === accountId)?.name,
    region,
    status: gathered.failure ? statusOfFailure(gathered.failure, optIn) : 'COMPLETE',
    ...gathered,
    kinds: counts,
    looks,
    calls: { ...look.clients.calls },
    ...(dates.total && { unreadableDates: dates.total }),
    ...(clock && { clock }),
    at: deps.clock.now().toISOString(),
    files: { findings: noted.written(), foreignReferences },
  };
  await writeUnlessFailed(deps.store, keys.outcome(target), outcome);
  // Only now: what was counted stays, should it be throttled to the end.
  refuseThrottled(failures);
  const all = Object.values(counts);
  return {
    status: outcome.status,
    resources: all.reduce((sum, { resources }) => sum + resources, 0),
    stale: all.reduce((sum, { verdicts }) => sum + verdicts.STALE, 0),
    outcomeKey: keys.outcome(target),
  };
}

/** What a kind's listing brings; null where it ends before its end, for whatever reason. */
async function unlessThrown<T>(work: Promise<T>, thrown: unknown[]): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    thrown.push(error);
    return null;
  }
}

/** What is plainly in use is only counted, unless it was stale: else it would look gone. */
function isListed(kind: Kind, finding: Finding, { entries }: History): boolean {
  return !kind.isPlainlyInUse(finding) || entries[keyInTarget(finding)] !== undefined;
}

/**
 * The Recycle Bin's rules for a kind that something could be removed of. Where they can't be read
 * nothing is removed, but everything has been seen: it is no gap.
 */
async function lookAtRules({ removal }: Kind, clients: SpokeClients): Promise<RecycleBinLook> {
  if (removal?.undo === undefined) return { rules: [] };
  try {
    return { rules: await removal.undo.rules(clients) };
  } catch (error) {
    return { failure: toAwsFailure(error) };
  }
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
