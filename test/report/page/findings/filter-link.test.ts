import { filterInLink, findingsLink } from '../../../../report/page/findings/filter-link.ts';

it('is read by people, too', () => {
  const filter = { account: '210000000011', reason: ['A', 'B'], tag: 'team=a b', minUsd: 5 };
  expect(findingsLink(filter, { sort: '-age', rows: 100 })).toBe(
    '#findings?account=210000000011&reason=A&reason=B&tag=team%3Da+b&minUsd=5&sort=-age&rows=100',
  );
  expect(findingsLink({})).toBe('#findings');
});

it('takes a key twice for either, and of two least figures the lower', () => {
  const { filter } = filterInLink(
    '#findings?region=a&minAgeDays=90&region=b&region=a&minAgeDays=30',
  )!;
  expect(filter).toEqual({ region: ['a', 'b'], minAgeDays: 30 });
});

it('ignores what it does not know, and says so', () => {
  const link = '#findings?acount=1&region=a&minUsd=much&rows=0&rows=99999&kind=&__proto__=x';
  expect(filterInLink(link)).toEqual({
    ...{ filter: { region: ['a'] }, view: {} },
    ignored: ['acount=1', 'minUsd=much', 'rows=0', 'rows=99999', 'kind=', '__proto__=x'],
  });
});

it('leaves other links alone', () => {
  for (const hash of ['', '#', '#funnel', '#findings-1', '#findingsx?a=b'])
    expect(filterInLink(hash)).toBeNull();
  expect(filterInLink('#findings')).toEqual({ filter: {}, view: {}, ignored: [] });
});

it.each([
  [0.1234567, 0.123457],
  [1e-7, 0],
  [1e13, 999_999_999_999],
  [20, 20],
])('writes the figure %d so that it is read again', (minUsd, read) => {
  expect(filterInLink(findingsLink({ minUsd }))).toMatchObject({
    ...{ filter: { minUsd: read }, ignored: [] },
  });
});
