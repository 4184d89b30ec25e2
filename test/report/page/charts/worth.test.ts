import type { Share } from '../../../../core/summary/summary.ts';
import {
  worthByAccount,
  worthByKind,
  worthByRegion,
  worthByUnit,
} from '../../../../report/page/charts/bars/worth.ts';
import { linksIn, rowsIn } from '../../../support/chart-rows.ts';
import {
  accountNo,
  aShare,
  aSummaryOf,
  largeSummary,
} from '../../../support/summaries/chart-summaries.ts';
import { completeReport } from '../../../support/summaries/summaries.ts';
import { twoKinds } from '../../../support/summaries/two-kinds.ts';

const share = (usd: number, unpricedGiB: number): Share =>
  aShare(100, { staleMonthlyCostUsdUpTo: usd, unpricedGiB });
const unnamed = (usd: number, unpricedGiB: number) => ({
  ...share(usd, unpricedGiB),
  accountName: null,
});

it('ranks by cost, and tells what has no price apart, never added', () => {
  const byAccount = {
    [accountNo(1)]: unnamed(0, 100),
    [accountNo(2)]: unnamed(5, 0),
    [accountNo(3)]: unnamed(7.5, 60),
    [accountNo(4)]: { ...unnamed(0, 0), stale: 0 },
  };
  const chart = worthByAccount({ ...aSummaryOf({}), byAccount });
  expect(rowsIn(chart)).toEqual([
    ['account', 'a month, up to', 'without a price', 'size'],
    ['300000000003 1 unused', '$7.50', '60 GiB', '100 GiB'],
    ['300000000002 1 unused', '$5', '', '100 GiB'],
    ['No known price, largest first'],
    ['300000000001 1 unused', '', '100 GiB', '100 GiB'],
  ]);
  // Each scale has a bar of full length.
  expect(chart?.body.text.match(/ width="100" /g)).toHaveLength(2);
  expect(linksIn(chart)[accountNo(3)]).toBe(`#findings?account=${accountNo(3)}&verdict=STALE`);
});

it('has no column of what has no price where all has one, and none of prices where none is known', () => {
  const priced = worthByAccount({
    ...aSummaryOf({}),
    byAccount: { [accountNo(1)]: unnamed(5, 0) },
  });
  expect(rowsIn(priced)[0]).toEqual(['account', 'a month, up to', 'size']);
  const none = worthByAccount({
    ...aSummaryOf({}),
    byAccount: { [accountNo(1)]: unnamed(0, 100) },
  });
  expect(rowsIn(none)).toEqual([
    ['account', 'size'],
    [`${accountNo(1)} 1 unused`, '100 GiB'],
  ]);
});

it.each([
  [12, 12, undefined],
  [13, 13, undefined],
  [14, 13, '2 other accounts 2 unused'],
  [400, 13, '388 other accounts 388 unused'],
  [10_000, 13, '9,988 other accounts 9,988 unused'],
])(
  'of %d accounts has %d rows; the others are one, with their sum and no link',
  (count, rows, others) => {
    const chart = worthByAccount(largeSummary(count));
    const read = rowsIn(chart).slice(1);
    expect(read).toHaveLength(rows);
    if (others !== undefined) expect(read.at(-1)?.[0]).toBe(others);
    expect(Object.keys(linksIn(chart))).toHaveLength(others === undefined ? rows : 12);
  },
);

it('names a unit by the end of its path, which tells it from others, and where that lies below it', () => {
  const unit = (name: string | null, staleGiB: number) => ({
    ...aShare(staleGiB),
    ...{ name, accounts: 1 },
  });
  const byOrganizationalUnit = {
    'ou-ab12-sandbox0': unit(null, 10),
    'ou-ab12-workload': unit('Root / Workloads / Prod', 20),
    'r-ab12': unit(null, 5),
  };
  const chart = worthByUnit({ ...completeReport(), byOrganizationalUnit });
  expect(
    rowsIn(chart)
      .slice(1)
      .map(([head]) => head),
  ).toEqual([
    'Prod Root / Workloads · 1 unused',
    'ou-ab12-sandbox0 1 unused',
    'the root, r-ab12 1 unused',
  ]);
  expect(linksIn(chart)['Prod']).toBe('#findings?unit=ou-ab12-workload&verdict=STALE');
});

it('ranks Regions, and kinds where there are several', () => {
  expect(linksIn(worthByRegion(completeReport()))['us-east-1']).toBe(
    '#findings?region=us-east-1&verdict=STALE',
  );
  expect(worthByKind(completeReport())).toBeNull();
  const links = linksIn(worthByKind(twoKinds('report')));
  expect(links['Volumes']).toBe('#findings?kind=ebs-volume&verdict=STALE');
});

it("shows strangers' names as text", () => {
  const byAccount = { [accountNo(1)]: { ...share(5, 0), accountName: '<img src=x>"&' } };
  const html = worthByAccount({ ...aSummaryOf({}), byAccount })?.body.text;
  expect(html).toContain('<bdi>&lt;img src=x&gt;&quot;&amp;</bdi>');
  expect(html).not.toContain('<img');
});
