import { KINDS } from '../../../kinds/registry.ts';
import { reportOfKinds } from '../../../tools/bench/kinds.ts';

it('counts the calls of each kind alone and of all, and holds what a further kind may add', async () => {
  const { alone, all, allWithoutCandidates, bounds, ok } = await reportOfKinds();
  expect(ok).toBe(true);
  expect(alone.map(({ kinds }) => kinds)).toEqual(KINDS.map(({ kind }) => [kind]));
  expect(bounds.length).toBe(2);
  for (const { limit, actual } of bounds) expect(actual).toBeLessThanOrEqual(limit);
  // What several kinds ask for is asked once; their own questions come on top.
  const { DescribeInstances: together } = named(all.byOperation);
  for (const { byOperation } of alone) expect(named(byOperation).DescribeInstances).toBe(together);
  expect(named(all.byOperation).GetMetricData).toBeGreaterThan(0);
  expect(named(allWithoutCandidates.byOperation).GetMetricData).toBeUndefined();
}, 60_000);

function named(calls: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(calls).map(([name, count]) => [name.split(':')[1] ?? name, count]),
  );
}
