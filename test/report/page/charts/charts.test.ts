import type { Summary } from '../../../../core/summary/summary.ts';
import { agesChart } from '../../../../report/page/charts/bars/ages.ts';
import type { Chart } from '../../../../report/page/markup/chart.ts';
import { costByAccountChart, costByUnitChart } from '../../../../report/page/charts/bars/cost.ts';
import { coverageChart } from '../../../../report/page/charts/coverage.ts';
import { extraChargesChart, tiersChart } from '../../../../report/page/charts/bars/extras.ts';
import { chartsOf } from '../../../../report/page/charts/index.ts';
import { reasonsChart } from '../../../../report/page/charts/bars/reasons.ts';
import { trendChart } from '../../../../report/page/charts/trend.ts';
import {
  accountNo,
  aPoint,
  aShare,
  aSummaryOf,
  everythingToShow,
  largeSummary,
} from '../../../support/summaries/chart-summaries.ts';
import { expectGolden } from '../../../support/golden.ts';
import { completeReport, partialReport } from '../../../support/summaries/summaries.ts';
import { twoKinds } from '../../../support/summaries/two-kinds.ts';

/** What a person reads in the picture. */
function textsOf(chart: Chart | null): string[] {
  return [...(chart?.svg ?? '').matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text!);
}

function withCounts(given: Partial<Summary['counts']>): Summary {
  const summary = completeReport();
  return { ...summary, counts: { ...summary.counts, ...given } };
}

it('shows all charts that have something to show, in the order of the page', async () => {
  const ids = (await chartsOf(everythingToShow())).map(({ id }) => id);
  expect(ids).toEqual([
    ...['coverage', 'trend', 'targets', 'cost-by-account', 'cost-by-organizational-unit'],
    ...['cost-by-region', 'reasons', 'ages', 'tiers', 'extra-charges'],
  ]);
});

it('makes the same bytes of the same summary', async () => {
  expect(await chartsOf(everythingToShow())).toEqual(await chartsOf(everythingToShow()));
});

it('makes a small chart as it was read by a person', async () => {
  const { svg = '' } = (await coverageChart(partialReport())) ?? {};
  expectGolden('chart-of-coverage.golden.svg', `${svg.replaceAll('><', '>\n<')}\n`);
});

