import type { Freed } from '../../../core/model/billing.ts';
import type { MadeUp } from '../../support/kinds/made-up-kind.ts';
import { madeUpKind, type World } from '../../support/kinds/made-up-kind.ts';
import {
  type KindsSweep,
  openKindsSweep,
  runOf,
  SNAPSHOT,
} from '../../support/kinds/kinds-sweep.ts';

let sweep: KindsSweep;
afterEach(async () => sweep.close());

const [FREED, ALSO_HELD, STALE_ITSELF] = ['snap-0freed', 'snap-0kept', 'snap-0gone'];
const IMAGES = ['image-0', 'image-1'];

/** Two unused images of one snapshot, each of another that a used image holds as well. */
async function open(alsoHolds?: { readonly isUsed: boolean }) {
  const world: World = new Map();
  const staleItself: string[] = [];
  const kind = madeUpKind(world, {
    describe: ({ id, startedAt }) => ({
      ...{ resourceId: id, startedAt, ageDays: 900, tags: {}, evidence: {} },
      ...{ sizeGiB: null, monthlyCostUsdUpTo: 0, frees: freesOf(id) },
    }),
  });
  const freesOf = (id: string): Freed[] => {
    const of = (resourceId: string, monthlyCostUsdUpTo: number, holders: string[]): Freed => ({
      ...{ kind: SNAPSHOT, resourceId, monthlyCostUsdUpTo, holders },
    });
    return [
      of(FREED, 7, IMAGES),
      of(ALSO_HELD, 50, [...IMAGES, 'image-2']),
      ...staleItself.map((snapshot) => of(snapshot, 1_000, IMAGES)),
    ].filter(({ holders }) => holders.includes(id));
  };
  const others: World = new Map();
  const shelf = madeUpKind(others, {
    kind: 'shelf',
    describe: ({ id, startedAt }) => ({
      ...{ resourceId: id, startedAt, ageDays: 900, tags: {}, evidence: {} },
      ...{ sizeGiB: null, monthlyCostUsdUpTo: 0 },
      frees: [{ kind: SNAPSHOT, resourceId: FREED, monthlyCostUsdUpTo: 7, holders: [id] }],
    }),
  });
  sweep = await openKindsSweep(alsoHolds === undefined ? [kind] : [kind, shelf]);
  const image = (id: string, isUsed: boolean): MadeUp => ({
    ...{ id, startedAt: '2019-01-01T00:00:00.000Z', isUsed },
  });
  for (const id of sweep.ids)
    world.set(id, [...IMAGES.map((one) => image(one, false)), image('image-2', true)]);
  if (alsoHolds !== undefined)
    for (const id of sweep.ids) others.set(id, [image('shelf-0', alsoHolds.isUsed)]);
  return { world, staleItself };
}

it('money of snapshots that only unused images hold is told once, and at the images', async () => {
  const { staleItself } = await open();
  const { findings } = await runOf(sweep, 'look', { mode: 'report' });
  const stale = findings.find((one) => one.kind === SNAPSHOT && one.verdict === 'STALE');
  // It is unused by its own kind, too: its money is told there, as without any image.
  staleItself.push(stale?.resourceId ?? STALE_ITSELF);
  const { summary, texts } = await runOf(sweep, 'first', { mode: 'report' });
  expect(summary?.byKind['made-up']).toMatchObject({
    ...{ stale: 2, staleMonthlyCostUsdUpTo: 7, unpricedUnsized: 0 },
  });
  expect(summary?.counts.frees).toEqual({
    [SNAPSHOT]: { resources: 1, monthlyCostUsdUpTo: 7, unpriced: 0 },
  });
  const ofSnapshots = summary?.byKind[SNAPSHOT]?.staleMonthlyCostUsdUpTo ?? NaN;
  expect(summary?.counts.staleMonthlyCostUsdUpTo).toBeCloseTo(ofSnapshots + 7, 6);
  expect(summary?.funnel?.stale.monthlyCostUsdUpTo).toBeCloseTo(ofSnapshots + 7, 6);
  expect(texts.summaryText).toContain('1 snapshot (up to $7 a month), deleted only after');
});

