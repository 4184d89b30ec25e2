import type { PriceQuery } from '../../../core/prices/kind-prices.ts';
import { PRICES } from '../../../kinds/registry.ts';

export function queryAbout(about: string): PriceQuery {
  const query = PRICES.queries.find((one) => one.about === about);
  if (query === undefined) throw new Error(`no query about ${about}`);
  return query;
}

/** USD by where a tier begins. */
type Tiers = readonly (readonly [beginRange: string, usd: string])[];

/** An item of AWS's price list, as the API has it. */
export function priceListItem(
  attributes: Record<string, string | undefined>,
  tiers: Tiers | string = '0.0500000000',
  { unit = 'GB-Mo', ...over }: Record<string, unknown> & { unit?: string } = {},
): string {
  const all = typeof tiers === 'string' ? [['0', tiers] as const] : tiers;
  return JSON.stringify({
    product: {
      productFamily: 'Storage Snapshot',
      sku: 'XDKXVX6EUD2K8XT3',
      attributes: { regionCode: 'eu-west-1', locationType: 'AWS Region', ...attributes },
    },
    serviceCode: 'AmazonEC2',
    terms: {
      OnDemand: {
        'XDKXVX6EUD2K8XT3.JRTCKXETXF': {
          effectiveDate: '2026-11-01T00:00:00Z',
          priceDimensions: Object.fromEntries(
            all.map(([beginRange, USD], index) => [
              `XDKXVX6EUD2K8XT3.JRTCKXETXF.${index}`,
              { unit, beginRange, endRange: 'Inf', description: '', pricePerUnit: { USD } },
            ]),
          ),
        },
      },
    },
    version: '20261111180507',
    publicationDate: '2026-11-11T18:05:07Z',
    ...over,
  });
}
