import { z } from 'zod';
import { quote } from '../input/bad-input.ts';
import { Region } from '../model/ids.ts';
import type { PriceQuery } from './kind-prices.ts';

/** What AWS's price list says was not believed: nothing of it is used. */
export class PricesNotBelieved extends Error {
  override readonly name = 'PricesNotBelieved';
}

const text = z.string().max(500);

/** Of the many attributes those that decide which price it is. */
const Product = z.looseObject({
  product: z.looseObject({
    attributes: z.looseObject({
      usagetype: text.optional(),
      regionCode: text.optional(),
      locationType: text.optional(),
    }),
  }),
});

const Priced = z.looseObject({
  version: z.string().regex(/^[\w.-]{1,60}$/),
  terms: z.looseObject({
    OnDemand: z.record(
      z.string(),
      z.looseObject({
        effectiveDate: z.iso.datetime(),
        priceDimensions: z.record(
          z.string(),
          z.looseObject({
            unit: text,
            beginRange: text.optional(),
            pricePerUnit: z.looseObject({ USD: z.string().regex(/^\d{1,10}(\.\d{1,20})?$/) }),
          }),
        ),
      }),
    ),
  }),
});

/** One price of one Region, in the units of a `RegionPrices`. */
export interface Offer {
  readonly region: string;
  readonly figure: string;
  readonly usd: number;
  /** Since when it holds, as a date. */
  readonly effective: string;
  readonly serviceCode: string;
  /** Of the price list. */
  readonly version: string;
}

/**
 * The price that an item of AWS's price list is about; undefined where it is about none that was
 * asked for, as of a Local Zone, an Outpost or another tier.
 *
 * @param item text, as the API has it
 * @throws {PricesNotBelieved} for one that can't be read, or that says two prices
 */
export function readOffer(query: PriceQuery, item: string): Offer | undefined {
  const value = parseJson(query, item);
  const product = Product.safeParse(value);
  if (!product.success) throw unreadable(query, product.error, item);
  const { attributes } = product.data.product;
  const { usagetype = '', regionCode, locationType } = attributes;
  const figure = figureOf(query, usagetype, attributes);
  if (figure === undefined || locationType !== 'AWS Region') return undefined;
  const region = Region.safeParse(regionCode);
  if (!region.success) {
    throw new PricesNotBelieved(
      `${query.about}: ${usagetype} has the regionCode ${quote(regionCode)}, which is no Region`,
    );
  }
  const priced = Priced.safeParse(value);
  if (!priced.success) throw unreadable(query, priced.error, usagetype);
  const { version, terms } = priced.data;
  const of = Object.values(terms.OnDemand);
  const usd = onePrice(query, usagetype, of) / (query.ofOurs ?? 1);
  const effective = of.map(({ effectiveDate }) => effectiveDate.slice(0, 10)).toSorted();
  return {
    ...{ region: region.data, figure, usd, version, serviceCode: query.serviceCode },
    effective: effective.at(-1) ?? '',
  };
}

/** In capitals and digits, with the Region's code or without any, as in us-east-1. */
const PREFIX = /^[A-Z]{2,5}\d{0,2}-/;

function figureOf(
  { figures }: PriceQuery,
  usagetype: string,
  attributes: Readonly<Record<string, unknown>>,
): string | undefined {
  const bare = usagetype.replace(PREFIX, '');
  const figure = Object.hasOwn(figures, bare) ? figures[bare] : undefined;
  const { name, where = {} } = figure ?? {};
  return Object.entries(where).every(([key, value]) => attributes[key] === value)
    ? name
    : undefined;
}

type Term = z.infer<typeof Priced>['terms']['OnDemand'][string];

/** Tiers of nothing at the beginning are what is free: they are not the price. */
function onePrice({ about, unit }: PriceQuery, usagetype: string, terms: readonly Term[]): number {
  const dimensions = terms
    .flatMap(({ priceDimensions }) => Object.values(priceDimensions))
    .toSorted((a, b) => Number(a.beginRange ?? 0) - Number(b.beginRange ?? 0));
  const stranger = dimensions.find((one) => one.unit.toLowerCase() !== unit.toLowerCase());
  if (stranger !== undefined) {
    throw new PricesNotBelieved(
      `${about}: ${usagetype} is priced by ${quote(stranger.unit)}; expected: ${unit}`,
    );
  }
  const all = dimensions.map(({ pricePerUnit }) => Number(pricePerUnit.USD));
  const firstPaid = all.findIndex((usd) => usd > 0);
  const paid = new Set(firstPaid === -1 ? all : all.slice(firstPaid));
  const [usd] = paid;
  if (usd === undefined) throw new PricesNotBelieved(`${about}: ${usagetype} has no price`);
  if (paid.size === 1) return usd;
  throw new PricesNotBelieved(
    `${about}: ${usagetype} has ${paid.size} prices (${[...paid].join(', ')} USD): none is chosen`,
  );
}

function parseJson({ about }: PriceQuery, item: string): unknown {
  try {
    return JSON.parse(item) as unknown;
  } catch {
    throw new PricesNotBelieved(`${about}: an item is not JSON: ${quote(item.slice(0, 80))}`);
  }
}

function unreadable({ about }: PriceQuery, { issues }: z.ZodError, what: string): Error {
  const [issue] = issues;
  const where = issue?.path.map(String).join('.') ?? '';
  return new PricesNotBelieved(
    `${about}: an item can't be read (${where}: ${issue?.message ?? ''}): ${quote(what.slice(0, 80))}`,
  );
}
