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
 * A reference source that can't be listed makes its findings UNKNOWN and the target incomplete;
 * resources that can't be listed at all make the whole call throw.
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

  let clock = checkClock(deps, expected.mode);
  const counts: Record<string, KindCounts> = {};
  const incomplete: AwsFailure[] = [];
  const references: Record<string, number> = {};
  const foreign: ForeignReference[] = [];
  const recycleBin: Record<string, RecycleBinLook> = {};
  const dates = new UnreadableDatesCount();
  let history: History | undefined;
  async function* findings(): AsyncGenerator<string> {
    for (const name of target.kinds) {
      const kind = kindNamed(deps.kinds, name);
      const discovery = await kind.discover(look);
      // It may have jumped meanwhile.
      clock ??= checkClock(deps, expected.mode);
      const rules = async () => (recycleBin[name] ??= await lookAtRules(kind, look.clients));
      const known = (history ??= await readHistory(deps.store, target, look.now));
      const seen = { kind, look, discovery, expected, history: known, rules };
      const closer = await lookCloserAtRemovable(deps.store, seen);
      incomplete.push(...discovery.incomplete, ...closer.incomplete);
      for (const reference of discovery.foreignReferences) foreign.push(reference);
      Object.assign(references, discovery.counts);
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
    }
  }
  const noted = noteLines(findings());
  await deps.store.writeLines(keys.targetFindings(target), noted.lines);
  const foreignReferences = await writeForeignReferences(deps.store, executionId, target, foreign);

  const optIn = needsOptIn(expected, region);
  const failures = gatherFailures(incomplete);
  const outcome: StoredOutcome = {
    accountId,
    accountName: expected.accounts.find(({ id }) => id === accountId)?.name,
    region,
    status: failures.failure ? statusOfFailure(failures.failure, optIn) : 'COMPLETE',
    ...failures,
    kinds: counts,
    ...(Object.keys(recycleBin).length > 0 && { recycleBin }),
    references,
    calls: { ...look.clients.calls },
    ...(dates.total && { unreadableDates: dates.total }),
    ...(clock && { clock }),
    at: deps.clock.now().toISOString(),
    files: { findings: noted.written(), foreignReferences },
  };
  await writeUnlessFailed(deps.store, keys.outcome(target), outcome);
  // Only now: what was counted stays, should it be throttled to the end.
  refuseThrottled(incomplete);
  const all = Object.values(counts);
  return {
    status: outcome.status,
    resources: all.reduce((sum, { resources }) => sum + resources, 0),
    stale: all.reduce((sum, { verdicts }) => sum + verdicts.STALE, 0),
    outcomeKey: keys.outcome(target),
  };
}

/** What is plainly in use is only counted, unless it was stale: else it would look gone. */
function isListed(kind: Kind, finding: Finding, { entries }: History): boolean {
  return !kind.isPlainlyInUse(finding) || entries[keyInTarget(finding)] !== undefined;
}

/**
 * The Recycle Bin's rules for a kind that something could be removed of. Where they can't be read
 * nothing is removed, but everything has been seen: it is no gap.
 */
async function lookAtRules({ undo }: Kind, clients: SpokeClients): Promise<RecycleBinLook> {
  if (undo === null) return { rules: [] };
  try {
    return { rules: await undo.rules(clients) };
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
