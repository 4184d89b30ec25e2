import { reportOfMany } from '../../../tools/bench/many.ts';

const SMALL = {
  ...{ name: 'small', accounts: 2, regions: 2, resources: 3_000 },
  ...{ stalePercent: 39, heapLimitMiB: 100, maxPeakMemoryMiB: 400 },
};

it('each step ends in its heap, with all that is unused held', async () => {
  const { bounds, steps, ok } = await reportOfMany(SMALL);
  expect(bounds.filter((bound) => !bound.ok)).toEqual([]);
  expect([ok, steps.Plan?.ended]).toEqual([true, '4680 held']);
}, 60_000);
