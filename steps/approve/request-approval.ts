import { wordsOf } from '../../kinds/in-words.ts';
import { z } from 'zod';
import type { Store } from '../../store/store.ts';
import { verifyPlan } from '../../core/plan/digest.ts';
import { PlanTampered } from '../../core/model/errors.ts';
import { ExecutionId, Timestamp } from '../../core/model/ids.ts';
import { Plan } from '../../core/plan/plan.ts';
import type { Question } from '../../core/plan/question.ts';
import { renderApprovalRequest } from '../../report/approval/approval-text.ts';
import { cut } from '../../report/format/layout.ts';
import type { FunctionInput, FunctionOutput } from '../../statemachine/contracts.ts';
import { updateStored } from '../../store/update-stored.ts';
import type { Deps } from '../deps.ts';
import { bodyOf, parseJson, readJson, writeJson } from '../../store/stored-json.ts';
import { readCounts } from '../plan/read-counts.ts';
import { toFailure } from '../targets/record-failed-target.ts';
import { keysOf } from '../../store/keys.ts';

/** Who waits. The token lets its holder end the wait, so it is kept here and told to nobody. */
export const ApprovalRequest = z.strictObject({
  schemaVersion: z.literal(1),
  executionId: ExecutionId,
  planDigest: z.string(),
  taskToken: z.string().min(1),
  requestedAt: Timestamp,
  /** When the machine stops waiting. */
  expiresAt: Timestamp,
  /** null: nobody has been told yet, as far as is known. */
  publishedAt: Timestamp.nullable(),
});
export type ApprovalRequest = z.infer<typeof ApprovalRequest>;

/**
 * Keeps the token of the machine that waits, and asks for a decision on its plan. A Task that is
 * tried again comes with a new token, and the old one is void: the newest is kept. People are asked
 * once, unless a call died between telling them and writing it down.
 *
 * @throws {PlanTampered} when the stored plan isn't the one to be approved
 */
export async function requestApproval(
  deps: Pick<Deps, 'store' | 'clock' | 'kinds' | 'notify' | 'approvalOptions' | 'startedBy'>,
  {
    executionId,
    planDigest,
    taskToken,
    timeoutSeconds,
    shown: made,
  }: FunctionInput<'RequestApprovalFunctionArn'>,
): Promise<FunctionOutput<'RequestApprovalFunctionArn'>> {
  const { store, clock } = deps;
  const plan = await readPlanToApprove(store, executionId, planDigest);
  const requestedAt = clock.now();
  const asked = await keep(store, executionId, (earlier) => ({
    schemaVersion: 1,
    executionId,
    planDigest,
    taskToken,
    requestedAt: requestedAt.toISOString(),
    expiresAt: new Date(requestedAt.getTime() + timeoutSeconds * 1000).toISOString(),
    publishedAt: earlier?.publishedAt ?? null,
  }));
  const question: Question = {
    schemaVersion: 1,
    executionId,
    planDigest,
    askedAt: asked.requestedAt,
    expiresAt: asked.expiresAt,
    ...whatWasMade(made),
  };
  // Before anybody is told: who comes to decide finds it.
  await writeJson(store, keysOf(executionId).question, question);
  if (asked.publishedAt !== null) return { published: false };

  await deps.notify(
    renderApprovalRequest({
      plan,
      counts: await readCounts(store, plan),
      question,
      words: wordsOf(deps.kinds),
      location: store.locationOf(keysOf(executionId).root),
      commandOptions: deps.approvalOptions,
      program: deps.startedBy?.program,
    }),
  );
  await notePublished(deps, asked);
  return { published: true };
}

/** They are told: what can't be noted any more must not make the machine have them told again. */
async function notePublished(
  { store, clock }: Pick<Deps, 'store' | 'clock'>,
  asked: ApprovalRequest,
): Promise<void> {
  const publishedAt = clock.now().toISOString();
  const { executionId } = asked;
  await keep(store, executionId, (latest) => ({ ...(latest ?? asked), publishedAt })).catch(
    () => undefined,
  );
}

function whatWasMade(
  made: FunctionInput<'RequestApprovalFunctionArn'>['shown'],
): Pick<Question, 'shown' | 'notShown'> {
  if (made === undefined)
    return { shown: null, notShown: 'the run began with an earlier version of orgsweep' };
  if (!('Error' in made)) return { shown: made, notShown: null };
  const { code, message } = toFailure(made);
  return { shown: null, notShown: cut(`${code}: ${message}`, 300) };
}

export async function findApprovalRequest(
  store: Store,
  executionId: string,
): Promise<ApprovalRequest | undefined> {
  const key = keysOf(executionId).approvalRequest;
  return (await store.get(key)) === undefined ? undefined : readJson(store, key, ApprovalRequest);
}

/** Changes the request so that no other call's token or note is lost. @returns what is kept */
async function keep(
  store: Store,
  executionId: string,
  change: (earlier: ApprovalRequest | undefined) => ApprovalRequest,
): Promise<ApprovalRequest> {
  const key = keysOf(executionId).approvalRequest;
  let kept: ApprovalRequest | undefined;
  await updateStored(store, key, async () => {
    const stored = await store.get(key);
    kept = change(stored && ApprovalRequest.parse(parseJson(stored.body)));
    return { stored, body: bodyOf(kept) };
  });
  if (kept === undefined) throw new Error(`${store.locationOf(key)} was not worked out`);
  return kept;
}

/** @throws {PlanTampered} unless it is the READY plan with that digest, and wants approval */
export async function readPlanToApprove(
  store: Store,
  executionId: string,
  planDigest: string,
): Promise<Plan> {
  const plan = await readJson(store, keysOf(executionId).plan, Plan);
  if (
    !verifyPlan(plan) ||
    plan.digest !== planDigest ||
    plan.executionId !== executionId ||
    plan.status !== 'READY' ||
    plan.approval !== 'required'
  ) {
    throw new PlanTampered(
      `plan.json of ${executionId} is not the plan with digest ${planDigest} that was to be approved`,
    );
  }
  return plan;
}
