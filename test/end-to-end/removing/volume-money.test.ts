import type { SimVolume } from '../../../simulation/model/organization.ts';
import { openVolumesSweep, unattached } from '../../support/organizations/volumes-sweep.ts';

let sweep: Awaited<ReturnType<typeof openVolumesSweep>>;
afterEach(async () => sweep.close());

/** The third has none of its own: a copy of it costs more than it does. */
const VOLUMES: Partial<SimVolume>[] = [
  { sizeGiB: 100 },
  { sizeGiB: 7, type: 'io2', iops: 3_000 },
  { sizeGiB: 500, type: 'sc1' },
  { sizeGiB: 2_000, type: 'gp2' },
];
const sum = (usd: readonly (number | null | undefined)[]) =>
  usd.reduce<number>((all, one) => Math.round((all + (one ?? 0)) * 100) / 100, 0);

it('counts what volumes cost, in every sum, and what their copies cost beside it', async () => {
  sweep = await openVolumesSweep(VOLUMES.map((of, i) => unattached(i + 1, of)));
  const first = await sweep.run();
  const { findings, summary, plan, removals } = first;
  const stale = findings.filter(({ verdict }) => verdict === 'STALE');
  const cost = sum(stale.map(({ monthlyCostUsdUpTo }) => monthlyCostUsdUpTo));
  expect(stale).toHaveLength(VOLUMES.length);
  expect(summary.byKind['ebs-volume']?.staleMonthlyCostUsdUpTo).toBe(cost);
  expect(summary.counts.staleMonthlyCostUsdUpTo).toBe(cost);
  expect(summary.funnel?.stale.monthlyCostUsdUpTo).toBe(cost);
  expect(summary.trend.at(-1)?.staleMonthlyCostUsdUpTo).toBe(cost);

  const copied = stale.filter(({ nextStep }) => nextStep?.name === 'copy');
  const copies = sum(copied.map(({ makesMonthlyCostUsdUpTo }) => makesMonthlyCostUsdUpTo));
  // What costs less than its copy gets none.
  expect(copied).toHaveLength(VOLUMES.length - 1);
  expect(copies).toBeGreaterThan(0);
  const made = { resources: 3, monthlyCostUsdUpTo: copies, unpriced: 0, forDays: 90 };
  expect(summary.plan).toMatchObject({ makes: made, removalsMonthlyCostUsdUpTo: 0 });
  expect(summary.removals).toMatchObject({ made, removedMonthlyCostUsdUpTo: 0 });
  expect(summary.removals.byKind?.['ebs-volume']).toMatchObject({ made });
  for (const each of [plan.removals, removals])
    expect(sum(each.map(({ makesMonthlyCostUsdUpTo: usd }) => usd))).toBe(copies);
  expect(summary.funnel?.inSteps?.monthlyCostUsdUpTo).toBe(
    sum(copied.map(({ monthlyCostUsdUpTo }) => monthlyCostUsdUpTo)),
  );

  sweep.later(2);
  const second = await sweep.run();
  const gone = sum(copied.map(({ monthlyCostUsdUpTo }) => monthlyCostUsdUpTo));
  expect(second.removals.map(({ outcome }) => outcome)).toEqual(Array(3).fill('REMOVED'));
  expect(second.summary.plan?.removalsMonthlyCostUsdUpTo).toBe(gone);
  expect(second.summary.plan).not.toHaveProperty('makes');
  expect(second.summary.removals).not.toHaveProperty('made');
  expect(second.summary.removals.removedMonthlyCostUsdUpTo).toBe(gone);
  sweep.later(8);
  const third = await sweep.run();
  expect(third.summary.funnel?.saved?.gone.monthlyCostUsdUpTo).toBe(gone);
});
