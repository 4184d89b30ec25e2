import fc from 'fast-check';
import type { Freed } from '../../../core/model/billing.ts';
import { amountOfFreed, freedByKind, Freeing } from '../../../core/prices/freeing.ts';
import type { ResourceRef } from '../../../core/model/ids.ts';
import { emptyCounts, mergeCounts, withFreed } from '../../../core/summary/counts.ts';
import { countAll } from '../../support/summaries/count-all.ts';
import { NOW } from '../../support/summaries/builders.ts';

const IMAGES = ['ami-0', 'ami-1', 'ami-2', 'ami-3'];
const SNAPSHOTS = ['snap-0', 'snap-1', 'snap-2', 'snap-3', 'snap-4'];
const PLACE = { accountId: '111122223333', region: 'eu-west-1' };

interface Found extends ResourceRef {
  readonly verdict: 'STALE' | 'KEEP';
  readonly usd: number;
  readonly frees?: readonly Freed[];
}

/** Images, each of some snapshots, and snapshots of which some are stale by themselves. */
const world = fc
  .record({
    images: fc.uniqueArray(
      fc.record({
        id: fc.constantFrom(...IMAGES),
        isStale: fc.boolean(),
        usd: fc.nat({ max: 9 }),
        snapshots: fc.uniqueArray(fc.constantFrom(...SNAPSHOTS)),
      }),
      { selector: ({ id }) => id },
    ),
    staleSnapshots: fc.uniqueArray(fc.constantFrom(...SNAPSHOTS)),
    usd: fc.tuple(...SNAPSHOTS.map(() => fc.nat({ max: 50 }))),
    order: fc.array(fc.nat({ max: 20 })),
  })
  .map(({ images, staleSnapshots, usd, order }) => {
    const costOf = (id: string) => usd[SNAPSHOTS.indexOf(id)] ?? 0;
    const holdersOf = (id: string) =>
      images.filter(({ snapshots }) => snapshots.includes(id)).map((image) => image.id);
    const found: Found[] = [
      ...images.map((image) => ({
        ...{ kind: 'ami', ...PLACE, resourceId: image.id, usd: image.usd },
        verdict: image.isStale ? ('STALE' as const) : ('KEEP' as const),
        frees: image.snapshots.map((id) => ({
          ...{ kind: 'ebs-snapshot', resourceId: id, monthlyCostUsdUpTo: costOf(id) },
          holders: holdersOf(id),
        })),
      })),
      ...staleSnapshots.map((id) => ({
        ...{ kind: 'ebs-snapshot', ...PLACE, resourceId: id, usd: costOf(id) },
        verdict: 'STALE' as const,
      })),
    ];
    const shuffled = found
      .map((one, index) => ({ one, at: order[index] ?? 0 }))
      .toSorted((a, b) => a.at - b.at)
      .map(({ one }) => one);
    return { found: shuffled, images, staleSnapshots, costOf, holdersOf };
  });

function countedIn(found: readonly Found[]) {
  const freeing = new Freeing<Found>();
  for (const one of found) freeing.add(one, one.verdict === 'STALE');
  const freed = [...freeing];
  return ['ami', 'ebs-snapshot'].map((kind) => {
    const own = found
      .filter((one) => one.kind === kind)
      .map(({ verdict, usd }) => ({
        ...{ verdict, reasons: ['ANY'], sizeGiB: null, monthlyCostUsdUpTo: usd },
        ...{ ageDays: 1, evidence: {} },
      }));
    return withFreed(
      countAll(own, NOW),
      freed.filter(({ holderKind }) => holderKind === kind),
    );
  });
}

