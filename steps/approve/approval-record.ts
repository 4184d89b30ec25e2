import { type PutCondition, type Store, StoreConflict } from '../../store/store.ts';
import { ApprovalRecord, mayRemove } from '../../core/plan/approval.ts';
import { PlanNotApproved, RecordTampered } from '../../core/model/errors.ts';
import type { Approval } from '../../core/input/input.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { bodyOf, parseJson, readJson } from '../../store/stored-json.ts';
import { keysOf } from '../../store/keys.ts';

/** How the wait for a person ended; undefined while nobody has decided. */
export async function findApproval(
  store: Store,
  executionId: string,
): Promise<ApprovalRecord | undefined> {
  const key = keysOf(executionId).approval;
  return (await store.get(key)) === undefined ? undefined : readJson(store, key, ApprovalRecord);
}

/** More lost races than this, each to another decision or to what is none, are too many. */
const MOST_ATTEMPTS = 10;

/**
 * Writes it down unless another one was first. What nobody decided keeps nobody from deciding: it is
 * written over, but nothing that came meanwhile.
 *
 * @returns the one that stands
 */
export async function recordApproval(
  store: Store,
  record: ApprovalRecord,
): Promise<ApprovalRecord> {
  const key = keysOf(record.executionId).approval;
  let condition: PutCondition = { absent: true };
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
    try {
      await store.put(key, bodyOf(record), condition);
      return record;
    } catch (error) {
      if (!(error instanceof StoreConflict)) throw error;
    }
    const found = await findStanding(store, key);
    if ('record' in found) return found.record;
    ({ condition } = found);
  }
  throw new Error(`${store.locationOf(key)} could not be written`);
}

/** The decision that is there, or on which condition one may be written. */
async function findStanding(
  store: Store,
  key: string,
): Promise<{ readonly record: ApprovalRecord } | { readonly condition: PutCondition }> {
  try {
    const stored = await store.get(key);
    if (stored === undefined) return { condition: { absent: true } };
    const record = ApprovalRecord.safeParse(parseJson(stored.body)).data;
    return record === undefined ? { condition: { version: stored.version } } : { record };
  } catch (error) {
    if (!(error instanceof RecordTampered) || error.version === undefined) throw error;
    return { condition: { version: error.version } };
  }
}

/**
 * @param asked whether a person was to be asked, as the machine's own state has it
 * @throws {PlanNotApproved} when a person was to be asked and hasn't approved this very plan
 */
export async function refuseUnlessApproved(
  store: Store,
  plan: Plan,
  asked: Approval,
): Promise<void> {
  const approval = asked === 'none' ? plan.approval : asked;
  const record = approval === 'none' ? undefined : await findApproval(store, plan.executionId);
  if (mayRemove({ ...plan, approval }, record)) return;
  const decision = record === undefined ? 'nobody has decided' : `it is ${record.decision}`;
  throw new PlanNotApproved(
    `The plan ${plan.digest} of ${plan.executionId} has to be approved, and ${decision}` +
      (record?.decision === 'APPROVED' ? ` for another plan, ${record.planDigest}` : ''),
  );
}
