import { toAwsFailure } from '../adapters/aws-error.ts';
import type { AwsFailure } from '../core/outcome.ts';
import type { PlannedRemoval } from '../core/plan.ts';
import type { Kind } from '../kinds/kind.ts';
import { entryKey } from './ledger.ts';
import {
  type Batch,
  CHECK_IS_FRESH_MILLISECONDS,
  outcomeOf,
  type RemovalRun,
  takeTurn,
  triesOf,
} from './removal-run.ts';

const MARKER_WAIT_MILLISECONDS = 8_000;
const MARKER_POLL_MILLISECONDS = 400;
/** IAM may need a while to see the marker; a denial until then proves nothing. */
const DENIAL_GRACE_MILLISECONDS = 60_000;
const MOST_TRIES = 6;

/**
 * Looks at the batch a second time, marks what is still stale, and removes it one by one. Every
 * planned removal of the batch is settled, or waits with its reason for a later batch.
 */
export async function removeBatch(run: RemovalRun, batch: Batch): Promise<void> {
  // Taken before the first read: no fact of this check is older.
  const checkedAt = run.deps.clock.now().getTime();
  const stale = await recheck(run, batch);
  const marked = await mark(run, batch.kind, stale);
  for (const [done, removal] of marked.entries()) {
    if (run.deps.signal?.aborted === true) return;
    await takeTurn(run);
    if (run.deps.clock.now().getTime() - checkedAt > CHECK_IS_FRESH_MILLISECONDS) {
      await leaveForLater(run, marked.slice(done), done);
      return;
    }
    await removeOne(run, batch.kind, removal);
  }
}

/** The check is too old for these: they need another, in a batch no larger than what was managed. */
async function leaveForLater(
  run: RemovalRun,
  removals: readonly PlannedRemoval[],
  managed: number,
): Promise<void> {
  run.batchSize = Math.max(1, managed);
  if (managed > 0) return;
  for (const removal of removals) await putOff(run, removal, 'NOT_ATTEMPTED', ['CHECK_TOO_OLD']);
}

/** The removals that are still stale now; the others are settled with what keeps them. */
async function recheck(run: RemovalRun, { kind, removals }: Batch): Promise<PlannedRemoval[]> {
  const ids = removals.map(({ resourceId }) => resourceId);
  const { resources, incomplete } = await kind.recheck(run.look, ids);
  const now = run.deps.clock.now();
  const seen = new Map<string, unknown>();
  for (const facts of resources) {
    seen.set(kind.describe(facts, { ...run.look, policy: run.plan.policy, now }).resourceId, facts);
  }
  const stale: PlannedRemoval[] = [];
  for (const removal of removals) {
    const facts = seen.get(removal.resourceId);
    if (facts === undefined) {
      await settle(run, removal, 'ALREADY_GONE');
      continue;
    }
    const { verdict, reasons } = kind.assess(facts, run.plan.policy, now);
    // A reference listing failed: look again later, and give up without removing anything.
    if (verdict === 'UNKNOWN') await putOff(run, removal, 'NOT_ATTEMPTED', reasons, incomplete[0]);
    else if (verdict === 'KEEP') await settle(run, removal, 'NO_LONGER_STALE', reasons);
    else if (isLastCopy(run, kind, facts)) await settle(run, removal, 'PROTECTED', ['LAST_COPY']);
    else stale.push(removal);
  }
  return stale;
}

/**
 * Whether no copy would be left. Everything this plan removes counts as gone already, so that two
 * removals can't each rely on the other.
 */
function isLastCopy(run: RemovalRun, kind: Kind, facts: unknown): boolean {
  if (run.plan.policy.allowLastCopy) return false;
  const planned = new Set(
    run.planned.filter((one) => one.kind === kind.kind).map(({ resourceId }) => resourceId),
  );
  return kind.siblings(facts).every((id) => planned.has(id));
}

