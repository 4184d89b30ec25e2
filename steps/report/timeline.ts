import type { Store } from '../../store/store.ts';
import {
  EMPTY_TIMELINE,
  type Ended,
  NO_PAST,
  type Past,
  pastOf,
  Timeline,
  withExecution,
} from '../../core/summary/timeline.ts';
import { toLookForRestores, withRestores } from '../../core/summary/savings.ts';
import { updateStored } from '../../store/update-stored.ts';
import { historyKeys } from '../../store/keys.ts';
import { readAhead } from '../../store/read-ahead.ts';
import { leavingWithoutRestored } from './savings.ts';
import { bodyOf, parseJson, Unreadable } from '../../store/stored-json.ts';

/**
 * Takes an execution into the timeline that all executions share, and tells what was before it. Of
 * two that end at once the later one finds the earlier.
 */
export async function takeIntoTimeline(store: Store, ended: Ended): Promise<Past> {
  let next: Timeline | undefined;
  let unreadable: string[] = [];
  await updateStored(store, historyKeys.timeline, async () => {
    const stored = await store.get(historyKeys.timeline);
    const timeline = stored === undefined ? EMPTY_TIMELINE : parse(stored.body);
    // What can't be read stays as it is, for somebody to look at; the summary says so.
    if (timeline === undefined) return null;
    [next, unreadable] = await withoutRestored(store, withExecution(timeline, ended), ended);
    return { stored, body: bodyOf(next) };
  });
  return next === undefined ? notKnown(store) : told(next, unreadable, ended);
}

/** What was before an execution that hasn't ended yet; takes nothing into the timeline. */
export async function pastUntil(store: Store, soFar: Ended): Promise<Past> {
  const stored = await store.get(historyKeys.timeline);
  const timeline = stored === undefined ? EMPTY_TIMELINE : parse(stored.body);
  if (timeline === undefined) return notKnown(store);
  const [seen, unreadable] = await withoutRestored(store, withExecution(timeline, soFar), soFar);
  return told(seen, unreadable, soFar);
}

function notKnown(store: Store): Past {
  return { ...NO_PAST, pastFailure: `${store.locationOf(historyKeys.timeline)} can't be read` };
}

function told(timeline: Timeline, [pastFailure]: readonly string[], ended: Ended): Past {
  const past = pastOf(timeline, ended);
  return pastFailure === undefined ? past : { ...past, saved: null, pastFailure };
}

/**
 * Looks for what was restored of what may still be in the Recycle Bin, or was until a short while
 * ago.
 *
 * @returns also why that isn't known of some
 */
async function withoutRestored(
  store: Store,
  timeline: Timeline,
  { point: { executionId }, removals, finishedAt: readAt, isClockRight }: Ended,
): Promise<[Timeline, string[]]> {
  if (!isClockRight) return [timeline, []];
  const unreadable: string[] = [];
  const read = readAhead(toLookForRestores(timeline.savings), async (id) => {
    try {
      return { id, leaving: await leavingWithoutRestored(store, id, { executionId, removals }) };
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      unreadable.push(error.message);
      return null;
    }
  });
  let { savings } = timeline;
  for await (const found of read)
    if (found !== null) savings = withRestores(savings, found.id, { ...found, readAt });
  return [{ ...timeline, savings }, unreadable];
}

function parse(body: string): Timeline | undefined {
  return Timeline.safeParse(parseJson(body)).data;
}
