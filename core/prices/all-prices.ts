import type { z } from 'zod';
import type { KindCounts } from '../outcome/outcome.ts';
import { nested } from './figures.ts';
import {
  type BuiltInPrices,
  type Figure,
  figuresAsked,
  type KindPrices,
  type PriceQuery,
} from './kind-prices.ts';
import { type PriceTable, priceTableOf } from './price-table.ts';

/** What the table of all prices has of one kind. */
export interface PricesOfKind {
  /** null: of no kind that there is. */
  readonly kind: string | null;
  readonly prices: KindPrices;
}

/** One table for all kinds: what it may have, what is asked for it, and what comes with orgsweep. */
export interface AllPrices {
  /** Those of each kind; what two kinds go by is with the first. */
  readonly sections: readonly {
    readonly kind: string | null;
    readonly figures: readonly Figure[];
  }[];
  readonly figures: readonly Figure[];
  readonly queries: readonly PriceQuery[];
  readonly builtIn: PriceTable;
  /** Refuses figures that no kind has. */
  readonly table: z.ZodType<PriceTable>;
  /** The figures that amounts of this kind are by, where this was counted of it. */
  used(kind: string, counts: KindCounts): readonly string[];
}

/**
 * Folds what kinds bring into one table. A figure that an earlier one brings is that one's: its query
 * and its built-in prices hold.
 *
 * @param of the first source of the first is the built-in table's own
 */
export function allPrices(of: readonly PricesOfKind[]): AllPrices {
  const taken = new Set<string>();
  const parts = of.map(({ kind, prices }) => {
    const figures = figuresAsked(prices).filter(({ name }) => !taken.has(name));
    for (const { name } of figures) taken.add(name);
    return { kind, prices, figures, own: new Set(figures.map(({ name }) => name)) };
  });
  const figures = parts.flatMap((part) => part.figures);
  const names = figures.map(({ name }) => name);
  return {
    sections: parts.filter((part) => part.figures.length > 0),
    figures,
    queries: parts.flatMap(({ prices, own }) => queriesOf(prices, own)),
    builtIn: builtInOf(
      parts.flatMap(({ prices, own }) => sourcesOf(prices, own)),
      names,
    ),
    table: priceTableOf(names),
    used: (kind, counts) => {
      const prices = of.find((one) => one.kind === kind)?.prices;
      if (prices === undefined || counts.resources === 0) return [];
      return prices.used?.(counts) ?? figuresAsked(prices).map(({ name }) => name);
    },
  };
}

function queriesOf({ queries }: KindPrices, own: ReadonlySet<string>): PriceQuery[] {
  return queries.flatMap((query) => {
    const figures = Object.entries(query.figures).filter(([, { name }]) => own.has(name));
    return figures.length === 0 ? [] : [{ ...query, figures: Object.fromEntries(figures) }];
  });
}

function sourcesOf({ builtIn = [] }: KindPrices, own: ReadonlySet<string>): BuiltInPrices[] {
  return builtIn.map(({ regions, ...source }) => ({
    ...source,
    regions: mapValues(regions, (of) =>
      Object.fromEntries(Object.entries(of).filter(([name]) => own.has(name))),
    ),
  }));
}

function builtInOf(sources: readonly BuiltInPrices[], names: readonly string[]): PriceTable {
  const known = new Map<string, Map<string, { usd: number; source: BuiltInPrices }>>();
  for (const source of sources) {
    for (const [region, of] of Object.entries(source.regions)) {
      const figures = known.get(region) ?? new Map();
      known.set(region, figures);
      for (const [name, usd] of Object.entries(of)) figures.set(name, { usd, source });
    }
  }
  const [main] = sources;
  if (main === undefined) throw new Error('no kind has built-in prices');
  const others = new Map(
    sources
      .filter(({ asOf, source }) => asOf !== main.asOf || source !== main.source)
      .map((one) => [`${one.asOf} ${one.source}`, one]),
  );
  return {
    ...{ schemaVersion: 1, asOf: main.asOf, source: main.source },
    regions: mapValues(Object.fromEntries(known), (of) =>
      nested(new Map([...of].map(([name, { usd }]) => [name, usd])), names),
    ),
    sources: [...others.values()].map(({ asOf, source }) => ({
      ...{ asOf, source },
      figures: Object.fromEntries(
        [...known].flatMap(([region, of]) => {
          const from = [...of].filter(
            ([, one]) => one.source.asOf === asOf && one.source.source === source,
          );
          return from.length === 0 ? [] : [[region, from.map(([name]) => name)]];
        }),
      ),
    })),
  };
}

function mapValues<T, U>(of: Readonly<Record<string, T>>, to: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(of).map(([key, value]) => [key, to(value)]));
}
