import { boundsOfPage, reportOfPage } from '../../../tools/bench/page.ts';

const spread = (median: number) => ({ median, min: 0, max: 9999 });
const GOOD = {
  bytes: 2_000_000,
  showMilliseconds: spread(800),
  sortMilliseconds: spread(90),
  searchMilliseconds: spread(40),
};
const broken = (given: Partial<typeof GOOD>) =>
  boundsOfPage({ ...GOOD, ...given }).flatMap(({ name, ok }) => (ok ? [] : [name]));

it('holds the page against what people take for quick', () => {
  expect(broken({})).toEqual([]);
  expect(broken({ bytes: 10_000_001 })).toEqual(['page with 50,000 findings, bytes']);
  expect(broken({ showMilliseconds: spread(1001) })).toEqual(['until it shows them, ms (median)']);
  expect(broken({ sortMilliseconds: spread(201) })).toEqual(['to sort them, ms (median)']);
  expect(broken({ searchMilliseconds: spread(201) })).toEqual(['to search them, ms (median)']);
});

it('sorts by each column of the page as it is now, and searches it', async () => {
  const { findings, bytes, sortMilliseconds, searchMilliseconds } = await reportOfPage({
    ...{ findings: 60, loads: 1 },
  });
  expect(findings).toBe(60);
  expect(bytes).toBeGreaterThan(10_000);
  for (const { min, max } of [sortMilliseconds, searchMilliseconds]) {
    expect(Number.isFinite(min)).toBe(true);
    expect(max).toBeGreaterThan(0);
  }
}, 60_000);
