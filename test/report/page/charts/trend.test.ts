import type { Summary, TrendPoint } from '../../../../core/summary/summary.ts';
import { trendChart } from '../../../../report/page/charts/trend/trend.ts';
import { ticksTo } from '../../../../report/page/charts/trend/scale.ts';
import { NO_WORTH } from '../../../../core/model/amount.ts';
import { rowsIn } from '../../../support/chart-rows.ts';
import { aPoint } from '../../../support/summaries/chart-summaries.ts';
import { completeReport } from '../../../support/summaries/summaries.ts';
import { twoKinds } from '../../../support/summaries/two-kinds.ts';

const trendOf = (...trend: TrendPoint[]): Summary => ({ ...completeReport(), trend });
const chartOf = (...trend: TrendPoint[]) => trendChart(trendOf(...trend));
const later = { finishedAt: '2026-11-28T06:00:00.000Z' };
const last = { finishedAt: '2026-12-05T06:00:00.000Z' };
const usd = (staleMonthlyCostUsdUpTo: number) => ({ staleMonthlyCostUsdUpTo });

function textsOf(chart: ReturnType<typeof trendChart>): string[] {
  const texts = (chart?.body.text ?? '').matchAll(/<text[^>]*>([^<]*)<\/text>/g);
  return [...texts].map(([, text = '']) => text);
}
const linesOf = (chart: ReturnType<typeof trendChart>, color: string) =>
  [
    ...(chart?.body.text ?? '').matchAll(
      /<path d="([^"]*)" fill="none" stroke="var\(--([a-z-]+)\)"/g,
    ),
  ]
    .filter(([, , of]) => of === color)
    .map(([, line = '']) => line.split('L').length);

it('is of money where any has a price, else of sizes in their unit', () => {
  expect(textsOf(chartOf(aPoint(usd(120)), aPoint({ ...later, ...usd(90) })))).toEqual(
    expect.arrayContaining(['$ a month', '$120', '$90']),
  );
  const free = { ...usd(0), staleGiB: 4096, unpricedGiB: 4096 };
  const chart = chartOf(aPoint(free), aPoint({ ...later, ...free }));
  expect(textsOf(chart)).toEqual(expect.arrayContaining(['TiB', '4 TiB']));
  expect(chart?.description).toMatch(/^Unused went from 4 TiB on 21 November 2026 to 4 TiB/);
});

it('says of several kinds what a jump may be', () => {
  const jump = 'The first run that scans a new kind';
  const trend = [aPoint(), aPoint(later)];
  expect(trendChart({ ...twoKinds('report'), trend })?.description).toContain(jump);
  expect(chartOf(...trend)?.description).not.toContain(jump);
});

it('needs two runs, and something to show', () => {
  expect(chartOf(aPoint())).toBeNull();
  const none = { ...usd(0), staleGiB: 0 };
  expect(chartOf(aPoint(none), aPoint({ ...later, ...none }))).toBeNull();
});

it('compares and joins only runs that saw everything, and marks others by their shape', () => {
  const chart = chartOf(
    aPoint(usd(50)),
    aPoint({ ...later, ...usd(40) }),
    aPoint({ ...last, complete: 1, ...usd(1) }),
  );
  expect(chart?.description).toMatch(
    /^Unused went from \$50 on 21 November 2026 to \$40 on 28 November 2026, in 2 runs that scanned/,
  );
  expect(chart?.description).toMatch(/The last one is among them: it can't be compared\.$/);
  expect(linesOf(chart, 'c-stale')).toEqual([2]);
  expect(chart?.body.text.match(/fill="var\(--page\)"/g)).toHaveLength(2);
  expect(textsOf(chart)).toContain('not all seen');
  const one = chartOf(aPoint(), aPoint({ ...later, complete: 11 }));
  expect(one?.description).toMatch(/^Nothing can be compared: fewer than two of 2 runs/);
});

it('has a line of what was saved so far, where that is known and something was', () => {
  const saved = (monthlyCostUsdUpTo: number) => ({ saved: { ...NO_WORTH, monthlyCostUsdUpTo } });
  expect(textsOf(chartOf(aPoint(saved(0)), aPoint({ ...later, ...saved(0) })))).not.toContain(
    'saved so far',
  );
  const chart = chartOf(
    aPoint(usd(50)),
    aPoint({ ...later, ...saved(4) }),
    aPoint({ ...last, ...saved(9) }),
  );
  expect(textsOf(chart)).toContain('saved so far');
  expect(linesOf(chart, 'c-removed')).toEqual([2]);
  expect(rowsIn(chart).map((row) => row.at(-1))).toEqual([
    ...['saved so far, a month', '', '$4', '$9'],
  ]);
});

it('has dates in UTC below it, times only where two runs are of one day, and none twice', () => {
  expect(textsOf(chartOf(aPoint(), aPoint(later)))).toEqual(
    expect.arrayContaining(['21 Nov', '28 Nov']),
  );
  const evening = { finishedAt: '2026-11-21T18:30:00.000Z' };
  expect(textsOf(chartOf(aPoint(), aPoint(evening)))).toEqual(
    expect.arrayContaining(['21 Nov 06:00', '21 Nov 18:30']),
  );
  const minutes = ['06:00:01', '06:00:30', '06:00:59'].map((time) =>
    aPoint({ finishedAt: `2026-11-21T${time}.000Z` }),
  );
  const dates = textsOf(chartOf(...minutes)).filter((text) => text.startsWith('21 Nov'));
  expect(dates).toEqual(['21 Nov']);
});

it('takes runs that ended at the same time', () => {
  expect(chartOf(aPoint(), aPoint())?.body.text).not.toMatch(/NaN|Infinity/);
});

it('is shapes and text, in no colour of its own, and not left out', () => {
  const html = chartOf(aPoint(), aPoint({ ...later, complete: 3 }))?.body.text ?? '';
  expect(html).toContain('<svg');
  const paints = [...html.matchAll(/ (?:fill|stroke)="([^"]*)"/g)].map(([, paint]) => paint);
  expect(paints.length).toBeGreaterThan(5);
  for (const paint of paints) expect(paint).toMatch(/^(none|currentColor|var\(--[a-z0-9-]+\))$/);
});

it.each([
  [87_985, [0, 25_000, 50_000, 75_000, 100_000]],
  [7, [0, 2, 4, 6, 8]],
  [0.4, [0, 0.1, 0.2, 0.3, 0.4]],
  [0, [0, 1]],
])('has round numbers up to %d', (max, ticks) => {
  expect(ticksTo(max)).toEqual(ticks);
});