it('scales, is one image to a screen reader, and says the same in a table', async () => {
  for (const { svg, title, table } of await chartsOf(everythingToShow())) {
    expect(svg).toMatch(
      /^<svg [^>]* role="img" aria-label="[^"]+" width="\d+" height="\d+" viewBox="0 0 \d+ \d+">/,
    );
    expect(svg).toContain(`aria-label="${title}. `);
    expect(svg.match(/ id="/)).toBeNull();
    expect(table.rows.length).toBeGreaterThan(0);
    for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
  }
});

it('has no colour of its own', async () => {
  for (const { svg } of await chartsOf(everythingToShow())) {
    const paints = [...svg.matchAll(/ (?:fill|stroke)="([^"]*)"/g)].map(([, paint]) => paint!);
    expect(paints.length).toBeGreaterThan(2);
    for (const paint of paints) expect(paint).toMatch(/^(none|currentColor|var\(--[a-z0-9-]+\))$/);
  }
});

describe('coverage', () => {
  it('tells gaps by status, and what was accepted and excluded', async () => {
    const chart = await coverageChart(partialReport());
    expect(chart?.table.rows).toEqual([
      ['scanned', '12'],
      ["not scanned: the discovery role is missing, or doesn't trust the hub", '1'],
      ['not scanned: permission denied', '6'],
      ['not scanned: failed', '1'],
      ['accepted gaps', '1'],
      ['excluded', '5'],
    ]);
    expect(textsOf(chart)).toEqual(expect.arrayContaining(['12', 'excluded']));
  });

  it('shows one target of a million', async () => {
    const summary = partialReport();
    const coverage = { ...summary.coverage, complete: 1_000_000, inScope: 1_000_008 };
    const { svg = '' } = (await coverageChart({ ...summary, coverage })) ?? {};
    const widths = [...svg.matchAll(/d="M[\d.]+,0h([\d.]+)v30/g)].map(([, width]) => Number(width));
    expect(Math.min(...widths)).toBeGreaterThanOrEqual(4);
  });

  it('is left out where everything was seen and nothing accepted', async () => {
    const summary = completeReport();
    const { coverage } = summary;
    expect(await coverageChart(summary)).not.toBeNull();
    expect(await coverageChart({ ...summary, coverage: { ...coverage, acceptedGaps: [] } })).toBe(
      null,
    );
  });

  it('is left out where nothing was expected', async () => {
    const summary = completeReport();
    const { coverage } = summary;
    const none = { ...coverage, complete: 0, inScope: 0, acceptedGaps: [], excluded: 0 };
    expect(await coverageChart({ ...summary, coverage: none })).toBeNull();
  });
});

function lengthOfFirstBar(chart: Chart | null, color: string): string | undefined {
  return new RegExp(`d="M[\\d.]+,[\\d.]+h([\\d.]+)v[^"]*"[^>]*${color}\\)`).exec(
    chart?.svg ?? '',
  )?.[1];
}

describe('cost', () => {
  it('ranks by cost, then by size, and tells what has no price apart', async () => {
    const summary = aSummaryOf({});
    const share = (usd: number, unpricedGiB: number) => ({
      ...aShare(100, { staleMonthlyCostUsdUpTo: usd, unpricedGiB }),
      accountName: null,
    });
    const byAccount = {
      [accountNo(1)]: share(0, 100),
      [accountNo(2)]: share(5, 0),
      [accountNo(3)]: share(7.5, 60),
      [accountNo(4)]: { ...share(0, 0), stale: 0 },
    };
    const chart = await costByAccountChart({ ...summary, byAccount });
    expect(textsOf(chart)).toEqual([
      ...[accountNo(3), accountNo(2), '$7.50', '$5', 'Without a known price: size'],
      ...[accountNo(1), accountNo(3), '100 GiB', '60 GiB'],
    ]);
    // The longest bar of dollars is as long as that of GiB.
    const longest = lengthOfFirstBar(chart, 'c-stale');
    expect([longest, lengthOfFirstBar(chart, 'c-unknown')]).toEqual([longest, longest]);
    expect(longest).toBeDefined();
    expect(chart?.description).toMatch(
      /without a known price are not in it\. Most: 300000000003, \$7\.50\.$/,
    );
    expect(chart?.table.rows[2]).toEqual([
      '',
      accountNo(1),
      '1',
      '100 GiB',
      'not known',
      '100 GiB',
    ]);
  });

  it('tells what all come to only once', async () => {
    const summary = everythingToShow();
    const byAccount = Object.fromEntries(
      Object.entries(summary.byAccount).map(([id, share]) => [
        id,
        { ...share, unpricedGiB: 0, unpricedUnsized: 0 },
      ]),
    );
    const told = (await chartsOf({ ...summary, byAccount })).filter(({ id }) =>
      id.startsWith('cost-by-'),
    );
    expect(told.map(({ description }) => description.includes('In all'))).toEqual([
      ...[true, false, false],
    ]);
  });

  it('tells units without a price of a charge, too', async () => {
    const charge = { resources: 84, units: 84, monthlyCostUsdUpTo: 13_392, unpricedUnits: 60 };
    const chart = await extraChargesChart(withCounts({ extraCharges: { 'fast-restore': charge } }));
    const words = '84 times, up to $13,392 a month for 24';
    expect(textsOf(chart)).toEqual([expect.stringMatching(/^fast snap/), words]);
    expect(chart?.table.rows[0]).toContain(words);
  });

  it('is told in GiB where no price is known', async () => {
    const chart = await costByAccountChart({
      ...aSummaryOf({ [accountNo(1)]: { 'eu-west-1': 40 } }),
      counts: withCounts({ staleMonthlyCostUsdUpTo: 0, staleGiB: 40 }).counts,
    });
    expect(chart?.title).toBe('Size of what is unused, by account');
    expect(textsOf(chart)).toContain('40 GiB');
  });

  it('names the first 15 accounts and adds up the others, with a bar of another colour and no longer than the first', async () => {
    const chart = await costByAccountChart(largeSummary(20));
    expect(chart?.table.rows).toHaveLength(16);
    expect(textsOf(chart)).toContain('5 other accounts, not to scale');
    expect(chart?.svg.match(/fill="var\(--c-excluded\)"/g)).toHaveLength(1);
    expect(chart?.svg.match(/fill="var\(--c-stale\)"/g)).toHaveLength(15);
  });

  it('gives the last account its name rather than "1 other account"', async () => {
    expect((await costByAccountChart(largeSummary(16)))?.table.rows).toHaveLength(16);
    expect(textsOf(await costByAccountChart(largeSummary(16)))).not.toContain('1 other account');
  });

  it('names an organizational unit by its name, else by its id', async () => {
    const unit = (name: string | null, staleGiB: number) => ({
      ...aShare(staleGiB),
      name,
      accounts: 1,
    });
    const byOrganizationalUnit = {
      'ou-ab12-sandbox0': unit(null, 10),
      'ou-ab12-workload': unit('Workloads', 20),
      'r-ab12': unit(null, 5),
    };
    const texts = textsOf(await costByUnitChart({ ...completeReport(), byOrganizationalUnit }));
    expect(texts.slice(0, 3)).toEqual(['Workloads', 'ou-ab12-sandbox0', 'the root, r-ab12']);
  });
});

describe('reasons', () => {
  it('are grouped by verdict, each in words, the most frequent first', async () => {
    const chart = await reasonsChart(completeReport());
    expect(chart?.table.rows.map(([verdict, , code]) => `${verdict} ${code}`)).toEqual([
      ...['STALE VOLUME_MISSING', 'STALE VOLUME_NOT_ATTACHED'],
      ...['KEEP IN_USE', 'KEEP USED_BY_AMI', 'KEEP TOO_YOUNG', 'UNKNOWN REFERENCES_INCOMPLETE'],
    ]);
    expect(textsOf(chart)).toContain('its volume no longer exists');
  });

  it('that nobody has words for are told by their code', async () => {
    expect(textsOf(await reasonsChart(withCounts({ reasons: { CONSTRUCTOR: 2 } })))).toContain(
      'CONSTRUCTOR',
    );
  });
});

describe('ages', () => {
  it('stand in order, with those between that have none', async () => {
    const staleByAge = { FROM_2_YEARS: 4, NOT_KNOWN: 1, FROM_90_DAYS: 2 };
    const chart = await agesChart(withCounts({ staleByAge }));
    expect(chart?.table.rows).toEqual([
      ...[
        ['under 30 days', '0'],
        ['30 to 89 days', '0'],
        ['90 to 179 days', '2'],
      ],
      ...[
        ['180 days to 1 year', '0'],
        ['1 to 2 years', '0'],
        ['2 to 3 years', '4'],
      ],
      ['not known', '1'],
    ]);
    expect(chart?.description).toBe('Of 7 unused resources, 4 are a year old or older.');
  });

  it('are left out where nothing is stale', async () => {
    expect(await agesChart(withCounts({ staleByAge: {} }))).toBeNull();
  });
});

describe('tiers and extra charges', () => {
  it('are left out where there is nothing to tell', async () => {
    const { standard } = everythingToShow().counts.staleByTier;
    const summary = withCounts({ staleByTier: { standard: standard! }, extraCharges: {} });
    expect(await tiersChart(summary)).toBeNull();
    expect(await extraChargesChart(summary)).toBeNull();
  });

  it('tell of one tier alone where AWS bills a minimum of it', async () => {
    const { archive } = everythingToShow().counts.staleByTier;
    const chart = await tiersChart(withCounts({ staleByTier: { archive: archive! } }));
    expect(chart?.description).toMatch(/^2 resources are in a minimum storage period/);
  });

  it('tell no cost of what has no price', async () => {
    const charge = { resources: 2, units: 3, monthlyCostUsdUpTo: 0, unpricedUnits: 3 };
    const chart = await extraChargesChart(withCounts({ extraCharges: { 'fast-restore': charge } }));
    expect(textsOf(chart)).toEqual(['fast snapshot restore', '3 times, no known price']);
    expect(chart?.table.rows[0]).toContain('no known price');
  });
});

describe('the trend', () => {
  const trendOf = async (...trend: Summary['trend']) => trendChart({ ...completeReport(), trend });
  const later = { finishedAt: '2026-11-28T06:00:00.000Z' };

  it('says that it adds the sizes of several kinds, and of one alone nothing', async () => {
    const trend = [aPoint(), aPoint(later)];
    const added = 'The sizes of volumes and snapshots are added up';
    expect((await trendChart({ ...twoKinds('report'), trend }))?.description).toContain(added);
    expect((await trendOf(...trend))?.description).not.toContain('added up');
  });

  it('needs two executions', async () => {
    expect(await trendOf(aPoint())).toBeNull();
  });

  it('marks by another shape an execution that saw less than all', async () => {
    const whole = await trendOf(aPoint(), aPoint(later));
    const partial = await trendOf(aPoint(), aPoint({ ...later, complete: 11 }));
    expect(whole?.svg).not.toContain('fill="var(--page)"');
    expect(partial?.svg.match(/fill="var\(--page\)"/g)).toHaveLength(2);
    expect(textsOf(partial)).toContain('not all scanned');
    expect(partial?.description).toContain('1 run (hollow diamonds, not on the line)');
  });

  it('compares and joins only executions that saw everything', async () => {
    const least = { ...later, finishedAt: '2026-12-05T06:00:00.000Z', complete: 1, staleGiB: 1 };
    const chart = await trendOf(
      aPoint({ staleGiB: 50 }),
      aPoint({ ...later, staleGiB: 40 }),
      aPoint(least),
    );
    expect(chart?.description).toMatch(
      /^Unused went from 50 GiB on 2026-11-21 to 40 GiB on 2026-11-28, in 2 runs that scanned/,
    );
    expect(chart?.description).toMatch(/The last one is among them: it can't be compared\.$/);
    // The only path that is drawn and not filled.
    const lines = [
      ...(chart?.svg ?? '').matchAll(/ d="(M[^"Z]*L[^"Z]*)" stroke="var\(--c-stale\)"/g),
    ];
    expect(lines.map(([, line]) => line?.split('L').length)).toEqual([2]);
    expect(textsOf(chart)).toContain('unused');
    const none = await trendOf(aPoint(), aPoint({ ...later, complete: 11 }));
    expect(none?.description).toMatch(/^Nothing can be compared: fewer than two of 2 runs/);
  });

  it('has bars for what was removed, where something was', async () => {
    expect(textsOf(await trendOf(aPoint(), aPoint(later)))).not.toContain('deleted');
    const chart = await trendOf(aPoint(), aPoint({ ...later, removed: 1, removedGiB: 8 }));
    expect(textsOf(chart)).toContain('deleted');
    expect(chart?.svg.match(/fill="var\(--c-removed\)"/g)).toHaveLength(2);
  });

  it('has UTC dates below it, and times where they are all of one day', async () => {
    expect(textsOf(await trendOf(aPoint(), aPoint(later)))).toEqual(
      expect.arrayContaining(['2026-11-21', '2026-11-28']),
    );
    const evening = { finishedAt: '2026-11-21T18:30:00.000Z' };
    expect(textsOf(await trendOf(aPoint(), aPoint(evening)))).toEqual(
      expect.arrayContaining(['11-21 06:00', '11-21 18:30']),
    );
  });

  it('takes executions that ended at the same time', async () => {
    expect((await trendOf(aPoint(), aPoint()))?.svg).not.toMatch(/NaN|Infinity/);
  });
});
