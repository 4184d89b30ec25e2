import { LeaseLost } from '../../core/model/errors.ts';
import type { AwsFailure } from '../../core/outcome/outcome.ts';
import type { PlannedRemoval } from '../../core/plan/plan.ts';
import type { RecycleBinRule } from '../../core/outcome/recycle-bin.ts';
import { NOT_SEEN_IN_BIN } from '../../core/summary/restorability.ts';
import type { BinEntry, Kind } from '../../kinds/kind.ts';
import { lookIntoBin, type Waited, waitForBatch, waitForBin } from './removal-bin.ts';
import { type Ending, isRequested, mayBeOurs, type RemovalRun, triesOf } from './removal-run.ts';
import {
  refusalOf,
  settle,
  settleAll,
  settleRefusal,
  settleUntouched,
} from './removal-settling.ts';

/** Of a removal that was requested, never answered, and found gone. */
const ANSWER_LOST = 'ANSWER_LOST';

/** Under a Recycle Bin rule that should keep it. */
export interface Accepted {
  readonly removal: PlannedRemoval;
  readonly rule: RecycleBinRule;
}

/**
 * How removals that AWS accepted ended: with a promise only for what was itself seen in the bin, and
 * until when the bin itself says.
 *
 * @param ended what ended the work: there is no waiting then
 */
export async function settleAccepted(
  run: RemovalRun,
  kind: Kind,
  accepted: readonly Accepted[],
  ended?: Waited['cutShort'],
): Promise<void> {
  if (accepted.length === 0) return;
  const removals = accepted.map(({ removal }) => removal);
  const waited: Waited =
    ended === undefined
      ? await waitForBatch(run, kind, removals)
      : { ...(await lookIntoBin(run, kind, removals)), cutShort: ended };
  const isSeen = ({ removal }: Accepted) => waited.entries.has(removal.resourceId);
  const unseen = accepted.filter((one) => !isSeen(one));
  const isFinal = waited.cutShort === undefined;
  for (const one of accepted.filter(isSeen)) run.bin.seen.set(one.rule.identifier, true);
  if (isFinal) for (const { rule } of unseen) run.bin.seen.set(rule.identifier, false);
  const stops = isFinal && unseen.length > 0 && run.policy.requireRecycleBin;
  const told = mayBeSeenLater(waited) ? accepted.filter(isSeen) : accepted;
  await settleAll(
    run,
    told.map(({ removal }) => {
      const entry = waited.entries.get(removal.resourceId);
      if (entry !== undefined) return { removal, ending: restorable(entry) };
      const why = stops ? { reasons: [NOT_SEEN_IN_BIN], failure: waited.failure } : { reasons: [] };
      return { removal, ending: { outcome: 'REMOVED', ...why } };
    }),
  );
  if (stops) await stop(run);
  rethrow(waited);
}

/** After an error the next invocation waits for the bin; after a lost lease there may be none. */
function mayBeSeenLater({ cutShort }: Waited): boolean {
  return typeof cutShort === 'object' && !(cutShort.error instanceof LeaseLost);
}

/**
 * What is gone. Where a request of ours may have removed it, it did, unless the bin shows otherwise:
 * nothing was gone before. What was gone before our own request others removed. Where the bin is
 * required and doesn't show what was requested, all stops.
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
    gone.filter((removal) => !mayBeOurs(run, removal) && isRequested(run, removal)),
  );
  let stops = false;
  for (const removal of gone) {
    const entry = [waitedFor, others].flatMap(
      ({ entries }) => entries.get(removal.resourceId) ?? [],
    )[0];
    const { unanswered } = triesOf(run, removal);
    if (entry !== undefined) {
      await settle(run, removal, restorable(entry));
    } else if (mayBeOurs(run, removal)) {
      const failure = unanswered ?? refusal ?? waitedFor.failure;
      stops = run.policy.requireRecycleBin && waitedFor.cutShort === undefined;
      const reasons = stops ? [ANSWER_LOST, NOT_SEEN_IN_BIN] : [ANSWER_LOST];
      await settle(run, removal, { outcome: 'REMOVED', reasons, failure });
    } else {
      const failure = refusal ?? others.failure;
      await settle(run, removal, { outcome: 'ALREADY_GONE', reasons: [], failure });
    }
  }
  // Only now: it settles all that is pending, and these have endings of their own.
  if (stops) await stop(run);
  rethrow(waitedFor);
}

function restorable({ restorableUntil }: BinEntry): Ending {
  return { outcome: 'REMOVED', reasons: [], restorableUntil };
}

/** Nothing more goes without a way back. */
async function stop(run: RemovalRun): Promise<void> {
  run.bin.stopped = true;
  await settleUntouched(run, NOT_SEEN_IN_BIN);
}

/** Only now: what was seen by then is settled. */
function rethrow({ cutShort }: Waited): void {
  if (typeof cutShort === 'object') throw cutShort.error;
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
    outcome: mayBeOurs(run, removal) ? 'FAILED' : 'NOT_ATTEMPTED',
    reasons: [NOT_SEEN_IN_BIN],
    failure: unanswered ?? undefined,
  });
}
