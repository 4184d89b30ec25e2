import type { SimImage } from '../../../simulation/model/image.ts';
import type { SimVolume } from '../../../simulation/model/organization.ts';
import { sizedScenario } from '../../../simulation/scenarios/sized.ts';
import { withEstates } from '../../support/organizations/altered-estates.ts';
import { tinyId } from '../../support/organizations/tiny-organization.ts';
import { openRemovalSweep, type RemovalSweep } from '../../support/removal-sweep.ts';

const DAY_MS = 86_400_000;
const SOME = sizedScenario({ accounts: 1, regions: 1, snapshotsPerTarget: 120, seed: 11 });

const ACCOUNT = '310000000001';

/** An AWS that shows only the first volumes, or AMIs, of each page, and says that these are all. */
let shown = Infinity;
let shownAmis = Infinity;
const SHORT_SIGHTED = withEstates(SOME, (estate) => ({
  volumes: (from: number, limit: number) => {
    const page = estate.volumes(from, limit);
    const items: readonly SimVolume[] = page.items.slice(0, shown);
    return { ...page, items };
  },
  images: (from: number, limit: number) => {
    const page = estate.images(from, limit);
    const items: readonly SimImage[] = page.items.slice(0, shownAmis);
    return { ...page, items };
  },
}));

let sweep: RemovalSweep;
beforeEach(async () => {
  shown = Infinity;
  shownAmis = Infinity;
  sweep = await openRemovalSweep({ scenario: SHORT_SIGHTED });
});
afterEach(async () => sweep.close());

const run = async (id: string, input: Record<string, unknown> = {}) => {
  const { limits, ...rest } = input;
  const allStale = { maxStalePercent: 100, maxStalePercentPerAccount: 100 };
  return sweep.run(id, {
    limits: { ...allStale, maxStalePercentOverall: 100, ...(limits as object) },
    ...rest,
  });
};

it('volumes that vanished from a listing hold the target: once, again, and until a person says they are gone', async () => {
  await run('usual', { mode: 'report' });
  shown = 1;
  const blind = await run('blind');
  expect(blind.plan?.removals).toEqual([]);
  expect(blind.summary?.plan?.heldByReason.SANITY_FLOOR).toBe(blind.plan?.held.length);
  expect(blind.published?.Message).toContain('SANITY_FLOOR');
  await sweep.clock.sleep(7 * DAY_MS);
  const again = await run('again');
  expect(again.plan?.removals).toEqual([]);
  expect(sweep.gone()).toEqual([]);
  const believed = await run('believed', { mode: 'report', limits: { minReferencePercent: 0 } });
  expect(believed.plan?.removals.length).toBeGreaterThan(0);
  const after = await run('after', { mode: 'report' });
  expect(after.plan?.removals.length).toBeGreaterThan(0);
});

it('AMIs that vanished from a listing hold the target, as what they left behind looks unused', async () => {
  for (const estate of sweep.estates)
    for (let number = 1; number <= 20; number += 1)
      estate.putImage({
        ...{
          imageId: tinyId('ami', number),
          ownerId: ACCOUNT,
          name: 'made once',
          state: 'available',
        },
        ...{ snapshotIds: [], lastLaunchedAt: null, createTime: new Date('2026-01-01') },
      });
  await run('usual', { mode: 'report' });
  shownAmis = 0;
  const blind = await run('blind');
  expect(blind.plan?.removals).toEqual([]);
  expect(blind.summary?.plan?.heldByReason.SANITY_FLOOR).toBe(blind.plan?.held.length);
  expect(sweep.gone()).toEqual([]);
});

it('snapshots and no volume at all hold the target on the first look', async () => {
  shown = 0;
  const { plan, summary } = await run('blind');
  expect(plan?.removals).toEqual([]);
  expect(summary?.plan?.heldByReason.SANITY_FLOOR).toBeGreaterThan(0);
});

it('a few volumes fewer hold nothing', async () => {
  await run('usual', { mode: 'report' });
  const { summary } = await run('next');
  expect(summary?.plan?.heldByReason.SANITY_FLOOR).toBeUndefined();
  expect(sweep.gone().length).toBeGreaterThan(0);
});
