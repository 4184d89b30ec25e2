import { z } from 'zod';
import { Region } from '../model/ids.ts';

/** A misplaced decimal point costs a factor of ten; this stops only what is no price at all. */
const MOST_USD = 10_000;

const Usd = z.number().min(0).max(MOST_USD);

const Source = z
  .string()
  .max(500)
  .regex(/^https:\/\/[\x21-\x7e]+$/, 'accepted: an https URL in ASCII')
  .meta({ title: 'https URL' });

const AsOf = z.iso
  .date('accepted: a date such as "2026-11-21"')
  .meta({ title: 'date, YYYY-MM-DD' });

/** A price, or several by the next part of their names: `{ gp3: 0.08 }`, or by tier `[0.065, 0.0455]`. */
export type Prices =
  number | readonly Prices[] | { readonly [part: string]: Prices | undefined } | undefined;

/** What is left out isn't known: sizes are told then, without money. 0 is a price. */
export interface RegionPrices {
  /** Where they differ from the table's own. */
  readonly asOf?: string | undefined;
  readonly source?: string | undefined;
  readonly [part: string]: Prices | string;
}

const ofRegion = { asOf: AsOf.optional(), source: Source.optional() };

/** Who says what a figure is, and as of when. */
export const PriceSource = z.strictObject({ asOf: AsOf, source: Source });
export type PriceSource = Readonly<z.infer<typeof PriceSource>>;

/** `prices.json`: what AWS asks for in each Region, and who says so. */
export interface PriceTable extends PriceSource {
  readonly schemaVersion: 1;
  readonly regions: Readonly<Record<string, RegionPrices>>;
  /** For single figures, by Region, as `volumeUsdPerGiBMonth.io1`: goes before all the others. */
  readonly sources?:
    | readonly (PriceSource & { readonly figures: Readonly<Record<string, readonly string[]>> })[]
    | undefined;
}

function tableOf(prices: z.ZodType<RegionPrices>): z.ZodType<PriceTable> {
  return z.strictObject({
    schemaVersion: z.literal(1),
    asOf: AsOf,
    source: Source,
    regions: z.record(Region, prices),
    sources: z
      .array(PriceSource.extend({ figures: z.record(Region, z.array(z.string().max(100))) }))
      .max(50)
      .optional(),
  });
}

const Prices: z.ZodType<Prices> = z.union([
  Usd,
  z.array(z.lazy(() => Prices)),
  z.record(
    z.string(),
    z.lazy(() => Prices),
  ),
]);

/** One that an execution has taken over: whatever its figures are called. */
export const PriceTable = tableOf(z.object(ofRegion).catchall(Prices));

/**
 * One that has these figures and no others, so that a name with a mistake is told.
 *
 * @param figures by their paths: `volumeUsdPerGiBMonth.gp3`; of `….io2.0` and on, all or none
 */
export function priceTableOf(figures: readonly string[]): z.ZodType<PriceTable> {
  return tableOf(z.strictObject({ ...partsOf(figures), ...ofRegion }) as z.ZodType<RegionPrices>);
}

function partsOf(figures: readonly string[]): Record<string, z.ZodOptional<z.ZodType<Prices>>> {
  const firsts = [...new Set(figures.map((figure) => figure.split('.', 1)[0] ?? ''))];
  return Object.fromEntries(
    firsts.map((first) => {
      const rest = figures.flatMap((figure) =>
        figure.startsWith(`${first}.`) ? [figure.slice(first.length + 1)] : [],
      );
      return [first, schemaOf(rest).optional()];
    }),
  );
}

function schemaOf(rest: readonly string[]): z.ZodType<Prices> {
  if (rest.length === 0) return Usd;
  const isTiers = rest.every((part) => /^\d+$/.test(part));
  return isTiers ? z.array(Usd).length(rest.length) : z.strictObject(partsOf(rest));
}
