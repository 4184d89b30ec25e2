import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../clock/clock.ts';
import type { SimOrganization } from '../model/organization.ts';
import { type PricedProduct, PRODUCTS } from '../price-list/products.ts';
import type { Endpoint } from './call/endpoint.ts';
import { makeJsonEndpoint } from './protocols/json-endpoint.ts';
import { parseInput } from './protocols/json-input.ts';
import { takePage } from './protocols/listing.ts';
import { refuseDenied } from './dispatch/regional.ts';
import { ServiceError, type SimRequest } from './call/service.ts';

/** Nowhere else is there an endpoint of this name. */
const REGIONS = ['us-east-1', 'eu-central-1', 'ap-south-1'];
const BUCKET = { capacity: 20, refillPerSecond: 10 };

const GetProducts = z.strictObject({
  ServiceCode: z.string().min(1),
  FormatVersion: z.literal('aws_v1').optional(),
  Filters: z
    .array(
      z.strictObject({
        Type: z.literal('TERM_MATCH'),
        Field: z.string().min(1),
        Value: z.string().min(1),
      }),
    )
    .default([]),
  MaxResults: z.int().min(1).max(100).default(100),
  NextToken: z.string().optional(),
});

interface Options {
  readonly organization: SimOrganization;
  readonly clock: Clock;
}

/** AWS's Price List API, with the prices of the month. */
export function makePricing(options: Options): Endpoint {
  const { open, ...endpoint } = makeJsonEndpoint({
    name: 'pricing',
    target: 'AWSPriceListService',
    operations: { GetProducts: (request) => getProducts(request, options) },
    bucketOf: (_, { caller }) => ({ name: `pricing/${caller.accountId}`, size: BUCKET }),
  });
  return {
    ...endpoint,
    open: (request) => {
      if (REGIONS.includes(request.region)) return open(request);
      const { operation, accountId } = open(request);
      const nothing = { status: 200, headers: {}, body: '', breakOff: 'reset' as const };
      return { operation, accountId, answer: async () => nothing };
    },
  };
}

function getProducts(request: SimRequest, options: Options): unknown {
  const asked = parseInput(GetProducts, request.body, 'InvalidParameterException');
  refuseDenied({ service: 'pricing', operation: 'GetProducts' }, request, options.organization);
  const { ServiceCode, Filters } = asked;
  const found = PRODUCTS.filter(
    (product) =>
      product.serviceCode === ServiceCode &&
      Filters.every(({ Field, Value }) => valueOf(product, Field) === Value),
  );
  // In an order that has nothing to do with what they are, and is another one elsewhere.
  const inOrder = found.toSorted((a, b) => (skuOf(a, request) < skuOf(b, request) ? -1 : 1));
  const { items, nextToken } = takePage({
    source: (from, limit) => {
      const page = inOrder.slice(from, from + limit);
      return { items: page, next: from + limit < inOrder.length ? from + limit : null };
    },
    size: asked.MaxResults,
    token: asked.NextToken,
    listing: JSON.stringify([request.caller.accountId, request.region, ServiceCode, Filters]),
    invalidToken: () => new ServiceError('InvalidNextTokenException', 'Invalid NextToken'),
  });
  return {
    FormatVersion: 'aws_v1',
    PriceList: items.map((product) => JSON.stringify(toItem(product, options.clock.now()))),
    ...(nextToken !== undefined && { NextToken: nextToken }),
  };
}

function valueOf({ productFamily, attributes }: PricedProduct, field: string): string | undefined {
  return /^productFamily$/i.test(field) ? productFamily : attributes[field];
}

function skuOf(of: PricedProduct, { region }: Pick<SimRequest, 'region'>): string {
  const text = `${region} ${JSON.stringify(of.attributes)}`;
  return createHash('sha256').update(text).digest('hex').slice(0, 16).toUpperCase();
}

function toItem(product: PricedProduct, now: Date) {
  const { serviceCode, productFamily, attributes, unit, tiers } = product;
  const sku = skuOf(product, { region: '' });
  const month = `${now.toISOString().slice(0, 7)}-01T00:00:00Z`;
  const offer = `${sku}.JRTCKXETXF`;
  return {
    product: { productFamily, sku, attributes: { ...attributes, servicecode: serviceCode } },
    serviceCode,
    terms: {
      OnDemand: {
        [offer]: {
          ...{ sku, offerTermCode: 'JRTCKXETXF', effectiveDate: month, termAttributes: {} },
          priceDimensions: Object.fromEntries(
            // The last tier first: their order says nothing.
            tiers
              .map((usd, tier) => [`${offer}.TIER${tier}`, dimension(usd, tier, tiers, unit)])
              .toReversed(),
          ),
        },
      },
    },
    // What was asked of a simulation has to be known as such wherever it ends up.
    version: `simulated-${now.toISOString().slice(0, 10).replaceAll('-', '')}`,
    publicationDate: month,
  };
}

const FREE = 30;

function dimension(usd: number, tier: number, { length }: readonly number[], unit: string) {
  return {
    unit,
    beginRange: tier === 0 ? '0' : String(FREE),
    endRange: tier === length - 1 ? 'Inf' : String(FREE),
    description: `$${usd} per ${unit}`,
    appliesTo: [],
    pricePerUnit: { USD: usd.toFixed(10) },
  };
}
