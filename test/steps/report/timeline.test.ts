import { EMPTY_TIMELINE, type Ended, Timeline } from '../../../core/summary/timeline.ts';
import { historyKeys } from '../../../store/keys.ts';
import { takeIntoTimeline } from '../../../steps/report/timeline.ts';
import { anOutcome, NOW } from '../../support/summaries/builders.ts';
import { makeMemoryStore } from '../../support/stores/memory-store.ts';

const ended = (executionId: string): Ended => ({
  point: {
    ...{ executionId, finishedAt: NOW.toISOString(), mode: 'report', complete: 0, inScope: 1 },
    ...{
      stale: 0,
      staleGiB: 0,
      staleMonthlyCostUsdUpTo: 0,
      unpricedGiB: 0,
      unpricedUnsized: 0,
      removed: 0,
    },
    removedGiB: 0,
  },
  asked: 'a'.repeat(64),
  outcomes: [anOutcome({ status: 'ACCESS_DENIED' })],
  removals: [],
  startedAt: NOW.toISOString(),
  finishedAt: NOW,
  isClockRight: true,
});

async function timelineIn(store: ReturnType<typeof makeMemoryStore>): Promise<Timeline> {
  const stored = await store.get(historyKeys.timeline);
  return stored === undefined ? EMPTY_TIMELINE : Timeline.parse(JSON.parse(stored.body));
}

it('of executions that end at once holds every one, and each finds those before it', async () => {
  const store = makeMemoryStore();
  const ids = ['a', 'b', 'c', 'd'];
  const pasts = await Promise.all(ids.map(async (id) => takeIntoTimeline(store, ended(id))));
  const { points, failingTargets } = await timelineIn(store);
  const order = points.map(({ executionId }) => executionId);
  expect(order.toSorted()).toEqual(ids);
  expect(Object.values(failingTargets)).toMatchObject([{ executions: 4 }]);
  const found = pasts.map(({ previousExecutionId, earlier }) => [
    previousExecutionId,
    earlier.length,
  ]);
  expect(found).toEqual(ids.map((id) => [order[order.indexOf(id) - 1] ?? null, order.indexOf(id)]));
});

it('is not touched by what an older version left beside it', async () => {
  const store = makeMemoryStore();
  await store.put('history/latest.json', '{"executionId":"old","finishedAt":"yesterday"}');
  expect((await takeIntoTimeline(store, ended('a'))).previousExecutionId).toBeNull();
});
