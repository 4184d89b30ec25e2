import type { Store } from '../../store/store.ts';
import { type Ended, makeSummary } from '../../core/summary/make-summary.ts';
import { askedOf, NO_PAST, toTrendPoint, withPast } from '../../core/summary/timeline.ts';
import { ExpectedTampered } from '../../core/model/errors.ts';
import { ExecutionId } from '../../core/model/ids.ts';
import { reconcileRemovals } from '../../core/summary/reconcile-removals.ts';
import { acceptedInput, gapsToAccept } from '../../report/gaps/gaps-to-accept.ts';
import { renderFailure, renderText } from '../../report/message/text.ts';
import type { StepFailure, Summary, TrendPoint } from '../../core/summary/summary.ts';
import type {
  CaughtError,
  Resumed,
  Summarized,
  ToSummarize,
} from '../../statemachine/contracts.ts';
import type { Deps, FoldDeps } from '../deps.ts';
import { type Expected, readExpected } from '../expected.ts';
import { withFence } from '../../store/fenced-store.ts';
import { gatherFindings } from '../report/gathered-findings.ts';
import { Fates } from '../report/fates.ts';
import { knownOf, wordsAmong } from '../report/known-of.ts';
import { writeJson } from '../../store/stored-json.ts';
import { keysOf } from '../../store/keys.ts';
import { toFailure } from '../targets/record-failed-target.ts';
import { foldPlan, foldRemovals, planThatWasMade } from './fold-plan.ts';
import { readRemovalOutcomes } from './removal-outcomes.ts';
import { readChange } from '../plan/stale-change.ts';
import { takeIntoTimeline } from '../report/timeline.ts';
import { noteHeldOnPage, writeReport } from '../report/write-report.ts';

/**
 * Folds what the execution left in the store into its files, and renders the one message. Runs
 * also after a step that failed; an execution that never got to know its targets leaves no files.
 */
export async function summarizeExecution(
  given: FoldDeps & Pick<Deps, 'hubName' | 'simulated' | 'startedBy'>,
  { executionId, carried }: ToSummarize,
): Promise<Summarized> {
  // Prepare failed: what is there, if anything is, is an earlier execution's, and stays as it is.
  const { expectedDigest } = carried;
  const isRefused = carried.error?.Error === 'InvalidInput';
  if (expectedDigest === undefined || isRefused || !ExecutionId.safeParse(executionId).success)
    return summarizeNothing(executionId, carried.error);
  const keys = keysOf(executionId);
  const deps = await withFence(given, executionId);
  const { store } = deps;
  const expected = await findExpected(store, executionId, expectedDigest);
  if (expected instanceof ExpectedTampered)
    return summarizeTampered(deps, executionId, expected, carried);
  const finishedAt = deps.clock.now();

  const made = await planThatWasMade(store, executionId, carried.plan);
  const ofPlan = { ...made, executionId, finishedAt, waitEnded: carried.notApproved };
  const folded = await foldRemovals(deps, ofPlan);
  const fates = await Fates.open(store, {
    ...folded,
    isPlanUnreadable: made.failure !== null,
    words: wordsAmong(deps, expected),
  });
  const { onPage, outcomes } = await gatherFindings(deps, expected, finishedAt, { fates });
  const { heldOnPage, onHeld } = noteHeldOnPage(onPage);
  const { plan, counted, approval, recorded, removals, ...of } = await foldPlan(deps, folded, {
    ...{ fates, onHeld },
  });
  const stepThatFailed =
    stepFailure(carried.error, carried) ??
    approvalFailure(carried.notApproved) ??
    of.failure ??
    ledgerFailure(recorded.tampered);
  const ended: Ended = {
    ...knownOf(deps, expected, { outcomes, finishedAt }),
    plan,
    counted,
    approval,
    removals: recorded.outcomes,
    change: await readChange(store, executionId),
    ...NO_PAST,
    failure: stepThatFailed,
    resumed: carried.resumed && toResumption(carried.resumed),
  };
  const alone = makeSummary(ended);
  const now = {
    ...{ point: pointOf(alone, carried.resumed), asked: askedOf(ended.input), outcomes, removals },
    ...{ startedAt: expected.startedAt, finishedAt, isClockRight: alone.clock === null },
    isLate: carried.resumed !== undefined,
  };
  const summary = withPast(alone, await takeIntoTimeline(store, now));

  await store.writeLines(keys.targets, outcomes.map(toLine));
  await store.writeLines(keys.removals, removals.map(toLine));
  // First what everybody goes by, then the page: whatever becomes of it, the facts are there.
  const message = await writeSummary(store, summary);
  const failure = await writeReport(store, summary, {
    ...{ onPage, outcomes, removals, plan, heldOnPage },
  });
  return failure === null ? message : writeSummary(store, { ...summary, reportFailure: failure });
}

