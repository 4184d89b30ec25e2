import { heatClassesOf, heatOf } from '../../../../report/page/charts/heat-map/heat-classes.ts';
import { heatMap } from '../../../../report/page/charts/heat-map/heat-map.ts';
import { linksIn, rowsIn, textOf } from '../../../support/chart-rows.ts';
import { KIND, someCounts } from '../../../support/summaries/builders.ts';
import {
  accountNo,
  aSummaryOf,
  largeSummary,
  targetsOf,
} from '../../../support/summaries/chart-summaries.ts';

const [FIRST, SECOND] = [accountNo(1), accountNo(2)];
const few = aSummaryOf(
  { [FIRST]: { 'eu-west-1': 500 }, [SECOND]: { 'eu-west-1': 700_000, 'us-east-1': 1000 } },
  { [FIRST]: 'first', [SECOND]: 'second' },
);
const seen = targetsOf(few);

it('has what costs most first, each cell with its figure and a link', () => {
  const chart = heatMap(few, seen);
  expect(rowsIn(chart)).toEqual([
    ['account', 'all Regions', 'eu-west-1', 'us-east-1'],
    ['second', '$35,050', '$35k', '$50'],
    ['first', '$25', '$25', ''],
  ]);
  expect(linksIn(chart)['$35k']).toBe(`#findings?account=${SECOND}&region=eu-west-1&verdict=STALE`);
  expect(textOf(chart?.body.text ?? '')).toContain('blank: no such Region there, or excluded');
});

it('is by size where no price is known, and tells size alone where one is', () => {
  const unpriced = heatMap(few, targetsOf(few, 0));
  expect(rowsIn(unpriced)[1]).toEqual(['second', '684.6 TiB', '683.6 TiB', '1,000 GiB']);
  const mixed = [...seen, ...targetsOf(aSummaryOf({ [FIRST]: { 'us-east-1': 4096 } }), 0)];
  const chart = heatMap(few, mixed);
  expect(rowsIn(chart)[2]).toEqual(['first', '$25', '$25', '4 TiB']);
  expect(textOf(chart?.body.text ?? '')).toContain('no known price: size');
});

it('tells 0 from a Region that the account does not have', () => {
  const nothing = { accountId: FIRST, region: 'us-east-1', status: 'COMPLETE', kinds: {} } as const;
  const chart = heatMap(few, [...seen, nothing]);
  expect(rowsIn(chart)[2]).toEqual(['first', '$25', '$25', '0']);
  expect(textOf(chart?.body.text ?? '')).toContain('scanned, nothing unused');
});

it.each([['us-east-1'], [null]])('marks what was not scanned completely: %s', (region) => {
  const gap = {
    ...{ accountId: FIRST, accountName: 'first', region, status: 'THROTTLED' as const },
    ...{ failure: null, accepted: null },
  };
  const chart = heatMap({ ...few, coverage: { ...few.coverage, gaps: [gap] } }, seen);
  const partial = region === null ? '$25+' : '$25';
  expect(rowsIn(chart)[2]).toEqual(['first', '$25', partial, '? not scanned']);
  expect(chart?.body.text).toContain('class="cell not-scanned"');
});

it('is left out where nothing is unused, or all in one place', () => {
  expect(heatMap(aSummaryOf({}), [])).toBeNull();
  const one = aSummaryOf({ [FIRST]: { 'eu-west-1': 5 } });
  expect(heatMap(one, targetsOf(one))).toBeNull();
});

it.each([
  [12, 12, undefined],
  [21, 21, undefined],
  [400, 21, '380 other accounts'],
  [10_000, 21, '9,980 other accounts'],
])(
  'of %d accounts has %d rows, and of 17 Regions 12 columns and one of the others',
  (count, rows, others) => {
    const summary = largeSummary(count);
    const [head, ...read] = rowsIn(heatMap(summary, targetsOf(summary)));
    expect(head).toHaveLength(2 + 12 + 1);
    expect(head?.at(-1)).toBe('5 other Regions');
    expect(read).toHaveLength(rows);
    if (others !== undefined) expect(read.at(-1)?.[0]).toBe(others);
    for (const row of read) expect(row).toHaveLength(head?.length ?? 0);
  },
);

it("shows strangers' names as text", () => {
  const summary = aSummaryOf(few.staleGiBByTarget, { [FIRST]: '<b>x</b>', [SECOND]: '"' });
  expect(heatMap(summary, seen)?.body.text).toContain('<bdi>&lt;b&gt;x&lt;/b&gt;</bdi>');
});

describe('classes', () => {
  const one = () => 1;
  it('are round multiples of what is usual: few stand out', () => {
    const { from } = heatClassesOf([600, 650, 700, 700, 750, 900, 15_000], one);
    expect(from).toEqual([1000, 2000, 5000, 10_000]);
    expect([700, 1000, 2500, 15_000].map((value) => heatOf(value, { from }))).toEqual([1, 2, 3, 5]);
  });

  it('are one, and pale, where all is alike', () => {
    expect(heatClassesOf([7, 8, 9], one)).toEqual({ from: [] });
    expect(heatOf(9, { from: [] })).toBe(1);
    expect(heatClassesOf([], one)).toEqual({ from: [] });
  });

  it('have bounds that are round in the unit of their size', () => {
    const tib = (value: number) => (value >= 1024 ? 1024 : 1);
    expect(heatClassesOf([300, 300, 300, 9000], tib).from).toEqual([500, 1024, 2048, 5120]);
  });
});

it('counts what has neither a price nor a size', () => {
  const counted = { accountId: FIRST, region: 'us-east-1', status: 'COMPLETE' as const };
  const kinds = {
    [KIND]: someCounts({ verdicts: { STALE: 15, KEEP: 0, UNKNOWN: 0 }, unpricedUnsized: 15 }),
  };
  const chart = heatMap(few, [...seen, { ...counted, kinds }]);
  expect(rowsIn(chart)[2]).toEqual(['first', '$25', '$25', '15 unused']);
});
