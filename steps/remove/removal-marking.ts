import { toAwsFailure } from '../../aws/answers/aws-error.ts';
import type { AwsFailure } from '../../core/outcome/outcome.ts';
import type { PlannedRemoval } from '../../core/plan/plan.ts';
import type { Kind } from '../../kinds/kind.ts';
import { entryKey } from '../ledger/ledger.ts';
import { noteRefused } from './removal-pace.ts';
import { settleRefused } from './removal-gone.ts';
import { now, type RemovalRun, triesOf } from './removal-run.ts';
import { putOff, refusalOf } from './removal-settling.ts';

const MARKER_WAIT_MILLISECONDS = 8_000;
const MARKER_POLL_MILLISECONDS = 400;

/**
 * Writes the intents, tags the resources, and waits until a describe shows the marker.
 *
 * @returns those that have it; the others are settled, or wait
 */
export async function mark(
  run: RemovalRun,
  kind: Kind,
  removals: readonly PlannedRemoval[],
): Promise<PlannedRemoval[]> {
  await run.ledger.beginBatch(
    removals.filter((removal) => !run.ledger.openIntents.has(entryKey(removal))),
  );
  const tagged = await tag(run, kind, removals);
  const { marked, failure } = await waitForMarkers(run, kind, tagged);
  for (const removal of tagged) {
    if (marked.has(removal.resourceId)) continue;
    const reasons = ['MARKER_NOT_SEEN'];
    await putOff(run, removal, { outcome: 'NOT_ATTEMPTED', reasons, failure });
  }
  return tagged.filter(({ resourceId }) => marked.has(resourceId));
}

interface Markers {
  readonly marked: ReadonlySet<string>;
  /** Of the last look, where it failed. */
  readonly failure?: AwsFailure;
}

async function waitForMarkers(
  run: RemovalRun,
  kind: Kind,
  tagged: readonly PlannedRemoval[],
): Promise<Markers> {
  const ids = tagged.map(({ resourceId }) => resourceId);
  const giveUpAt = now(run) + MARKER_WAIT_MILLISECONDS;
  let seen = await findMarked(run, kind, ids);
  while (seen.marked.size < ids.length && now(run) < giveUpAt) {
    await run.deps.clock.sleep(MARKER_POLL_MILLISECONDS);
    seen = await findMarked(run, kind, ids);
  }
  return seen;
}

/** A look that fails shows no marker: nothing is removed on it, and nothing else is held up. */
async function findMarked(run: RemovalRun, kind: Kind, ids: readonly string[]): Promise<Markers> {
  try {
    return { marked: await kind.findMarked(run.look, ids) };
  } catch (error) {
    return { marked: new Set(), failure: toAwsFailure(error) };
  }
}

/** Tags in one call, or, as one bad id fails the whole call, one by one. */
async function tag(
  run: RemovalRun,
  kind: Kind,
  removals: readonly PlannedRemoval[],
): Promise<PlannedRemoval[]> {
  const ids = removals.map(({ resourceId }) => resourceId);
  try {
    await kind.mark(run.removalClients, ids);
  } catch (error) {
    return tagAfter(run, kind, removals, toAwsFailure(error));
  }
  for (const removal of removals) triesOf(run, removal).markedAt ??= now(run);
  return [...removals];
}

async function tagAfter(
  run: RemovalRun,
  kind: Kind,
  removals: readonly PlannedRemoval[],
  failure: AwsFailure,
): Promise<PlannedRemoval[]> {
  const [only, ...others] = removals;
  if (only === undefined) return [];
  const passes = refusalOf(kind, failure).outcome === 'RETRY';
  if (passes) {
    noteRefused(run.pace, failure);
    // No id's fault: one by one, there would only be more calls to throttle.
    const reasons = ['MARKING_FAILED'];
    for (const removal of removals) {
      await putOff(run, removal, { outcome: 'NOT_ATTEMPTED', reasons, failure });
    }
    return [];
  }
  if (others.length === 0) {
    await settleRefused(run, kind, only, failure);
    return [];
  }
  const tagged: PlannedRemoval[] = [];
  for (const removal of removals) {
    // One of them may have shown that the bin keeps nothing: nothing more is marked or removed.
    if (run.bin.stopped) return [];
    tagged.push(...(await tag(run, kind, [removal])));
  }
  return run.bin.stopped ? [] : tagged;
}
