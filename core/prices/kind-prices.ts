import type { KindCounts } from '../outcome/outcome.ts';
import type { PriceSource } from './price-table.ts';

/** What AWS asks for one unit of something, in each Region. */
export interface Figure {
  /** Its path in `prices.json`, with the unit: `volumeUsdPerGiBMonth.gp3`. */
  readonly name: string;
  /** For people: "volume, gp3". */
  readonly words: string;
  /** What USD are for: "GiB and month", "hour". */
  readonly per: string;
  /** Its title in the table that `orgsweep prices` shows; without it, it is in `--json` alone. */
  readonly column?: string;
}

/** One question to AWS's Price List API: it brings prices of all Regions. */
export interface PriceQuery {
  /** For people. */
  readonly about: string;
  readonly serviceCode: string;
  /**
   * All of them have to match, to the letter. No Region is among them: what AWS puts before a usage
   * type isn't the Region's code (APS1 is ap-southeast-1), and one question brings them all.
   */
  readonly filters: Readonly<Record<string, string>>;
  /** AWS's own unit, which may change its case. */
  readonly unit: string;
  /** How many of our units are in one of AWS's. */
  readonly ofOurs?: number;
  /** By usage type without the Region's prefix. */
  readonly figures: Readonly<Record<string, AskedFigure>>;
}

export interface AskedFigure extends Figure {
  /** Attributes that the item has to have besides: what says another thing isn't understood. */
  readonly where?: Readonly<Record<string, string>>;
}

/** Prices that come with orgsweep, from one source and of one day: USD by Region and figure. */
export interface BuiltInPrices extends PriceSource {
  readonly regions: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** A kind's part of the price table. What a resource costs by it, the kind says (`describe`). */
export interface KindPrices {
  readonly queries: readonly PriceQuery[];
  /** Of two that tell the same figure of a Region, the later one holds. */
  readonly builtIn?: readonly BuiltInPrices[];
  /** The figures that the amounts of a target are by; left out: all, where it has any resource. */
  used?(counts: KindCounts): readonly string[];
}

export function figuresAsked({ queries }: Pick<KindPrices, 'queries'>): AskedFigure[] {
  return queries.flatMap(({ figures }) => Object.values(figures));
}

/** One figure of many Regions. @param rows Regions with a space between, and USD */
export function atSamePrice(
  name: string,
  rows: readonly (readonly [regions: string, usd: number])[],
): BuiltInPrices['regions'] {
  return Object.fromEntries(
    rows.flatMap(([regions, usd]) => regions.split(' ').map((region) => [region, { [name]: usd }])),
  );
}
