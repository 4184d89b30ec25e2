import type { AgeBand } from '../../../../core/model/age.ts';
import { mostOf } from '../../../../core/model/order.ts';
import type { Summary } from '../../../../core/summary/summary.ts';
import { formatCount, formatNoun } from '../../../format/money.ts';
import { findingsLink } from '../../findings/filter-link.ts';
import type { Chart } from '../../markup/chart.ts';
import { type BarRow, barTable } from './bar-table.ts';

/** In order. */
const BAND_WORDS: Readonly<Record<AgeBand, string>> = {
  UNDER_30_DAYS: 'under 30 days',
  FROM_30_DAYS: '30 to 89 days',
  FROM_90_DAYS: '90 to 179 days',
  FROM_180_DAYS: '180 days to 1 year',
  FROM_1_YEAR: '1 to 2 years',
  FROM_2_YEARS: '2 to 3 years',
  FROM_3_YEARS: '3 to 5 years',
  FROM_5_YEARS: '5 years and more',
  NOT_KNOWN: 'not known',
};
const A_YEAR_AND_MORE: readonly AgeBand[] = [
  'FROM_1_YEAR',
  'FROM_2_YEARS',
  'FROM_3_YEARS',
  'FROM_5_YEARS',
];
const YEAR_DAYS = 365;

/** How old the unused resources are. */
export function agesChart({ counts: { staleByAge } }: Summary): Chart | null {
  const rows = ageRows(staleByAge);
  if (rows.length === 0) return null;
  const all = Object.values(staleByAge).reduce((sum, count) => sum + count, 0);
  const old = A_YEAR_AND_MORE.reduce((sum, band) => sum + (staleByAge[band] ?? 0), 0);
  const title = 'Age of what is unused';
  return {
    ...{ id: 'ages', title },
    description: `Of ${formatNoun(all, 'unused resource')}, ${formatCount(old)} ${old === 1 ? 'is' : 'are'} a year old or older.`,
    body: barTable(title, ['age', 'unused'], [{ color: 'c-stale', rows }]),
  };
}

function ageRows(staleByAge: Summary['counts']['staleByAge']): BarRow[] {
  const bands = (Object.keys(BAND_WORDS) as AgeBand[]).map((band) => ({
    ...{ band, count: staleByAge[band] ?? 0 },
  }));
  // Bands between others stay, empty too: a gap in the ages is one to see.
  const last = bands.findLastIndex(({ band, count }) => count > 0 && band !== 'NOT_KNOWN');
  const longest = mostOf(bands.map(({ count }) => count)) || 1;
  return bands
    .filter(({ band, count }, i) => count > 0 || (band !== 'NOT_KNOWN' && i < last))
    .map(({ band, count }) => ({
      name: BAND_WORDS[band],
      ...linkOf(band, count),
      share: count / longest,
      figures: [formatCount(count)],
    }));
}

/** Findings are filtered by a least age: only of the last band is that the whole truth. */
function linkOf(band: AgeBand, count: number): Pick<BarRow, 'link'> {
  if (band !== 'FROM_5_YEARS' || count === 0) return {};
  return { link: findingsLink({ verdict: 'STALE', minAgeDays: 5 * YEAR_DAYS }) };
}
