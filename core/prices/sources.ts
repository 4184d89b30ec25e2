import type { TargetOutcome } from '../outcome/outcome.ts';
import type { AllPrices } from './all-prices.ts';
import { usdOf } from './figures.ts';
import type { PriceSource, PriceTable } from './price-table.ts';

/**
 * Who says what a figure is, and as of when: the figure's own source, else the Region's, else the
 * table's.
 *
 * @param figure as `volumeUsdPerGiBMonth.io1`
 */
export function sourceOf(table: PriceTable, region: string, figure: string): PriceSource {
  const own = table.sources?.find(({ figures }) =>
    (figures[region] ?? []).some((named) => `${figure}.`.startsWith(`${named}.`)),
  );
  const ofRegion = table.regions[region];
  return {
    asOf: own?.asOf ?? ofRegion?.asOf ?? table.asOf,
    source: own?.source ?? ofRegion?.source ?? table.source,
  };
}

/** The prices that amounts are by. */
export interface PricesUsed extends PriceSource {
  /** How many other sources there are. */
  moreSources?: number | undefined;
}

/**
 * The sources of the prices that the amounts of these targets are by, the oldest as the one that is
 * named: no figure that was used is older than it says. The table's own, where none was used.
 */
export function pricesUsed(
  table: PriceTable,
  outcomes: readonly Pick<TargetOutcome, 'region' | 'kinds'>[],
  { used: figuresUsed }: Pick<AllPrices, 'used'>,
): PricesUsed {
  const used = new Map(
    outcomes.flatMap(({ region, kinds }) =>
      Object.entries(kinds)
        .flatMap(([kind, counts]) => figuresUsed(kind, counts))
        .filter((figure) => region !== null && usdOf(table, region, figure) !== null)
        .map((figure) => sourceOf(table, region ?? '', figure))
        .map((source) => [`${source.asOf} ${source.source}`, source] as const),
    ),
  );
  const [oldest, ...others] = [...used.keys()].toSorted().flatMap((key) => used.get(key) ?? []);
  const { asOf, source } = oldest ?? table;
  return { asOf, source, ...(others.length > 0 && { moreSources: others.length }) };
}