it('the money of two kinds is that of all that would be gone, each once', () => {
  fc.assert(
    fc.property(world, ({ found, images, staleSnapshots, costOf, holdersOf }) => {
      const staleImages = images.filter(({ isStale }) => isStale);
      const areAllStale = (id: string) =>
        holdersOf(id).length > 0 &&
        holdersOf(id).every((holder) => staleImages.some((image) => image.id === holder));
      const gone = SNAPSHOTS.filter((id) => staleSnapshots.includes(id) || areAllStale(id));
      const usd = [...staleImages.map((image) => image.usd), ...gone.map(costOf)];
      const all = countedIn(found).reduce(mergeCounts, emptyCounts());
      expect(all.staleMonthlyCostUsdUpTo).toBe(usd.reduce((a, b) => a + b, 0));
      expect(all.staleUnsharedMonthlyCostUsdUpTo).toBe(all.staleMonthlyCostUsdUpTo);
      const freedOnly = gone.filter((id) => !staleSnapshots.includes(id));
      expect(all.frees?.['ebs-snapshot']?.resources ?? 0).toBe(freedOnly.length);
    }),
  );
});

const freed = (over: Partial<Freed> = {}): Freed => ({
  ...{ kind: 'ebs-snapshot', resourceId: 'snap-0', monthlyCostUsdUpTo: 5, holders: ['ami-0'] },
  ...over,
});
const holder = (resourceId: string, frees: Freed[], kind = 'ami') => ({
  ...{ kind, ...PLACE, resourceId, frees },
});
const freedBy = (...all: readonly [ReturnType<typeof holder>, boolean][]) => {
  const freeing = new Freeing<ReturnType<typeof holder>>();
  for (const [one, goes] of all) freeing.add(one, goes);
  return [...freeing];
};

it('what a holder keeps that nobody listed isn’t freed', () => {
  const shared = [freed({ holders: ['ami-0', 'ami-unlisted'] })];
  expect(freedBy([holder('ami-0', shared), true])).toEqual([]);
  // One that is listed, and doesn't say so itself.
  expect(freedBy([holder('ami-0', [freed()]), true], [holder('ami-1', [freed()]), false])).toEqual(
    [],
  );
});

it('what its own kind keeps all the same is freed by nothing, in whichever order they are told', () => {
  const snapshot = { kind: 'ebs-snapshot', ...PLACE, resourceId: 'snap-0' };
  const image = holder('ami-0', [freed(), freed({ resourceId: 'snap-1' })]);
  for (const isFirst of [true, false]) {
    const freeing = new Freeing<ResourceRef & { frees?: Freed[] }>();
    if (isFirst) freeing.add(snapshot, false, true);
    freeing.add(image, true);
    if (!isFirst) freeing.add(snapshot, false, true);
    expect([...freeing].map(({ resourceId }) => resourceId)).toEqual(['snap-1']);
    expect(freeing.notFreed).toEqual(['ebs-snapshot:snap-0']);
  }
});

it('what two kinds hold is freed where both go, and counts at one of them', () => {
  const [image, template] = [
    holder('ami-0', [freed()]),
    holder('lt-0', [freed({ holders: ['lt-0'] })], 'launch-template'),
  ];
  expect(freedBy([image, true], [template, false])).toEqual([]);
  const both = freedBy([template, true], [image, true]);
  expect(both.map(({ holderKind, holders }) => [holderKind, holders.length])).toEqual([['ami', 2]]);
});

it('what has no known price is counted and is no 0, and what shares data counts its largest', () => {
  const all = freedBy([
    holder('ami-0', [
      freed({ resourceId: 'snap-1', monthlyCostUsdUpTo: null }),
      freed({ resourceId: 'snap-2', sharesWith: 'vol-1', monthlyCostUsdUpTo: 8 }),
      freed({ resourceId: 'snap-3', sharesWith: 'vol-1', monthlyCostUsdUpTo: 3 }),
    ]),
    true,
  ]);
  expect(freedByKind(all)).toEqual({
    'ebs-snapshot': { resources: 3, monthlyCostUsdUpTo: 8, unpriced: 1 },
  });
  expect(amountOfFreed(all)).toMatchObject({ unpricedUnsized: 1, unpricedGiB: 0, sizeGiB: 0 });
  expect(freedByKind([])).toBeUndefined();
});
