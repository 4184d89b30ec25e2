import type { Summary } from '../../../../core/summary/summary.ts';
import { extraCharges, tiers } from '../../../../report/page/charts/asides.ts';
import { agesChart } from '../../../../report/page/charts/bars/ages.ts';
import { reasonsChart } from '../../../../report/page/charts/bars/reasons.ts';
import { coverageChart } from '../../../../report/page/charts/coverage.ts';
import { chartsOf } from '../../../../report/page/charts/index.ts';
import { linksIn, rowsIn, textOf } from '../../../support/chart-rows.ts';
import {
  everythingToShow,
  largeSummary,
  targetsOf,
} from '../../../support/summaries/chart-summaries.ts';
import { completeReport, partialReport } from '../../../support/summaries/summaries.ts';
import { twoKinds } from '../../../support/summaries/two-kinds.ts';

function withCounts(given: Partial<Summary['counts']>): Summary {
  const summary = completeReport();
  return { ...summary, counts: { ...summary.counts, ...given } };
}

it('shows all charts that have something to show, in the order of the page', () => {
  const ids = (summary: Summary) =>
    chartsOf(summary, targetsOf(largeSummary(2))).map(({ id }) => id);
  expect(ids(everythingToShow())).toEqual([
    ...['trend', 'coverage', 'by-account', 'by-organizational-unit', 'by-region'],
    ...['reasons', 'ages', 'accounts-and-regions', 'tiers', 'extra-charges'],
  ]);
  expect(ids(twoKinds('report'))).toContain('by-kind');
});

it('is no larger for 10,000 accounts than for 100', () => {
  const bytesOf = (accounts: number) => {
    const summary = largeSummary(accounts);
    const charts = chartsOf(summary, targetsOf(summary));
    return charts.reduce((sum, { body }) => sum + body.text.length, 0);
  };
  const [some, many] = [bytesOf(100), bytesOf(10_000)];
  expect(many).toBeLessThan(some * 1.05);
  expect(many).toBeLessThan(150_000);
});

describe('coverage', () => {
  it('tells why something was not scanned below how much wasn’t, and no colour twice', () => {
    const chart = coverageChart(partialReport());
    expect(rowsIn(chart).slice(1)).toEqual([
      ['scanned', '12'],
      ['not scanned', '8'],
      ["the discovery role is missing, or doesn't trust the hub", '1'],
      ['permission denied', '6'],
      ['failed', '1'],
      ['accepted gaps', '1'],
      ['excluded', '5'],
    ]);
    const bars = chart?.body.text.match(/<svg.*?<\/svg>/gs) ?? [];
    const colors = (bars[0] ?? '').match(/var\(--[a-z-]+\)/g) ?? [];
    expect(new Set(colors).size).toBe(4);
    expect(colors).toHaveLength(4);
    expect(bars).toHaveLength(5);
  });

  it('shows one target of a million', () => {
    const summary = partialReport();
    const coverage = { ...summary.coverage, complete: 1_000_000, inScope: 1_000_008 };
    const html = coverageChart({ ...summary, coverage })?.body.text ?? '';
    const [whole = ''] = html.match(/<svg.*?<\/svg>/s) ?? [];
    const widths = [...whole.matchAll(/ width="([\d.]+)"/g)].map(([, width]) => Number(width));
    expect(Math.min(...widths)).toBeGreaterThan(0.5);
  });

  it('is left out where everything was scanned and nothing accepted', () => {
    const summary = completeReport();
    const { coverage } = summary;
    expect(coverageChart(summary)).not.toBeNull();
    expect(coverageChart({ ...summary, coverage: { ...coverage, acceptedGaps: [] } })).toBeNull();
  });

  it('is left out where nothing was expected', () => {
    const summary = completeReport();
    const { coverage } = summary;
    const none = { ...coverage, complete: 0, inScope: 0, acceptedGaps: [], excluded: 0 };
    expect(coverageChart({ ...summary, coverage: none })).toBeNull();
  });
});

describe('reasons', () => {
  it('are open where somebody may act, in words, the most frequent first, and folded where kept', () => {
    const chart = reasonsChart(completeReport());
    const [open = '', folded = ''] = (chart?.body.text ?? '').split('<details>');
    const codes = (html: string) =>
      [...html.matchAll(/<small>(.*?)<\/small>/gs)].map(([, code = '']) => textOf(code));
    expect(codes(open)).toEqual([
      ...['VOLUME_MISSING', 'VOLUME_NOT_ATTACHED', 'REFERENCES_INCOMPLETE'],
    ]);
    expect(codes(folded)).toEqual(['IN_USE', 'USED_BY_AMI', 'TOO_YOUNG']);
    expect(textOf(open)).toContain('its volume no longer exists');
  });

  it('lead to the findings that have them, where these are listed', () => {
    const links = linksIn(reasonsChart(completeReport()));
    expect(links['its volume no longer exists']).toMatch(/^#findings\?.*reason=VOLUME_MISSING/);
    expect(Object.keys(links)).toHaveLength(3);
  });

  it('that nobody has words for are told by their code', () => {
    const chart = reasonsChart(withCounts({ reasons: { CONSTRUCTOR: 2 } }));
    expect(rowsIn(chart)).toContainEqual(['CONSTRUCTOR', '2']);
  });
});

describe('ages', () => {
  it('stand in order, with those between that have none', () => {
    const staleByAge = { FROM_2_YEARS: 4, NOT_KNOWN: 1, FROM_90_DAYS: 2 };
    const chart = agesChart(withCounts({ staleByAge }));
    expect(rowsIn(chart).slice(1)).toEqual([
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

  it('lead to findings where the filter is the whole truth', () => {
    const chart = agesChart(withCounts({ staleByAge: { FROM_2_YEARS: 4, FROM_5_YEARS: 1 } }));
    expect(linksIn(chart)).toEqual({
      '5 years and more': '#findings?verdict=STALE&minAgeDays=1825',
    });
  });

  it('are left out where nothing is unused', () => {
    expect(agesChart(withCounts({ staleByAge: {} }))).toBeNull();
  });
});

describe('tiers and charges besides storage', () => {
  it('are left out where there is nothing to tell', () => {
    const { standard } = everythingToShow().counts.staleByTier;
    const summary = withCounts({ staleByTier: { standard: standard! }, extraCharges: {} });
    expect([tiers(summary), extraCharges(summary)]).toEqual([null, null]);
  });

  it('tell in a sentence what is stored how, and where AWS bills a minimum of it', () => {
    expect(textOf(tiers(everythingToShow())?.body.text ?? '')).toBe(
      'standard: 5 unused (400 GiB, up to $20 a month), archive: 5 unused (40 GiB, up to $2 a month). 2 resources are in a minimum storage period: AWS bills the rest of it, even if deleted.',
    );
  });

  it.each([
    [13_392, 84, 60, '84 times, up to $13,392 a month for 24'],
    [0, 3, 3, '3 times, no known price'],
  ])(
    'tell $%d for %d units of which %d have no price',
    (monthlyCostUsdUpTo, units, unpricedUnits, words) => {
      const charge = { resources: 2, units, monthlyCostUsdUpTo, unpricedUnits };
      const chart = extraCharges(withCounts({ extraCharges: { 'fast-restore': charge } }));
      expect(rowsIn(chart)[1]).toEqual(['fast snapshot restore', '2', words]);
    },
  );
});