it.each([
  ['of which one keeps it, is in no sum and in no finding', true, 0],
  ['that are both unused, is told once', false, 7],
])('money of a snapshot that two kinds hold, %s', async (_, isUsed, usd) => {
  await open({ isUsed });
  const { summary, findings } = await runOf(sweep, 'first', { mode: 'report' });
  const ofSnapshots = summary?.byKind[SNAPSHOT]?.staleMonthlyCostUsdUpTo ?? NaN;
  expect(summary?.counts.staleMonthlyCostUsdUpTo).toBeCloseTo(ofSnapshots + usd, 6);
  const { stale, removable, inGrace, obtainable } = summary!.funnel!;
  expect(stale.monthlyCostUsdUpTo).toBeCloseTo(ofSnapshots + usd, 6);
  const toBeHad = removable.monthlyCostUsdUpTo + inGrace.monthlyCostUsdUpTo;
  expect(obtainable.monthlyCostUsdUpTo - toBeHad).toBeCloseTo(usd, 6);
  const naming = findings.filter(({ verdict, frees = [] }) => {
    return verdict === 'STALE' && frees.some(({ resourceId }) => resourceId === FREED);
  });
  expect(naming).toHaveLength(isUsed ? 0 : 3);
});

it('the removal of the images saves nothing yet: what they freed is still to be had', async () => {
  await open();
  const { summary, plan, removals, findings } = await runOf(sweep, 'first', {
    remove: ['made-up'],
  });
  expect(removals.map(({ outcome }) => outcome)).toEqual(['REMOVED', 'REMOVED']);
  expect(plan?.removals.map(({ frees }) => frees?.length)).toEqual([2, 2]);
  expect(summary?.plan).toMatchObject({
    removalsMonthlyCostUsdUpTo: 0,
    frees: { [SNAPSHOT]: { resources: 1, monthlyCostUsdUpTo: 7 } },
  });
  expect(summary?.removals.removedMonthlyCostUsdUpTo).toBe(0);
  expect(summary?.funnel).toMatchObject({
    removable: { resources: 2, monthlyCostUsdUpTo: 0 },
    obtainable: { monthlyCostUsdUpTo: 7 },
    saved: { gone: { resources: 2, monthlyCostUsdUpTo: 0 } },
  });
  expect(findings.filter(({ frees }) => frees !== undefined)).toHaveLength(3);
});

it('what is still paid after a removal is in no sum, and saved is the rest', async () => {
  const world: World = new Map();
  const kind = madeUpKind(world, {
    describe: ({ id, startedAt }) => ({
      ...{ resourceId: id, startedAt, ageDays: 900, tags: {}, evidence: {} },
      ...{ sizeGiB: 100, monthlyCostUsdUpTo: 8 },
      // The last copy of it is made first, and costs on.
      ...(id === 'disk-0' && { remainingMonthlyCostUsdUpTo: 5 }),
    }),
  });
  sweep = await openKindsSweep([kind]);
  const disk = (id: string): MadeUp => ({
    id,
    startedAt: '2019-01-01T00:00:00.000Z',
    isUsed: false,
  });
  for (const id of sweep.ids) world.set(id, [disk('disk-0'), disk('disk-1')]);
  const { summary, plan, removals } = await runOf(sweep, 'first', { remove: ['made-up'] });
  expect(summary?.byKind['made-up']?.staleMonthlyCostUsdUpTo).toBe(8 + 3);
  expect(plan?.removals.map((one) => one.remainingMonthlyCostUsdUpTo)).toEqual([5, undefined]);
  expect(removals.map((one) => one.remainingMonthlyCostUsdUpTo)).toEqual([5, undefined]);
  expect(summary?.plan?.removalsMonthlyCostUsdUpTo).toBe(8 + 3);
  expect(summary?.removals.removedMonthlyCostUsdUpTo).toBe(8 + 3);
  expect(summary?.funnel?.saved?.gone.monthlyCostUsdUpTo).toBe(8 + 3);
});
