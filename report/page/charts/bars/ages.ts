import type { AgeBand } from '../../../../core/model/age.ts';
import { formatCount, formatNoun } from '../../../format/money.ts';
import type { Summary } from '../../../../core/summary/summary.ts';
import type { Chart } from '../../markup/chart.ts';
import { draw } from '../drawing/draw.ts';
import { rankedBars } from './ranked-bars.ts';

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

/** How old the stale resources are. */
export async function agesChart({ counts }: Summary): Promise<Chart | null> {
  const { staleByAge } = counts;
  const bands = (Object.keys(BAND_WORDS) as AgeBand[]).map((band) => ({
    ...{ band, label: BAND_WORDS[band], value: staleByAge[band] ?? 0 },
  }));
  const all = bands.reduce((sum, { value }) => sum + value, 0);
  if (all === 0) return null;
  // Bands between others stay, empty too: a gap in the ages is one to see.
  const last = bands.findLastIndex(({ band, value }) => value > 0 && band !== 'NOT_KNOWN');
  const shown = bands.filter(
    ({ band, value }, i) => value > 0 || (band !== 'NOT_KNOWN' && i < last),
  );
  const old = A_YEAR_AND_MORE.reduce((sum, band) => sum + (staleByAge[band] ?? 0), 0);
  const title = 'Age of what is unused';
  const description = `Of ${formatNoun(all, 'unused resource')}, ${formatCount(old)} ${old === 1 ? 'is' : 'are'} a year old or older.`;
  const bars = shown.map(({ label, value }) => ({ label, value, text: formatCount(value) }));
  return {
    ...{ id: 'ages', title, description, minWidthPx: 340 },
    svg: await draw(rankedBars([{ color: 'c-stale', bars }]), `${title}. ${description}`),
    table: {
      columns: ['age', 'unused resources'],
      rows: bars.map(({ label, text }) => [label, text]),
    },
  };
}
