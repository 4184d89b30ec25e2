import type { Store } from '../adapters/store.ts';
import { mayRemove } from '../core/approval.ts';
import { type Ended, makeSummary, reconciledRemovals } from '../core/make-summary.ts';
import { askedOf, NO_PAST, toTrendPoint, withPast } from '../core/timeline.ts';
import { verifyPlan } from '../core/digest.ts';
import { ExpectedTampered } from '../core/errors.ts';
import type { TargetOutcome } from '../core/outcome.ts';
import { reconcileRemovals } from '../core/reconcile-removals.ts';
import type { Plan } from '../core/plan.ts';
import { CSV_HEADER, csvLine } from '../core/report/csv.ts';
import { renderFailure, renderText } from '../core/report/text.ts';
import type { StepFailure, Summary } from '../core/summary.ts';
import { Finding } from '../core/verdict.ts';
import { inWordsOf } from '../kinds/in-words.ts';
import type { CaughtError, FunctionInput, FunctionOutput } from '../statemachine/contracts.ts';
import { recordApproval } from './approval-record.ts';
import type { Deps, FoldDeps } from './deps.ts';
import { type Expected, pricesOf, readExpected } from './expected.ts';
import { readForeignReferences, withOtherUses } from './foreign-references.ts';
import { writeJson } from './stored-json.ts';
import { keysOf } from './keys.ts';
import { readLinesAhead } from './read-ahead.ts';
import { findPlan } from './plan-removals.ts';
import { reconcileExecution } from './reconcile-execution.ts';
import { toFailure } from './record-failed-target.ts';
import { readRemovalOutcomes } from './removal-outcomes.ts';
import { readChange } from './stale-change.ts';
import { takeIntoTimeline } from './timeline.ts';
import { writeReport } from './write-report.ts';

/**
 * Folds what the execution left in the store into its files, and renders the one message. Runs
 * also after a step that failed; an execution that never got to know its targets leaves no files.
 */
export async function summarizeExecution(
  deps: FoldDeps & Pick<Deps, 'hubName' | 'simulated' | 'startedBy'>,
  { executionId, carried }: FunctionInput<'SummarizeFunctionArn'>,
): Promise<FunctionOutput<'SummarizeFunctionArn'>> {
  const { store } = deps;
  const keys = keysOf(executionId);
  // Prepare failed: what is there, if anything is, is an earlier execution's, and stays as it is.
  if (carried.expectedDigest === undefined || carried.error?.Error === 'InvalidInput')
    return summarizeNothing(executionId, carried.error);
  const expected = await findExpected(store, executionId, carried.expectedDigest);
  if (expected instanceof ExpectedTampered)
    return summarizeTampered(deps, executionId, expected, carried);
  const finishedAt = deps.clock.now();

  const outcomes = await reconcileExecution(store, expected, finishedAt);
  const plan = (await findPlan(store, executionId)) ?? null;
  const approval = await approvalOf(deps, plan, carried.notApproved);
  const stepThatFailed =
    stepFailure(carried.error, carried) ??
    approvalFailure(carried.notApproved) ??
    tampering(plan, carried.plan?.planDigest);
  const recorded =
    plan === null ? [] : await readRemovalOutcomes(store, plan, finishedAt.toISOString());
  const ended: Ended = {
    executionId,
    input: { ...expected, plan: expected.basedOn ?? undefined },
    startedAt: new Date(expected.startedAt),
    finishedAt,
    outcomes,
    plan,
    approval,
    removals: recorded,
    change: await readChange(store, executionId),
    ...NO_PAST,
    accounts: expected.accounts,
    organizationalUnitNames: expected.organizationalUnits ?? {},
    prices: { asOf: pricesOf(expected).asOf, source: pricesOf(expected).source },
    clock: expected.clock ?? null,
    pricesFailure: expected.pricesFailure ?? null,
    notLookedAt: deps.kinds
      .filter(({ kind }) => expected.kinds.includes(kind))
      .flatMap(({ blindSpots }) => blindSpots),
    failure: stepThatFailed,
    location: store.locationOf(keys.root),
    hubName: deps.hubName,
    startedBy: deps.startedBy,
    simulated: deps.simulated,
  };
  const removals = reconciledRemovals(ended);
  const alone = makeSummary(ended);
  const point = toTrendPoint(alone);
  const now = { point, asked: askedOf(ended.input), outcomes, removals };
  const summary = withPast(alone, await takeIntoTimeline(store, now));

  await store.writeLines(keys.targets, outcomes.map(toLine));
  await store.writeLines(keys.findings, findingsOf(store, executionId, outcomes));
  await store.writeLines(keys.findingsCsv, csvOf(deps, keys.findings, outcomes));
  const told = plan === null ? [] : removals;
  await store.writeLines(keys.removals, told.map(toLine));
  // First what everybody goes by, then the page: whatever becomes of it, the facts are there.
  const message = await writeSummary(store, summary);
  const failure = await writeReport(deps, expected, summary, { outcomes, removals: told, plan });
  return failure === null ? message : writeSummary(store, { ...summary, reportFailure: failure });
}

async function writeSummary(
  store: Store,
  summary: Summary,
): Promise<FunctionOutput<'SummarizeFunctionArn'>> {
  const keys = keysOf(summary.executionId);
  const { subject, body } = renderText(summary);
  await store.put(keys.summaryText, `${subject}\n\n${body}`);
  await writeJson(store, keys.summary, summary);
  return { status: summary.status, subject, message: body, summaryKey: keys.summary };
}

