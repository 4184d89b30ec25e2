import type { Store } from '../adapters/store.ts';
import {
  EMPTY_TIMELINE,
  type Ended,
  type Past,
  pastOf,
  Timeline,
  withExecution,
} from '../core/timeline.ts';
import { changeStored } from './change-stored.ts';
import { historyKeys } from './keys.ts';
import { bodyOf } from './stored-json.ts';

/**
 * Takes an execution into the timeline that all executions share, and tells what was before it. Of
 * two that end at once the later one finds the earlier.
 */
export async function takeIntoTimeline(store: Store, ended: Ended): Promise<Past> {
  let next = EMPTY_TIMELINE;
  await changeStored(store, historyKeys.timeline, async () => {
    const stored = await store.get(historyKeys.timeline);
    const timeline =
      stored === undefined ? EMPTY_TIMELINE : Timeline.parse(JSON.parse(stored.body));
    next = withExecution(timeline, ended);
    return { stored, body: bodyOf(next) };
  });
  return pastOf(next, ended);
}
