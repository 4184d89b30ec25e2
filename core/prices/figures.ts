import type { Prices, PriceTable, RegionPrices } from './price-table.ts';

/** A price of a Region, by its path in a `RegionPrices`: `volumeUsdPerGiBMonth.io1`. */
export interface FigureOfRegion {
  readonly region: string;
  readonly figure: string;
  readonly usd: number;
}

/** Every price of a table, in its order. */
export function figuresOf({ regions }: Pick<PriceTable, 'regions'>): FigureOfRegion[] {
  return Object.entries(regions).flatMap(([region, of]) =>
    numbersIn('', of).map(([figure, usd]) => ({ region, figure, usd })),
  );
}

/** @returns null where it isn't known: never 0, which is a price */
export function usdOf(
  { regions }: Pick<PriceTable, 'regions'>,
  region: string,
  figure: string,
): number | null {
  let found: unknown = own(regions, region);
  for (const part of figure.split('.')) found = own(found, part);
  return typeof found === 'number' ? found : null;
}

/**
 * The prices of a Region from their paths.
 *
 * @param tiersOf of a price that has tiers, by its path: how many. They are told together or not at all.
 */
export function nested(
  prices: ReadonlyMap<string, number>,
  names: readonly string[],
): RegionPrices {
  const all: Record<string, unknown> = {};
  for (const name of names) {
    const usd = prices.get(name);
    const parts = name.split('.');
    const [last = '', ...before] = parts.toReversed();
    const isTier = /^\d+$/.test(last);
    const group = name.slice(0, -last.length);
    const isWhole =
      !isTier || names.every((other) => !other.startsWith(group) || prices.has(other));
    if (usd === undefined || !isWhole) continue;
    let at: Record<string, unknown> = all;
    for (const [index, part] of before.toReversed().entries()) {
      const isLast = index === before.length - 1;
      at = (at[part] ??= isLast && isTier ? [] : {}) as Record<string, unknown>;
    }
    at[last] = usd;
  }
  return all as RegionPrices;
}

function own(of: unknown, part: string): unknown {
  return typeof of === 'object' && of !== null && Object.hasOwn(of, part)
    ? (of as Record<string, unknown>)[part]
    : undefined;
}

function numbersIn(path: string, value: Prices | RegionPrices | string): [string, number][] {
  if (typeof value === 'number') return [[path, value]];
  if (typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([part, inner]: [string, Prices | string]) =>
    numbersIn(path === '' ? part : `${path}.${part}`, inner),
  );
}