/** Writes the intents, tags the resources, and waits until a describe shows the marker. */
async function mark(
  run: RemovalRun,
  kind: Kind,
  removals: readonly PlannedRemoval[],
): Promise<PlannedRemoval[]> {
  if (removals.length === 0) return [];
  const { clock } = run.deps;
  await run.ledger.beginBatch(
    removals.filter((removal) => !run.ledger.openIntents.has(entryKey(removal))),
  );
  const tagged = await tag(run, kind, removals);
  const ids = tagged.map(({ resourceId }) => resourceId);
  const giveUpAt = clock.now().getTime() + MARKER_WAIT_MILLISECONDS;
  let marked = await kind.findMarked(run.look, ids);
  while (marked.size < ids.length && clock.now().getTime() < giveUpAt) {
    await clock.sleep(MARKER_POLL_MILLISECONDS);
    marked = await kind.findMarked(run.look, ids);
  }
  for (const removal of tagged) {
    if (marked.has(removal.resourceId)) continue;
    await putOff(run, removal, 'NOT_ATTEMPTED', ['MARKER_NOT_SEEN']);
  }
  return tagged.filter(({ resourceId }) => marked.has(resourceId));
}

/** Tags in one call, or, as one bad id fails the whole call, one by one. */
async function tag(
  run: RemovalRun,
  kind: Kind,
  removals: readonly PlannedRemoval[],
): Promise<PlannedRemoval[]> {
  try {
    await kind.mark(
      run.removalClients,
      removals.map(({ resourceId }) => resourceId),
    );
    for (const removal of removals)
      triesOf(run, removal).markedAt ??= run.deps.clock.now().getTime();
    return [...removals];
  } catch (error) {
    const [only, ...others] = removals;
    if (only !== undefined && others.length === 0) {
      await settleRefusal(run, kind, only, toAwsFailure(error));
      return [];
    }
  }
  const tagged: PlannedRemoval[] = [];
  for (const removal of removals) tagged.push(...(await tag(run, kind, [removal])));
  return tagged;
}

async function removeOne(run: RemovalRun, kind: Kind, removal: PlannedRemoval): Promise<void> {
  try {
    await kind.remove(run.removalClients, removal.resourceId);
  } catch (error) {
    await settleRefusal(run, kind, removal, toAwsFailure(error));
    return;
  }
  await settle(run, removal, 'REMOVED');
}

/** One item's refusal is its own outcome; it never stops the others. */
async function settleRefusal(
  run: RemovalRun,
  kind: Kind,
  removal: PlannedRemoval,
  failure: AwsFailure,
): Promise<void> {
  const refusal = kind.classifyRefusal(failure);
  if (refusal.outcome === 'RETRY') {
    await putOff(run, removal, 'FAILED', ['RETRIES_EXHAUSTED'], failure);
  } else if (refusal.outcome === 'DENIED' && isMarkerFresh(run, removal)) {
    triesOf(run, removal).notBefore = run.deps.clock.now().getTime() + 5_000;
  } else {
    const reasons = refusal.reason === undefined ? [] : [refusal.reason];
    await settle(run, removal, refusal.outcome, reasons, failure);
  }
}

function isMarkerFresh(run: RemovalRun, removal: PlannedRemoval): boolean {
  const { markedAt } = triesOf(run, removal);
  return markedAt !== null && run.deps.clock.now().getTime() - markedAt < DENIAL_GRACE_MILLISECONDS;
}

/** Leaves a removal for a later batch, longer each time; settles it when that was often enough. */
async function putOff(
  run: RemovalRun,
  removal: PlannedRemoval,
  ...inTheEnd: [Parameters<typeof outcomeOf>[2], readonly string[], AwsFailure?]
): Promise<void> {
  const tries = triesOf(run, removal);
  tries.count += 1;
  tries.notBefore = run.deps.clock.now().getTime() + 1000 * 2 ** tries.count;
  if (tries.count >= MOST_TRIES) await settle(run, removal, ...inTheEnd);
}

async function settle(
  run: RemovalRun,
  removal: PlannedRemoval,
  outcome: Parameters<typeof outcomeOf>[2],
  reasons: readonly string[] = [],
  failure?: AwsFailure,
): Promise<void> {
  await run.ledger.settle(
    outcomeOf(run, removal, outcome, { reasons: [...reasons], ...(failure && { failure }) }),
  );
}
