import fc from 'fast-check';
import { type Countable, worthOfChosen } from '../../../report/findings/worth-of-chosen.ts';

const one = (of: Partial<Countable>): Countable => ({
  ...{ verdict: 'STALE', kind: 'snapshot', accountId: '1', region: 'a' },
  ...{ sizeGiB: 10, usdUpTo: 1, freed: null, sharesWith: '' },
  ...of,
});

it('counts what shares data once, as the largest of it, in one account and Region', () => {
  const shared = [
    one({ sharesWith: 'vol-1', sizeGiB: 10, usdUpTo: 0.5 }),
    one({ sharesWith: 'vol-1', sizeGiB: 30, usdUpTo: 1.5 }),
    one({ sharesWith: 'vol-1', sizeGiB: 20, usdUpTo: 1 }),
  ];
  const elsewhere = one({ sharesWith: 'vol-1', region: 'b', sizeGiB: 5, usdUpTo: 0.25 });
  expect(worthOfChosen([...shared, elsewhere])).toMatchObject([
    { verdict: 'STALE', count: 4, usdUpTo: 1.75, giBByKind: new Map([['snapshot', 35]]) },
  ]);
});

it('adds no size to money, and says what is in no cost', () => {
  expect(
    worthOfChosen([
      one({ usdUpTo: 2 }),
      one({ usdUpTo: null, sizeGiB: 7 }),
      one({ usdUpTo: null, sizeGiB: null }),
      one({ usdUpTo: 40, freed: 3, sizeGiB: null, kind: 'image' }),
    ]),
  ).toEqual([
    {
      ...{ verdict: 'STALE', count: 4, usdUpTo: 2, unpricedGiB: 7, unpricedUnsized: 1, freeing: 1 },
      freeingUsdUpTo: 40,
      giBByKind: new Map([['snapshot', 17]]),
    },
  ]);
});

it('has a line for each verdict, what is unused first, and none for what is not there', () => {
  const verdicts = (of: readonly Countable[]) => worthOfChosen(of).map(({ verdict }) => verdict);
  const mixed = [one({ verdict: 'KEEP' }), one({ verdict: 'UNKNOWN' }), one({})];
  expect(verdicts(mixed)).toEqual(['STALE', 'UNKNOWN', 'KEEP']);
  expect(verdicts([])).toEqual([]);
});

it('is the same in whatever order, and never more than each by itself', () => {
  const anyOne = fc
    .record({
      sizeGiB: fc.option(fc.nat(100)),
      usdUpTo: fc.option(fc.double({ min: 0, max: 99, noNaN: true })),
      sharesWith: fc.constantFrom('', 'vol-1', 'vol-2'),
      accountId: fc.constantFrom('1', '2'),
    })
    .map(one);
  fc.assert(
    fc.property(fc.array(anyOne, { maxLength: 20 }), (all) => {
      const [worth] = worthOfChosen(all);
      expect(worthOfChosen(all.toReversed())[0]).toEqual(worth);
      const sum = all.reduce((usd, { usdUpTo }) => usd + (usdUpTo ?? 0), 0);
      expect(worth?.usdUpTo ?? 0).toBeLessThanOrEqual(sum + 1e-4);
    }),
  );
});
