import { add } from '../../../../core/model/amount.ts';
import { formatCount, formatSize, formatNoun, formatUsdUpTo } from '../../../format/money.ts';
import type { Share, Summary } from '../../../../core/summary/summary.ts';
import type { Chart } from '../../markup/chart.ts';
import { draw } from '../drawing/draw.ts';
import { inSentence, wellFormed } from '../drawing/label.ts';
import { type Bar, type BarGroup, rankedBars } from './ranked-bars.ts';
import { mergeShares } from '../../../../core/summary/breakdown.ts';
import { mostStaleFirst, worthOfStale } from '../../../../core/summary/worth.ts';
import { costInCell, isPriced, sizeInWords, unpricedInWords } from '../../../words/worth-words.ts';

/** In a sentence. */
const MOST_NAME_PX = 400;

/** One account, organizational unit or Region, under the names that tell it from others. */
export interface Part {
  readonly label: string;
  readonly names: readonly string[];
  readonly share: Share;
}

/** In what is of so many parts that not each has a bar of its own. */
const COLOR_OF_OTHERS = 'c-excluded';

/**
 * What the unused resources of each part cost, the most expensive first. What has no known price has
 * bars of its own, by size: dollars and GiB are never one bar, nor one sum.
 */
export async function costChart(
  { counts }: Summary,
  of: {
    readonly id: string;
    readonly noun: readonly [one: string, many: string];
    readonly nameColumns: readonly string[];
    readonly parts: readonly Part[];
    /** Those that have a bar of their own, of what has a price and of what has none. */
    readonly named: number;
    /** Whether labels differ in their ends rather than in their beginnings. */
    readonly areLabelsPaths?: boolean;
    /** Whether what all of them come to is told here: one chart of a page does. */
    readonly tellsAll?: boolean;
  },
): Promise<Chart | null> {
  const parts = of.parts
    .filter(({ share }) => share.stale > 0)
    .toSorted((a, b) => mostStaleFirst(a.share, b.share));
  const [first] = parts;
  if (first === undefined) return null;
  const hasPrices = counts.staleMonthlyCostUsdUpTo > 0;
  const others = (count: number) => formatNoun(count, `other ${of.noun[0]}`, `other ${of.noun[1]}`);
  const barsOf = (by: Measure): Bar[] => {
    const measured = parts.filter(({ share }) => share[by] > 0);
    const sorted = measured.toSorted((a, b) => b.share[by] - a.share[by]);
    const named = sorted.slice(0, namedOf(sorted, of.named));
    const rest = sorted.slice(named.length).reduce((sum, { share }) => add(sum, share[by]), 0);
    const bars = named.map(({ label, share }): Bar => ({
      ...{ label, value: share[by], text: inWords(by, share[by]) },
      keepsEnd: of.areLabelsPaths === true,
    }));
    if (rest === 0) return bars;
    // Hundreds together would leave nothing to see of the bars that are looked at.
    const longest = sorted[0]?.share[by] ?? 0;
    const label = `${others(sorted.length - named.length)}${rest > longest ? ', not to scale' : ''}`;
    const value = Math.min(rest, longest);
    return [...bars, { label, value, text: inWords(by, rest), color: COLOR_OF_OTHERS }];
  };
  const priced: BarGroup = {
    ...{ color: 'c-stale', bars: barsOf('staleMonthlyCostUsdUpTo'), hasOwnScale: true },
  };
  const unpriced: BarGroup = {
    ...{ color: 'c-unknown', bars: barsOf('unpricedGiB'), hasOwnScale: true },
    ...(hasPrices && { heading: 'Without a known price: size' }),
  };
  const sizes: BarGroup = { color: 'c-stale', bars: barsOf('staleGiB') };
  const groups = (hasPrices ? [priced, unpriced] : [sizes]).filter(({ bars }) => bars.length > 0);
  // Nothing of it has a price or a size: there is no bar to draw.
  if (groups.length === 0) return null;
  const title = `${hasPrices ? 'Monthly cost' : 'Size'} of what is unused, by ${of.noun[0]}`;
  const top = groups[0]?.bars[0];
  const most = `Most: ${inSentence(top?.label ?? '', MOST_NAME_PX)}, ${top?.text ?? ''}.`;
  const all = of.tellsAll === true ? [inAll(counts, hasPrices)] : [];
  const description = [...all, most].join(' ');
  const named = parts.slice(0, namedOf(parts, of.named));
  const rest = parts.slice(named.length).map(({ share }) => share);
  return {
    ...{ id: of.id, title, description, minWidthPx: 340 },
    svg: await draw(rankedBars(groups), `${title}. ${description}`),
    table: {
      columns: [
        ...of.nameColumns,
        ...['unused', 'size', 'cost a month, up to', 'size without a price'],
      ],
      rows: [
        ...named.map(({ names, share }) => [...names.map(wellFormed), ...cells(share)]),
        ...(rest.length === 0
          ? []
          : [
              [
                others(rest.length),
                ...of.nameColumns.slice(1).map(() => ''),
                ...cells(rest.reduce(mergeShares)),
              ],
            ]),
      ],
    },
  };
}

type Measure = 'staleMonthlyCostUsdUpTo' | 'staleGiB' | 'unpricedGiB';

function inWords(by: Measure, value: number): string {
  return by === 'staleMonthlyCostUsdUpTo' ? formatUsdUpTo(value) : formatSize(value);
}

/** One more than there is room for needs no line that says so. */
function namedOf(parts: readonly Part[], most: number): number {
  return parts.length === most + 1 ? parts.length : Math.min(parts.length, most);
}

function inAll(counts: Summary['counts'], hasPrices: boolean): string {
  if (!hasPrices) return `In all ${formatSize(counts.staleGiB)}. No price is known for it.`;
  const all = `In all up to ${formatUsdUpTo(counts.staleMonthlyCostUsdUpTo)} a month`;
  if (isPriced(counts)) return `${all}.`;
  const isOne = counts.unpricedGiB === 0 && counts.unpricedUnsized === 1;
  return `${all}. ${unpricedInWords(counts)} without a known price ${isOne ? 'is' : 'are'} not in it.`;
}

function cells(share: Share): string[] {
  return [
    formatCount(share.stale),
    sizeInWords(worthOfStale(share)) ?? '',
    costInCell(worthOfStale(share), 'not known'),
    unpricedInWords(share),
  ];
}