function summarizeNothing(
  executionId: string,
  error: CaughtError | undefined,
): FunctionOutput<'SummarizeFunctionArn'> {
  const caught = error ?? { Error: 'Unknown', Cause: 'Prepare left nothing behind' };
  const { subject, body } = renderFailure(executionId, {
    name: caught.Error,
    message: toFailure(caught).message,
  });
  return { status: 'FAILED', subject, message: body, summaryKey: null };
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
  { plan: made }: FunctionInput<'SummarizeFunctionArn'>['carried'],
): Promise<FunctionOutput<'SummarizeFunctionArn'>> {
  const told = [error.message];
  const plan = made === undefined ? undefined : await findPlan(store, executionId);
  if (made === undefined) told.push('nothing was removed');
  else if (plan === undefined || tampering(plan, made.planDigest) !== null)
    told.push('plan.json was changed, too: what was removed, the ledger has');
  else {
    const now = clock.now();
    const recorded = await readRemovalOutcomes(store, plan, now.toISOString());
    const removals = reconcileRemovals(plan, recorded, now);
    await store.writeLines(keysOf(executionId).removals, removals.map(toLine));
    const removed = removals.filter(({ outcome }) => outcome === 'REMOVED').length;
    told.push(
      `${removed} of ${plan.removals.length} planned removals are known to have been made: removals.jsonl`,
    );
  }
  const { subject, body } = renderFailure(executionId, {
    name: error.name,
    message: told.join('; '),
  });
  return { status: 'FAILED', subject, message: body, summaryKey: null };
}

/** Which step left the error, its state still shows: Plan adds its own output to it. */
function stepFailure(
  caught: CaughtError | undefined,
  { plan }: FunctionInput<'SummarizeFunctionArn'>['carried'],
): StepFailure | null {
  if (caught === undefined) return null;
  const step = plan === undefined ? 'Plan' : 'RemoveTargets';
  return { step, error: caught.Error, message: toFailure(caught).message };
}

/**
 * How the wait for a person ended. Nobody can decide any more once it is over: what isn't decided
 * by now has expired, whatever ended the wait.
 */
async function approvalOf(
  { store, clock }: FoldDeps,
  plan: Plan | null,
  waitEnded: CaughtError | undefined,
): Promise<Summary['approval']> {
  if (plan?.status !== 'READY' || plan.approval === 'none') return null;
  const record = await recordApproval(store, {
    schemaVersion: 1,
    executionId: plan.executionId,
    planDigest: plan.digest,
    decision: 'EXPIRED',
    by: null,
    at: clock.now().toISOString(),
  });
  const { decision, by, at } = record;
  return { decision, by, at, removalsAllowed: waitEnded === undefined && mayRemove(plan, record) };
}

/** How a wait ends that nobody ended with a yes; anything else means that nobody could be asked. */
const ENDINGS_OF_THE_WAIT = new Set(['ApprovalRejected', 'States.Timeout', 'Interrupted']);

function approvalFailure(waitEnded: CaughtError | undefined): StepFailure | null {
  if (waitEnded === undefined || ENDINGS_OF_THE_WAIT.has(waitEnded.Error)) return null;
  const { message } = toFailure(waitEnded);
  return { step: 'AwaitApproval', error: waitEnded.Error, message };
}

/** A plan that was changed since would say what was wanted; it is never called done. */
function tampering(plan: Plan | null, digestThatWasMade: unknown): StepFailure | null {
  if (plan === null) return null;
  if (verifyPlan(plan) && plan.digest === (digestThatWasMade ?? plan.digest)) return null;
  const message = `plan.json of ${plan.executionId} is not the plan that was made`;
  return { step: 'RemoveTargets', error: 'PlanTampered', message };
}

/** The findings of every target whose discovery wrote them to the end. */
async function* findingsOf(
  store: Store,
  executionId: string,
  outcomes: readonly TargetOutcome[],
): AsyncGenerator<string> {
  const uses = await readForeignReferences(store, executionId, outcomes);
  const objects = outcomes.flatMap(({ accountId, region, kinds }) => {
    const mostLines = Object.values(kinds).reduce((sum, { resources }) => sum + resources, 0);
    if (region === null || mostLines === 0) return [];
    return [{ key: keysOf(executionId).targetFindings({ accountId, region }), mostLines }];
  });
  const lines = readLinesAhead(store, objects);
  if (uses.size === 0) yield* lines;
  else for await (const line of lines) yield toLine(withOtherUses(parseFinding(line), uses));
}

async function* csvOf(
  { store, kinds }: Pick<Deps, 'store' | 'kinds'>,
  findingsKey: string,
  outcomes: readonly TargetOutcome[],
): AsyncGenerator<string> {
  const names = new Map(outcomes.map(({ accountId, accountName }) => [accountId, accountName]));
  const inWords = inWordsOf(kinds);
  yield CSV_HEADER;
  for await (const line of store.lines(findingsKey)) {
    const finding = parseFinding(line);
    const accountName = names.get(finding.accountId);
    yield csvLine(finding, { accountName, inWords: inWords(finding) });
  }
}

function parseFinding(line: string): Finding {
  return Finding.parse(JSON.parse(line));
}

function toLine(value: unknown): string {
  return JSON.stringify(value);
}
