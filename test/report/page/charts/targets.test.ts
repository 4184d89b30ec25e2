import { heatClassesOf, heatOf } from '../../../../report/page/charts/heat-map/heat-classes.ts';
import { chartsOf } from '../../../../report/page/charts/index.ts';
import { targetsChart } from '../../../../report/page/charts/heat-map/targets.ts';
import { accountNo, aSummaryOf, largeSummary } from '../../../support/summaries/chart-summaries.ts';

const [FIRST, SECOND] = [accountNo(1), accountNo(2)];
const few = aSummaryOf(
  { [FIRST]: { 'eu-west-1': 5 }, [SECOND]: { 'eu-west-1': 700, 'us-east-1': 10 } },
  { [FIRST]: 'first', [SECOND]: 'second' },
);

it('has the account with the most first, and a column for each Region with something stale', async () => {
  const chart = await targetsChart(few);
  expect(chart?.table).toEqual({
    columns: ['account', 'id', 'eu-west-1', 'us-east-1'],
    rows: [
      ['second', SECOND, '700 GiB', '10 GiB'],
      ['first', FIRST, '5 GiB', ''],
    ],
  });
  expect(chart?.svg).toContain('>blank: nothing unused seen</text>');
});

it('tells 0 from a Region that the account does not have', async () => {
  const seen = { accountId: FIRST, region: 'us-east-1', status: 'COMPLETE' } as const;
  const [known, not] = [await targetsChart(few, [seen]), await targetsChart(few, [])];
  expect(known?.table.rows[1]).toEqual(['first', FIRST, '5 GiB', '0 GiB']);
  expect(known?.svg).toContain('>0: scanned, nothing unused</text>');
  expect(not?.table.rows[1]).toEqual(['first', FIRST, '5 GiB', '']);
  expect(not?.svg).toContain('>blank: not there, or excluded</text>');
});

it.each([['us-east-1'], [null]])('marks what was not seen completely: %s', async (region) => {
  const gap = {
    ...{ accountId: FIRST, accountName: 'first', region, status: 'THROTTLED' as const },
    ...{ failure: null, accepted: null },
  };
  const chart = await targetsChart({ ...few, coverage: { ...few.coverage, gaps: [gap] } });
  expect(chart?.table.rows[1]).toEqual(['first', FIRST, '5 GiB', 'not scanned completely']);
  expect(chart?.svg).toContain('>×</text>');
});

it('is left out where nothing is stale', async () => {
  expect(await targetsChart(aSummaryOf({}))).toBeNull();
});

it('has 40 accounts and a row for all others', async () => {
  const { table } = (await targetsChart(largeSummary(100)))!;
  expect(table.rows).toHaveLength(41);
  expect(table.rows.at(-1)![0]).toBe('60 more accounts');
});

it('is no larger for 10,000 accounts than for 100', async () => {
  const bytesOf = async (accounts: number) =>
    (await chartsOf(largeSummary(accounts))).reduce((sum, { svg }) => sum + svg.length, 0);
  const [some, many] = [await bytesOf(100), await bytesOf(10_000)];
  expect(many).toBeLessThan(some * 1.05);
  expect(many).toBeLessThan(250_000);
});

describe('classes', () => {
  it('are six, with numbers between them that are round in their unit, for a wide range', () => {
    expect(heatClassesOf([1, 1e6]).from).toEqual([10, 100, 1000, 10 * 1024, 100 * 1024]);
    expect(heatClassesOf([1, 60]).from).toEqual([2, 5, 10, 20]);
  });

  it('hold their lower bound', () => {
    const classes = heatClassesOf([1, 1e6]);
    expect([1, 9.9, 10, 1e6].map((value) => heatOf(value, classes))).toEqual([1, 1, 2, 6]);
  });

  it('are one where all is the same', () => {
    expect(heatClassesOf([7, 7])).toEqual({ from: [] });
    expect(heatOf(7, { from: [] })).toBe(3);
  });

  it('take the smallest of sizes', () => {
    expect(heatClassesOf([0.000001, 0.5]).from.every((bound) => bound > 0)).toBe(true);
  });
});
