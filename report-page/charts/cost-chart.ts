import { add } from '../../core/amount.ts';
import { formatCount, formatSize, formatNoun, formatUsdUpTo } from '../../core/report/money.ts';
import type { Share, Summary } from '../../core/summary.ts';
import type { Chart } from './chart.ts';
import { draw } from './draw.ts';
import { inSentence, wellFormed } from './label.ts';
import { type Bar, rankedBars } from './ranked-bars.ts';

/** In a sentence. */
const MOST_NAME_PX = 400;

type Stale = Pick<Share, 'stale' | 'staleGiB' | 'staleMonthlyCostUsdUpTo' | 'unpricedGiB'>;

/** One account, organizational unit or Region, under the names that tell it from others. */
export interface Part {
  readonly label: string;
  readonly names: readonly string[];
  readonly share: Stale;
}

/** What the stale resources of each part cost, the costliest first; GiB where no price is known. */
export async function costChart(
  { counts }: Summary,
  of: {
    readonly id: string;
    readonly noun: readonly [one: string, many: string];
    readonly nameColumns: readonly string[];
    readonly parts: readonly Part[];
    /** Those that have a bar of their own. */
    readonly named: number;
    /** Whether what all of them come to is told here: one chart of a page does. */
    readonly tellsAll?: boolean;
  },
): Promise<Chart | null> {
  const parts = of.parts.filter(({ share }) => share.stale > 0).toSorted(costliestFirst);
  const [first] = parts;
  if (first === undefined) return null;
  const isPriced = counts.staleMonthlyCostUsdUpTo > 0;
  const named = parts.slice(0, parts.length === of.named + 1 ? parts.length : of.named);
  const others = parts.slice(named.length).map(({ share }) => share);
  const amount = (share: Stale) => amountOf(share, isPriced);
  const bars: Bar[] = named.map(({ label, share }) => ({
    label,
    value: isPriced ? share.staleMonthlyCostUsdUpTo : share.staleGiB,
    text: amount(share),
  }));
  const rest = formatNoun(others.length, `more ${of.noun[0]}`, `more ${of.noun[1]}`);
  const sum = others.reduce(addUp, NOTHING);
  if (others.length > 0) bars.push({ label: rest, value: null, text: amount(sum) });
  const title = `${isPriced ? 'Monthly cost' : 'Size'} of what is stale, by ${of.noun[0]}`;
  const most = `Most: ${inSentence(first.label, MOST_NAME_PX)}, ${amount(first.share)}.`;
  const all = of.tellsAll === true ? [inAll(counts, isPriced)] : [];
  const hasPlus = bars.some(({ text }) => text.includes(' + '));
  const plus = hasPlus ? ['After the +: what has no known price.'] : [];
  const description = [...all, most, ...plus].join(' ');
  return {
    ...{ id: of.id, title, description, minWidthPx: 340 },
    svg: await draw(rankedBars([{ color: 'c-stale', bars }]), `${title}. ${description}`),
    table: {
      columns: [
        ...of.nameColumns,
        ...['stale', 'GiB', 'USD a month, up to', 'GiB without a price'],
      ],
      rows: [
        ...named.map(({ names, share }) => [...names.map(wellFormed), ...cells(share)]),
        ...(others.length === 0
          ? []
          : [[rest, ...of.nameColumns.slice(1).map(() => ''), ...cells(sum)]]),
      ],
    },
  };
}

const NOTHING: Stale = { stale: 0, staleGiB: 0, staleMonthlyCostUsdUpTo: 0, unpricedGiB: 0 };

function addUp(a: Stale, b: Stale): Stale {
  return {
    stale: a.stale + b.stale,
    staleGiB: add(a.staleGiB, b.staleGiB),
    staleMonthlyCostUsdUpTo: add(a.staleMonthlyCostUsdUpTo, b.staleMonthlyCostUsdUpTo),
    unpricedGiB: add(a.unpricedGiB, b.unpricedGiB),
  };
}

function costliestFirst(a: Part, b: Part): number {
  return (
    b.share.staleMonthlyCostUsdUpTo - a.share.staleMonthlyCostUsdUpTo ||
    b.share.staleGiB - a.share.staleGiB ||
    b.share.stale - a.share.stale
  );
}

/** Beside a bar. Of what has no price no cost is told, rather than none. */
function amountOf(share: Stale, isPriced: boolean): string {
  if (!isPriced) return formatSize(share.staleGiB);
  if (share.unpricedGiB === 0) return formatUsdUpTo(share.staleMonthlyCostUsdUpTo);
  const unpriced = formatSize(share.unpricedGiB);
  if (share.staleMonthlyCostUsdUpTo === 0) return `no price: ${unpriced}`;
  return `${formatUsdUpTo(share.staleMonthlyCostUsdUpTo)} + ${unpriced}`;
}

function inAll(counts: Summary['counts'], isPriced: boolean): string {
  if (!isPriced) return `In all ${formatSize(counts.staleGiB)}; no price is known for it.`;
  const all = `In all up to ${formatUsdUpTo(counts.staleMonthlyCostUsdUpTo)} a month`;
  return counts.unpricedGiB === 0
    ? `${all}.`
    : `${all}, without the ${formatSize(counts.unpricedGiB)} that have no known price.`;
}

function cells(share: Stale): string[] {
  return [
    formatCount(share.stale),
    formatSize(share.staleGiB),
    share.staleMonthlyCostUsdUpTo === 0 && share.unpricedGiB > 0
      ? 'not known'
      : formatUsdUpTo(share.staleMonthlyCostUsdUpTo),
    formatSize(share.unpricedGiB),
  ];
}
