import { z } from 'zod';
import { toAwsFailure } from '../../aws/answers/aws-error.ts';
import type { AwsFailure } from '../../core/outcome/outcome.ts';
import type { KindInStep } from '../../kinds/in-step.ts';
import { type Marker, recordOf } from '../../kinds/removal.ts';
import type { PlannedRemoval } from '../../core/plan/plan.ts';
import type { ToBegin } from '../ledger/ledger.ts';
import type { SecondLook } from './looks/second-look.ts';
import { refusedBy, settleRefused } from './answer.ts';
import { asKnown, decideEach, type Going } from './decide.ts';
import { settleGone } from './recycle-bin.ts';
import type { Work } from './work.ts';
import { keyInTarget } from '../../core/model/ids.ts';

const MARKER_WAIT_MILLISECONDS = 8_000;
const MARKER_POLL_MILLISECONDS = 400;

/**
 * Writes the intents, tags the resources, and waits until a describe shows the marker. What can't be
 * marked is begun all the same.
 */
export async function mark(
  work: Work,
  kind: KindInStep,
  going: readonly Going[],
  shown: SecondLook['shown'],
): Promise<Going[]> {
  const removals = going.map(({ removal }) => removal);
  await work.ledger.beginBatch(
    removals
      .filter((removal) => !work.ledger.openIntents.has(keyInTarget(removal)))
      .map((removal) => toBegin(kind, asKnown(work, removal), shown)),
  );
  const { fence } = kind.step;
  if (fence.by !== 'MARKER') return decideEach(work, going, () => ({ seen: 'BEGUN' }));
  const marking = { kind, fence };
  const tagged = await tag(work, marking, going);
  const { marked, failure } = await waitForMarkers(work, fence, tagged);
  return decideEach(work, tagged, ({ resourceId }) =>
    marked.has(resourceId)
      ? { seen: 'MARKER' }
      : { seen: 'FAILED', what: 'MARKER_NOT_SEEN', failure },
  );
}

/** With all that a restore will need. */
export function toBegin(
  { step }: KindInStep,
  { kind, resourceId, step: name, follows }: PlannedRemoval,
  shown: SecondLook['shown'],
): ToBegin {
  const record = z
    .json()
    .optional()
    .parse(recordOf(step, shown.get(resourceId)?.facts));
  return {
    ...{ kind, resourceId },
    ...(name !== undefined && { step: name }),
    ...(record !== undefined && { record }),
    ...(follows?.made !== undefined && { made: follows.made }),
  };
}

/** What is marked, and how. */
interface Marking {
  readonly kind: KindInStep;
  readonly fence: Marker;
}

interface Markers {
  readonly marked: ReadonlySet<string>;
  /** Of the last look, where it failed. */
  readonly failure?: AwsFailure;
}

async function waitForMarkers(
  work: Work,
  fence: Marker,
  tagged: readonly Going[],
): Promise<Markers> {
  const { progress, deps } = work;
  const ids = idsOf(tagged);
  const giveUpAt = progress.now() + MARKER_WAIT_MILLISECONDS;
  let seen = await findMarked(work, fence, ids);
  while (seen.marked.size < ids.length && progress.now() < giveUpAt) {
    await deps.clock.sleep(MARKER_POLL_MILLISECONDS);
    seen = await findMarked(work, fence, ids);
  }
  return seen;
}

/** A look that fails shows no marker: nothing is removed on it, and nothing else is held up. */
async function findMarked(work: Work, fence: Marker, ids: readonly string[]): Promise<Markers> {
  try {
    return { marked: await fence.findMarked(work.look, ids) };
  } catch (error) {
    return { marked: new Set(), failure: toAwsFailure(error) };
  }
}

/** Tags in one call, or, as one bad id fails the whole call, one by one. */
async function tag(work: Work, of: Marking, going: readonly Going[]): Promise<Going[]> {
  try {
    await of.fence.mark(work.sessions.clientsOf(of.kind), idsOf(going));
  } catch (error) {
    return tagAfter(work, of, going, toAwsFailure(error));
  }
  for (const { removal } of going) work.progress.noteMarked(removal);
  return decideEach(work, going, () => ({ seen: 'TAGGED' }));
}

async function tagAfter(
  work: Work,
  of: Marking,
  going: readonly Going[],
  failure: AwsFailure,
): Promise<Going[]> {
  const { progress } = work;
  const { kind } = of;
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
    tagged.push(...(await tag(work, of, [one])));
  }
  return progress.isStopped ? [] : tagged;
}

function idsOf(going: readonly Going[]): string[] {
  return going.map(({ removal }) => removal.resourceId);
}
