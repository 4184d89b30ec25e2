import { StoreConflict } from '../../store/store.ts';
import { ExpectedTampered, InvalidInput, RecordTampered } from '../../core/model/errors.ts';
import { ownFloorsOf } from '../../kinds/among.ts';
import { approvalAtLeast, limitsAtLeast, policiesAtLeast } from '../../core/floors/at-least.ts';
import type { ExecutionInput as Input } from '../../core/input/input.ts';
import { MOST_PLAN_AGE_DAYS, refuseOldNamedPlan } from '../../core/plan/plan-age.ts';
import type { FunctionOutput } from '../../statemachine/contracts.ts';
import { readApplicable } from './applicable-plan.ts';
import type { PrepareDeps } from '../deps.ts';
import { type Expected, readExpected } from '../expected.ts';
import { isSealedBy, ownSeal, sealed } from '../../store/fenced-store.ts';
import { findResumable, refusal, type Resumable, type TakenUp } from './find-resumable.ts';
import { keysOf } from '../../store/keys.ts';
import { refuseUnlessDeletable, refuseDeletionByWrongClock } from './refuse-deletion.ts';
import { bodyOf } from '../../store/stored-json.ts';

/**
 * Takes an execution up where its Plan or Summarize failed, under its own id. What it goes on with
 * comes from the state that Step Functions remembers: the digest of what Prepare expected, and that
 * of the plan. Every file is held against one of them, or against the execution's seal.
 *
 * @throws {InvalidInput} naming what stands against it, and what to do instead
 */
export async function takeUpExecution(
  deps: PrepareDeps,
  by: string,
  { mode, resume = by }: Pick<Input, 'mode' | 'resume'>,
): Promise<FunctionOutput<'PrepareFunctionArn'>> {
  const found = await findResumable(deps, { resume, mode, by });
  const { at, prepared, startedAt, scannedAt } = found;
  if (at === 'PLAN') await refuseUnlessAsOfNow(deps, resume, found);
  const now = deps.clock.now();
  await noteTakenUp(deps, found, { resume, by, at: now.toISOString() });
  const { executionId, accountCount, expectedDigest, mode: asked, approval } = prepared;
  const { plan, error, notApproved } = found.carried;
  const keys = keysOf(executionId);
  return {
    ...{ executionId, accountCount, expectedDigest, mode: asked, approval },
    accountsKey: keys.accounts,
    mapResultsPrefix: keys.mapResults,
    goOnAt: at,
    resumed: {
      by,
      at: now.toISOString(),
      startedAt: startedAt.toISOString(),
      scannedAt: scannedAt.toISOString(),
    },
    ...(plan && { plan }),
    ...(error && { error }),
    ...(notApproved && { notApproved }),
  };
}

/** A plan is made by what the deployment says now, and what was scanned was scanned for that. */
async function refuseUnlessAsOfNow(
  deps: PrepareDeps,
  resume: string,
  { prepared }: Resumable,
): Promise<void> {
  if (prepared.mode === 'delete') {
    refuseUnlessDeletable(deps);
    refuseDeletionByWrongClock(deps);
  }
  const expected = await readUnlessTampered(deps, resume, prepared);
  const { floors, protectTags } = deps.settings;
  const before = [expected.policy, expected.policies, expected.limits, prepared.approval];
  const { policy, policies } = policiesAtLeast(expected, floors, ownFloorsOf(deps.kinds));
  const approval = approvalAtLeast(prepared, floors);
  const least = [policy, policies, limitsAtLeast(expected.limits, floors), approval];
  if (JSON.stringify(before) !== JSON.stringify(least)) {
    throw refusal(resume, 'one within the floors of this deployment (deletion.floors); start anew');
  }
  const all = [expected.policy, ...Object.values(expected.policies)];
  const unknown = protectTags.find((tag) => all.some((one) => !one.protectTags.includes(tag)));
  if (unknown !== undefined) {
    throw refusal(
      resume,
      `one that knew of the protect tag ${JSON.stringify(unknown)}; start anew`,
    );
  }
  if (expected.basedOn === null) return;
  const named = await readApplicable(
    deps.store,
    expected.basedOn,
    await deps.sealOf(expected.basedOn),
  );
  const age = {
    days: expected.limits.maxPlanAgeDays,
    most: floors.maxPlanAgeDays ?? MOST_PLAN_AGE_DAYS,
  };
  refuseOldNamedPlan(named, age, deps.clock.now());
}

async function readUnlessTampered(
  { store }: PrepareDeps,
  resume: string,
  { executionId, expectedDigest }: Resumable['prepared'],
): Promise<Expected> {
  try {
    return await readExpected(store, executionId, expectedDigest);
  } catch (error) {
    if (!(error instanceof ExpectedTampered)) throw error;
    throw refusal(resume, `one whose files are its own; ${error.message}; start anew`);
  }
}

/** One at a time: who writes it down first takes it up. */
async function noteTakenUp(
  deps: PrepareDeps,
  { prepared: { executionId }, takenUp, stored }: Resumable,
  { resume, by, at }: { resume: string; by: string; at: string },
): Promise<void> {
  const { store } = deps;
  const key = keysOf(executionId).takenUp;
  const seal = await ownSeal(deps, executionId);
  if (stored !== undefined && !isSealedBy(seal, key, stored.body)) {
    throw new RecordTampered(
      `${store.locationOf(key)} is not what an execution wrote: somebody changed it`,
    );
  }
  // A Prepare that is tried again.
  if (takenUp.by.at(-1)?.executionId === by) return;
  const next: TakenUp = { ...takenUp, by: [...takenUp.by, { executionId: by, at }] };
  const condition = stored ? { version: stored.version } : ({ absent: true } as const);
  try {
    await store.put(key, sealed(seal, key, bodyOf(next)), condition);
  } catch (error) {
    if (!(error instanceof StoreConflict)) throw error;
    throw new InvalidInput(
      refusal(resume, 'one that nobody else takes up at this moment').message,
      {
        cause: error,
      },
    );
  }
}
