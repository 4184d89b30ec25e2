import { toAwsFailure } from '../../aws/answers/aws-error.ts';
import type { AwsFailure } from '../../core/outcome/outcome.ts';
import type { KindInStep } from '../../kinds/in-step.ts';
import { refusedBy, settleRefused } from './answer.ts';
import { decideEach, type Going } from './decide.ts';
import { settleGone } from './recycle-bin.ts';
import { removalClientsOf, type Work } from './work.ts';
import { keyInTarget } from '../../core/model/ids.ts';

const MARKER_WAIT_MILLISECONDS = 8_000;
const MARKER_POLL_MILLISECONDS = 400;

/** Writes the intents, tags the resources, and waits until a describe shows the marker. */
export async function mark(
  work: Work,
  kind: KindInStep,
  going: readonly Going[],
): Promise<Going[]> {
  const removals = going.map(({ removal }) => removal);
  await work.ledger.beginBatch(
    removals.filter((removal) => !work.ledger.openIntents.has(keyInTarget(removal))),
  );
  const tagged = await tag(work, kind, going);
  const { marked, failure } = await waitForMarkers(work, kind, tagged);
  return decideEach(work, tagged, ({ resourceId }) =>
    marked.has(resourceId)
      ? { seen: 'MARKER' }
      : { seen: 'FAILED', what: 'MARKER_NOT_SEEN', failure },
  );
}

interface Markers {
  readonly marked: ReadonlySet<string>;
  /** Of the last look, where it failed. */
  readonly failure?: AwsFailure;
}

async function waitForMarkers(
  work: Work,
  kind: KindInStep,
  tagged: readonly Going[],
): Promise<Markers> {
  const { progress, deps } = work;
  const ids = idsOf(tagged);
  const giveUpAt = progress.now() + MARKER_WAIT_MILLISECONDS;
  let seen = await findMarked(work, kind, ids);
  while (seen.marked.size < ids.length && progress.now() < giveUpAt) {
    await deps.clock.sleep(MARKER_POLL_MILLISECONDS);
    seen = await findMarked(work, kind, ids);
  }
  return seen;
}

/** A look that fails shows no marker: nothing is removed on it, and nothing else is held up. */
async function findMarked(work: Work, kind: KindInStep, ids: readonly string[]): Promise<Markers> {
  try {
    return { marked: await kind.step.fence.findMarked(work.look, ids) };
  } catch (error) {
    return { marked: new Set(), failure: toAwsFailure(error) };
  }
}

/** Tags in one call, or, as one bad id fails the whole call, one by one. */
async function tag(work: Work, kind: KindInStep, going: readonly Going[]): Promise<Going[]> {
  try {
    await kind.step.fence.mark(removalClientsOf(work, kind), idsOf(going));
  } catch (error) {
    return tagAfter(work, kind, going, toAwsFailure(error));
  }
  for (const { removal } of going) work.progress.noteMarked(removal);
  return decideEach(work, going, () => ({ seen: 'TAGGED' }));
}

async function tagAfter(
  work: Work,
  kind: KindInStep,
  going: readonly Going[],
  failure: AwsFailure,
): Promise<Going[]> {
  const { progress } = work;
  const [only, ...others] = going;
  if (only === undefined) return [];
  if (refusedBy(kind, failure).means === 'RETRY') {
    progress.noteRefused(failure);
    // No id's fault: one by one, there would only be more calls to throttle.
    return decideEach(work, going, () => ({ seen: 'FAILED', what: 'MARKING_FAILED', failure }));
  }
  if (others.length === 0) {
    const isGone = await settleRefused(work, kind, only, failure);
    if (isGone) await settleGone(work, kind, [only.removal], failure);
    return [];
  }
  const tagged: Going[] = [];
  for (const one of going) {
    // One of them may have shown that the bin keeps nothing: nothing more is marked or removed.
    if (progress.isStopped) return [];
    tagged.push(...(await tag(work, kind, [one])));
  }
  return progress.isStopped ? [] : tagged;
}

function idsOf(going: readonly Going[]): string[] {
  return going.map(({ removal }) => removal.resourceId);
}
