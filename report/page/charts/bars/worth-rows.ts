import { mergeShares } from '../../../../core/summary/breakdown.ts';
import type { Share } from '../../../../core/summary/summary.ts';
import { mostStaleFirst, worthOfStale } from '../../../../core/summary/worth.ts';
import { mostOf } from '../../../../core/model/order.ts';
import { formatCount, formatNoun } from '../../../format/money.ts';
import { costInCell, isPriced, sizeInWords, unpricedInWords } from '../../../words/worth-words.ts';
import type { BarGroup, BarRow } from './bar-table.ts';
import { firstOf } from '../first-of.ts';

/** One account, organizational unit, Region or kind that has something unused. */
export interface Part {
  readonly name: string;
  readonly more?: string;
  readonly link?: string;
  readonly share: Share;
}

export interface WorthTable {
  readonly columns: readonly string[];
  readonly groups: readonly BarGroup[];
}

const NOT_PRICED = 'No known price, largest first';

/**
 * What the unused resources of each part come to, the most expensive first. What has no price at all
 * stands apart, by size: dollars and sizes are never one bar, nor one sum.
 *
 * @param others names that many parts that have no row of their own
 */
export function worthTable(
  all: readonly Part[],
  head: string,
  most: number,
  others: (count: number) => string,
): WorthTable | null {
  const parts = all
    .filter(({ share }) => share.stale > 0)
    .toSorted((a, b) => mostStaleFirst(a.share, b.share));
  if (parts.length === 0) return null;
  const { first, rest } = firstOf(parts, most);
  const hasPrices = parts.some(({ share }) => share.staleMonthlyCostUsdUpTo > 0);
  const columns = columnsOf(parts, hasPrices);
  const rowsOf = (of: readonly Part[], by: Measure) => {
    const longest = mostOf(of.map(({ share }) => share[by])) || 1;
    return of.map((part) => rowOf(part, part.share[by] / longest, columns));
  };
  const priced = first.filter(({ share }) => share.staleMonthlyCostUsdUpTo > 0);
  const unpriced = first.filter(({ share }) => share.staleMonthlyCostUsdUpTo === 0);
  const sum = rest.map(({ share }) => share).reduce(mergeShares, NOTHING);
  const groups: BarGroup[] = [
    { color: 'c-stale', rows: rowsOf(priced, 'staleMonthlyCostUsdUpTo') },
    {
      ...(hasPrices && { heading: NOT_PRICED }),
      color: hasPrices ? 'c-unknown' : 'c-stale',
      rows: rowsOf(unpriced, 'staleGiB'),
    },
    {
      color: 'c-stale',
      rows: rest.length === 0 ? [] : [rowOf({ name: others(rest.length), share: sum }, 0, columns)],
    },
  ];
  return {
    columns: [head, ...columns.map(({ title }) => title)],
    groups: groups.filter(({ rows }) => rows.length > 0),
  };
}

type Measure = 'staleMonthlyCostUsdUpTo' | 'staleGiB';

const NOTHING: Share = {
  ...{ resources: 0, stale: 0, staleGiB: 0, staleMonthlyCostUsdUpTo: 0 },
  ...{ unpricedGiB: 0, unpricedUnsized: 0 },
};

interface Figure {
  readonly title: string;
  readonly of: (share: Share) => string;
}

/** Only columns that say something: of what has no price, where some of it hasn't. */
function columnsOf(parts: readonly Part[], hasPrices: boolean): Figure[] {
  const arePriced = parts.every(({ share }) => isPriced(share));
  return [
    ...(hasPrices
      ? [{ title: 'a month, up to', of: (share: Share) => costInCell(worthOfStale(share), '') }]
      : []),
    ...(hasPrices && !arePriced
      ? [
          {
            title: 'without a price',
            of: (share: Share) => (isPriced(share) ? '' : unpricedInWords(share)),
          },
        ]
      : []),
    { title: 'size', of: (share: Share) => sizeInWords(worthOfStale(share)) ?? '' },
  ];
}

function rowOf({ name, more, link, share }: Part, bar: number, columns: readonly Figure[]): BarRow {
  const unused = `${formatCount(share.stale)} unused`;
  return {
    name,
    ...(link !== undefined && { link }),
    more: more === undefined ? unused : `${more} · ${unused}`,
    share: bar,
    figures: columns.map(({ of }) => of(share)),
  };
}

export function otherParts(one: string, many: string): (count: number) => string {
  return (count) => formatNoun(count, `other ${one}`, `other ${many}`);
}
