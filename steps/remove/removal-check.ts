import { classifyFailure, toAwsFailure } from '../../aws/answers/aws-error.ts';
import type { AwsFailure } from '../../core/outcome/outcome.ts';
import type { PlannedRemoval } from '../../core/plan/plan.ts';
import { isInGrace } from '../../core/plan/plan-target.ts';
import type { Discovery, Kind } from '../../kinds/kind.ts';
import { entryKey } from '../ledger/ledger.ts';
import { settleGone, settleStopped } from './removal-gone.ts';
import { isLastCopy } from './removal-last-copy.ts';
import type { StillStale } from './removal-rules.ts';
import type { Batch, RemovalRun } from './removal-run.ts';
import { giveUp, isExhausted, putOff, settle } from './removal-settling.ts';

/**
 * The removals of a batch that are still stale now; the others are settled with what keeps them, or
 * wait for another look.
 *
 * @throws what keeps this target as a whole from being looked at: a denial, throttling
 */
export async function recheck(run: RemovalRun, batch: Batch): Promise<StillStale[]> {
  const { kind, removals } = batch;
  // Of the look: what wasn't a candidate then was not looked at closely.
  const now = run.deps.clock.now();
  const looked = await lookAgain(run, batch, now);
  if ('failure' in looked) {
    const { failure } = looked;
    for (const removal of removals) {
      await putOff(run, removal, { outcome: 'NOT_ATTEMPTED', reasons: ['CHECK_FAILED'], failure });
    }
    return [];
  }
  const seen = new Map<string, { facts: unknown; tags: StillStale['tags'] }>();
  for (const facts of looked.resources) {
    const { resourceId, tags } = kind.describe(facts, { ...run.look, now });
    seen.set(resourceId, { facts, tags });
  }
  const stale: StillStale[] = [];
  for (const removal of removals) {
    const found = seen.get(removal.resourceId);
    if (found === undefined) continue;
    const { facts, tags } = found;
    if (await isStillStale(run, kind, removal, facts, looked.incomplete[0], now)) {
      stale.push({ removal, tags, facts });
    }
  }
  const gone = removals.filter(({ resourceId }) => !seen.has(resourceId));
  if (gone.length > 0) await settleGone(run, kind, gone);
  return stale;
}

/** Server trouble passes, and keeps only this batch waiting. */
async function lookAgain(
  run: RemovalRun,
  { kind, removals }: Batch,
  now: Date,
): Promise<Discovery<unknown> | { failure: AwsFailure }> {
  const ids = removals.map(({ resourceId }) => resourceId);
  try {
    return await kind.recheck({ ...run.look, now }, ids);
  } catch (error) {
    const failure = toAwsFailure(error);
    if (classifyFailure(failure) !== 'SERVER') throw error;
    return { failure };
  }
}

async function isStillStale(
  run: RemovalRun,
  kind: Kind,
  removal: PlannedRemoval,
  facts: unknown,
  incomplete: AwsFailure | undefined,
  now: Date,
): Promise<boolean> {
  const { verdict, reasons } = kind.assess(facts, run.policy, now);
  if (verdict === 'UNKNOWN') {
    // A reference listing failed: look again later, and give up without removing anything.
    await putOff(run, removal, { outcome: 'NOT_ATTEMPTED', reasons, failure: incomplete });
  } else if (verdict === 'KEEP') {
    await settle(run, removal, { outcome: 'NO_LONGER_STALE', reasons });
  } else if (run.hold !== null) {
    // Begun before the account was moved, and still there.
    await settle(run, removal, { outcome: 'PROTECTED', reasons: [run.hold] });
  } else if (isInGrace(removal.staleSince, { policy: run.policy, now })) {
    await settle(run, removal, { outcome: 'PROTECTED', reasons: ['IN_GRACE'] });
  } else if (run.graceBeganAnew.has(entryKey(removal))) {
    // Restored, or seen in use, by or beside an execution that came between plan and removal.
    await settle(run, removal, { outcome: 'NO_LONGER_STALE', reasons: ['GRACE_BEGAN_ANEW'] });
  } else if (isLastCopy(run, kind, kind.siblings(facts))) {
    await settle(run, removal, { outcome: 'PROTECTED', reasons: ['LAST_COPY'] });
  } else if (run.bin.stopped) {
    await settleStopped(run, removal);
  } else if (isExhausted(run, removal)) {
    await giveUp(run, removal);
  } else {
    return true;
  }
  return false;
}
