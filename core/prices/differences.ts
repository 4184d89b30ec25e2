import { figuresOf } from './figures.ts';
import type { PriceTable } from './price-table.ts';

/** A price that isn't what it was; null: not known. */
export interface PriceDifference {
  readonly region: string;
  readonly figure: string;
  readonly before: number | null;
  readonly now: number | null;
}

/** Binary fractions: 48.7424 / 1024 is not 0.0476 to the last bit. */
const NOISE = 1e-9;

/** In what prices two tables differ, by Region. */
export function differencesBetween(before: PriceTable, now: PriceTable): PriceDifference[] {
  const nameOf = (of: { region: string; figure: string }) => `${of.region} ${of.figure}`;
  const old = new Map(figuresOf(before).map((one) => [nameOf(one), one.usd]));
  const fresh = figuresOf(now);
  const names = new Set(fresh.map(nameOf));
  const gone = figuresOf(before)
    .filter((one) => !names.has(nameOf(one)))
    .map(({ region, figure, usd }) => ({ region, figure, before: usd, now: null }));
  const changed = fresh.flatMap(({ region, figure, usd }) => {
    const was = old.get(nameOf({ region, figure }));
    if (was !== undefined && Math.abs(was - usd) < NOISE) return [];
    return [{ region, figure, before: was ?? null, now: usd }];
  });
  return [...changed, ...gone].toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}