async function writeSummary(store: Store, summary: Summary): Promise<Summarized> {
  const keys = keysOf(summary.executionId);
  const { subject, body } = renderText(summary);
  await store.put(keys.summaryText, `${subject}\n\n${body}`);
  const toAccept = gapsToAccept(summary);
  if (toAccept !== null) await writeJson(store, keys.accepted, acceptedInput(toAccept));
  await writeJson(store, keys.summary, summary);
  const { executionId, status } = summary;
  return { executionId, status, subject, message: body, summaryKey: keys.summary };
}

function summarizeNothing(executionId: string, error: CaughtError | undefined): Summarized {
  const caught = error ?? { Error: 'Unknown', Cause: 'Prepare left nothing behind' };
  const { code: name, message } = toFailure(caught);
  const { subject, body } = renderFailure(executionId, { name, message }, 'NOT_BEGUN');
  return { executionId, status: 'FAILED', subject, message: body, summaryKey: null };
}

async function findExpected(
  store: Store,
  executionId: string,
  digest: string,
): Promise<Expected | ExpectedTampered> {
  try {
    return await readExpected(store, executionId, digest);
  } catch (error) {
    if (error instanceof ExpectedTampered) return error;
    throw error;
  }
}

/**
 * Nobody knows any more what was to be looked at. What was removed is told all the same, as far as
 * the plan is the one that was made.
 */
async function summarizeTampered(
  { store, clock }: FoldDeps,
  executionId: string,
  error: ExpectedTampered,
  { plan: made }: ToSummarize['carried'],
): Promise<Summarized> {
  const told = [error.message];
  if (made === undefined) told.push('nothing was removed');
  else {
    const now = clock.now();
    const { plan, failure } = await planThatWasMade(store, executionId, made);
    const recorded = await readRemovalOutcomes(store, executionId, plan, now.toISOString());
    const removals = reconcileRemovals(plan, recorded.outcomes, now);
    await store.writeLines(keysOf(executionId).removals, removals.map(toLine));
    const removed = removals.filter(({ outcome }) => outcome === 'REMOVED').length;
    told.push(`removals that are known to have been made: ${removed} (removals.jsonl)`);
    if (failure !== null) told.push(failure.message);
    told.push(...recorded.tampered);
  }
  const message = told.join('; ');
  const { subject, body } = renderFailure(executionId, { name: error.name, message }, 'BEGUN');
  return { executionId, status: 'FAILED', subject, message: body, summaryKey: null };
}

/** In its place: when it was scanned, not when it was summed up at last. */
function pointOf(summary: Summary, resumed: Resumed | undefined): TrendPoint {
  const point = toTrendPoint(summary);
  return resumed === undefined ? point : { ...point, finishedAt: resumed.scannedAt };
}

function toResumption({ at, scannedAt, by }: Resumed): NonNullable<Summary['resumed']> {
  return { at, scannedAt, by };
}

/** Which step left the error, its state still shows: Plan adds its own output to it. */
function stepFailure(
  caught: CaughtError | undefined,
  { plan }: ToSummarize['carried'],
): StepFailure | null {
  if (caught === undefined) return null;
  const step = plan === undefined ? 'Plan' : 'RemoveTargets';
  const { code: error, message } = toFailure(caught);
  return { step, error, message };
}

/** How a wait ends that nobody ended with a yes; anything else means that nobody could be asked. */
const ENDINGS_OF_THE_WAIT = new Set(['ApprovalRejected', 'States.Timeout', 'Interrupted']);

function approvalFailure(waitEnded: CaughtError | undefined): StepFailure | null {
  if (waitEnded === undefined || ENDINGS_OF_THE_WAIT.has(waitEnded.Error)) return null;
  const { code: error, message } = toFailure(waitEnded);
  return { step: 'AwaitApproval', error, message };
}

/** What was done isn't known to the end. */
function ledgerFailure([first, ...others]: readonly string[]): StepFailure | null {
  if (first === undefined) return null;
  const message = others.length === 0 ? first : `${first} (and ${others.length} more)`;
  return { step: 'RemoveTargets', error: 'RecordTampered', message };
}

function toLine(value: unknown): string {
  return JSON.stringify(value);
}
