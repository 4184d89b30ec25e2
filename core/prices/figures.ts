import type { PriceTable, RegionPrices } from './price-table.ts';

/** A price of a Region, by its path in a `RegionPrices`: `volumeUsdPerGiBMonth.io1`. */
export interface Figure {
  readonly region: string;
  readonly figure: string;
  readonly usd: number;
}

/** Every price of a table, in its order. */
export function figuresOf({ regions }: PriceTable): Figure[] {
  return Object.entries(regions).flatMap(([region, of]) =>
    figuresOfRegion(of).map(([figure, usd]) => ({ region, figure, usd })),
  );
}

function figuresOfRegion(of: RegionPrices): [figure: string, usd: number][] {
  return Object.entries(of).flatMap(([key, value]) => numbersIn(key, value));
}

function numbersIn(path: string, value: unknown): [string, number][] {
  if (typeof value === 'number') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => numbersIn(`${path}.${key}`, inner));
}
