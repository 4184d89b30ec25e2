import { DAY_MS } from '../core/age.ts';
import type { AwsFailure } from '../core/outcome.ts';
import type { PlannedRemoval } from '../core/plan.ts';
import { NOT_SEEN_IN_BIN } from '../core/restorability.ts';
import type { Kind } from '../kinds/kind.ts';
import { entryKey } from './ledger.ts';
import { lookIntoBin, mayBeOurs, waitForBin } from './removal-bin.ts';
import type { Kept } from './removal-rules.ts';
import { type Ending, isInterrupted, type RemovalRun, triesOf } from './removal-run.ts';
import { refusalOf, settle, settleRefusal, settleUntouched } from './removal-settling.ts';

/** How a removal that AWS accepted at `removedAt` ended: with a promise only where it was seen to hold. */
export async function settleRemoved(
  run: RemovalRun,
  kind: Kind,
  { removal, rule }: Kept,
  removedAt: number,
): Promise<void> {
  const removed = { outcome: 'REMOVED', reasons: [] } as const;
  if (rule === null) {
    await settle(run, removal, removed);
    return;
  }
  const seen = run.bin.seen.get(rule.identifier);
  if (seen !== undefined) {
    const until = new Date(removedAt + rule.retentionDays * DAY_MS).toISOString();
    await settle(run, removal, { ...removed, ...(seen && { restorableUntil: until }) });
    return;
  }
  const { entries, failure } = await waitForBin(run, kind, [removal]);
  const entry = entries.get(removal.resourceId);
  if (entry !== undefined) {
    run.bin.seen.set(rule.identifier, true);
    await settle(run, removal, { ...removed, restorableUntil: entry.restorableUntil });
  } else if (isInterrupted(run)) {
    await settle(run, removal, removed);
  } else {
    run.bin.seen.set(rule.identifier, false);
    await settleUnseen(run, removal, { ...removed, failure });
  }
}

/**
 * What is gone: removed by a request of ours if the bin shows it entered since, else by others.
 *
 * @param refusal AWS's own word that it is gone
 */
export async function settleGone(
  run: RemovalRun,
  kind: Kind,
  gone: readonly PlannedRemoval[],
  refusal?: AwsFailure,
): Promise<void> {
  const ours = gone.filter((removal) => mayBeOurs(run, removal));
  const waitedFor = await waitForBin(run, kind, ours);
  const others = await lookIntoBin(
    run,
    kind,
    gone.filter((removal) => !mayBeOurs(run, removal) && isBegun(run, removal)),
  );
  for (const removal of gone) {
    const { entries, failure } = mayBeOurs(run, removal) ? waitedFor : others;
    const entry = entries.get(removal.resourceId);
    const { unanswered } = triesOf(run, removal);
    const ending: Ending =
      entry === undefined
        ? { outcome: 'ALREADY_GONE', reasons: [], failure: unanswered ?? refusal ?? failure }
        : { outcome: 'REMOVED', reasons: [], restorableUntil: entry.restorableUntil };
    if (entry === undefined && mayBeOurs(run, removal)) await settleUnseen(run, removal, ending);
    else await settle(run, removal, ending);
  }
}

/** AWS's refusal; of what isn't there any more the bin may tell that a request of ours removed it. */
export async function settleRefused(
  run: RemovalRun,
  kind: Kind,
  removal: PlannedRemoval,
  failure: AwsFailure,
): Promise<void> {
  const isGone = refusalOf(kind, failure).outcome === 'ALREADY_GONE';
  if (isGone) await settleGone(run, kind, [removal], failure);
  else await settleRefusal(run, kind, removal, failure);
}

/** After a stop nothing is removed any more; what may have been requested is FAILED. */
export async function settleStopped(run: RemovalRun, removal: PlannedRemoval): Promise<void> {
  const { unanswered } = triesOf(run, removal);
  await settle(run, removal, {
    outcome: unanswered === null ? 'NOT_ATTEMPTED' : 'FAILED',
    reasons: [NOT_SEEN_IN_BIN],
    failure: unanswered ?? undefined,
  });
}

/** Stops the target where the bin is required: nothing more goes without a way back. */
async function settleUnseen(run: RemovalRun, removal: PlannedRemoval, ending: Ending) {
  if (!run.policy.requireRecycleBin) {
    await settle(run, removal, ending);
    return;
  }
  run.bin.stopped = true;
  await settle(run, removal, { ...ending, reasons: [NOT_SEEN_IN_BIN] });
  await settleUntouched(run, NOT_SEEN_IN_BIN);
}

function isBegun(run: RemovalRun, removal: PlannedRemoval): boolean {
  return run.ledger.openIntents.has(entryKey(removal));
}
