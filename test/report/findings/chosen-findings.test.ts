import { chooseFindings } from '../../../report/findings/chosen-findings.ts';
import type { Filterable } from '../../../report/findings/finding-filter.ts';

const aFinding = (of: Partial<Filterable>): Filterable => ({
  ...{ accountId: '1', unitId: null, region: 'a', kind: 'snapshot', reasons: ['OLD'] },
  ...{ next: ['PLANNED'], verdict: 'STALE', tags: [], ageDays: 1, sizeGiB: 1, usdUpTo: 1 },
  text: '',
  ...of,
});
const ALL = [
  aFinding({}),
  aFinding({ accountId: '2' }),
  aFinding({ accountId: '2', region: 'b', reasons: ['OLD', 'LARGE'] }),
  aFinding({ accountId: '2', verdict: 'KEEP', reasons: ['LOCKED'], next: ['KEPT'] }),
  aFinding({ verdict: 'UNKNOWN', reasons: ['DENIED'], next: ['UNKNOWN'] }),
];
const countsOf = (counts: ReadonlyMap<string, number>) => Object.fromEntries(counts);

it('finds what can be acted on, and counts what is kept on purpose', () => {
  const { found, keptHidden, without, counts } = chooseFindings(ALL, {});
  expect(found).toEqual([ALL[0], ALL[1], ALL[2], ALL[4]]);
  expect(keptHidden).toBe(1);
  // It is no filter that somebody set, so none to do without.
  expect(countsOf(without)).toEqual({});
  expect(countsOf(counts.account)).toEqual({ 1: 2, 2: 2 });
  // Whoever chooses one of these sees what is kept, too.
  expect(countsOf(counts.verdict)).toEqual({ STALE: 3, UNKNOWN: 1, KEEP: 1 });
  expect(countsOf(counts.reason)).toEqual({ OLD: 3, LARGE: 1, DENIED: 1, LOCKED: 1 });
});

it('counts of each list what would be found by another choice of it', () => {
  const { found, counts, without } = chooseFindings(ALL, { account: ['2'], region: ['b'] });
  expect(found).toEqual([ALL[2]]);
  expect(countsOf(counts.account)).toEqual({ 2: 1 });
  expect(countsOf(counts.region)).toEqual({ a: 1, b: 1 });
  expect(countsOf(without)).toEqual({ region: 1 });
});

it('says without which filter something would be found, and nothing where two are in the way', () => {
  const { found, without } = chooseFindings(ALL, { account: ['1'], reason: ['LOCKED'] });
  expect(found).toEqual([]);
  expect(countsOf(without)).toEqual({ account: 1, reason: 2 });
  expect(countsOf(chooseFindings(ALL, { account: ['9'], region: ['z'] }).without)).toEqual({});
});

it.each([[{ verdict: ['KEEP'] }], [{ reason: ['LOCKED'] }], [{ next: ['KEPT'] }]])(
  'shows what is kept to whoever asks for it by %j',
  (filter) => {
    const { found, keptHidden } = chooseFindings(ALL, filter);
    expect(found).toEqual([ALL[3]]);
    expect(keptHidden).toBe(0);
  },
);
