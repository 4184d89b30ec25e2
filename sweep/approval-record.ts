import { type Store, StoreConflict } from '../adapters/store.ts';
import { ApprovalRecord, mayRemove } from '../core/approval.ts';
import { PlanNotApproved, RecordTampered } from '../core/errors.ts';
import type { Approval } from '../core/input.ts';
import type { Plan } from '../core/plan.ts';
import { bodyOf, readJson } from './stored-json.ts';
import { keysOf } from './keys.ts';

/** How the wait for a person ended; undefined while nobody has decided. */
export async function findApproval(
  store: Store,
  executionId: string,
): Promise<ApprovalRecord | undefined> {
  const key = keysOf(executionId).approval;
  return (await store.get(key)) === undefined ? undefined : readJson(store, key, ApprovalRecord);
}

/** Writes it down unless another one was first. @returns the one that stands */
export async function recordApproval(
  store: Store,
  record: ApprovalRecord,
): Promise<ApprovalRecord> {
  const key = keysOf(record.executionId).approval;
  try {
    await store.put(key, bodyOf(record), { absent: true });
    return record;
  } catch (error) {
    if (!(error instanceof StoreConflict)) throw error;
  }
  try {
    return await readJson(store, key, ApprovalRecord);
  } catch (error) {
    if (!(error instanceof RecordTampered)) throw error;
    // What nobody decided keeps nobody from deciding.
    await store.put(key, bodyOf(record));
    return record;
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
