import type { Store } from '../adapters/store.ts';
import {
  EMPTY_TIMELINE,
  type Ended,
  NO_PAST,
  type Past,
  pastOf,
  Timeline,
  withExecution,
} from '../core/timeline.ts';
import { changeStored } from './change-stored.ts';
import { historyKeys } from './keys.ts';
import { bodyOf, parseJson } from './stored-json.ts';

/**
 * Takes an execution into the timeline that all executions share, and tells what was before it. Of
 * two that end at once the later one finds the earlier.
 */
export async function takeIntoTimeline(store: Store, ended: Ended): Promise<Past> {
  let next: Timeline | undefined;
  await changeStored(store, historyKeys.timeline, async () => {
    const stored = await store.get(historyKeys.timeline);
    const timeline = stored === undefined ? EMPTY_TIMELINE : parse(stored.body);
    // What can't be read stays as it is, for somebody to look at; the summary says so.
    if (timeline === undefined) return null;
    next = withExecution(timeline, ended);
    return { stored, body: bodyOf(next) };
  });
  return next === undefined
    ? { ...NO_PAST, pastFailure: `${store.locationOf(historyKeys.timeline)} can't be read` }
    : pastOf(next, ended);
}

function parse(body: string): Timeline | undefined {
  return Timeline.safeParse(parseJson(body)).data;
}
