import { paginateGetProducts, PricingClient } from '@aws-sdk/client-pricing';
import type { PriceQuery } from '../../core/prices/kind-prices.ts';
import { type ClientOptions, sdkConfig } from '../sessions/aws-clients.ts';
import { itemsOfPages } from '../answers/pages.ts';
import { instrument } from '../sessions/wire-guard.ts';

const OPERATION = 'pricing:GetProducts';
/** The most that the API gives. */
const PAGE_SIZE = 100;

/** AWS's Price List API, from whose Region the price of every Region comes. */
export interface PriceList {
  readonly client: PricingClient;
  /** Calls sent so far, retries included. */
  readonly calls: Readonly<Record<string, number>>;
}

/** https://docs.aws.amazon.com/general/latest/gr/billing.html: nowhere else is it answered. */
const NEAREST: readonly (readonly [RegExp, string])[] = [
  [/^(eu|af|me|il)-/, 'eu-central-1'],
  [/^ap-/, 'ap-south-1'],
];

/** @param near the caller's Region */
export function priceListRegion(near: string): string {
  return NEAREST.find(([regions]) => regions.test(near))?.[1] ?? 'us-east-1';
}

/** @param region one that `priceListRegion` gives */
export function makePriceList(options: ClientOptions, region: string): PriceList {
  const calls: Record<string, number> = {};
  const client = new PricingClient(sdkConfig(options, region));
  return { client: instrument(client, 'pricing', calls, [OPERATION]), calls };
}

/**
 * The items of the price list that a query is about, each a text of JSON, to the end.
 *
 * @throws {BrokenListing} where the list breaks off or goes in circles, and what AWS answers
 */
export async function* itemsOfPriceList(
  { client }: PriceList,
  { serviceCode, filters }: PriceQuery,
): AsyncGenerator<string> {
  const pages = paginateGetProducts(
    { client, pageSize: PAGE_SIZE },
    {
      ServiceCode: serviceCode,
      FormatVersion: 'aws_v1',
      Filters: Object.entries(filters).map(([Field, Value]) => ({
        Type: 'TERM_MATCH' as const,
        Field,
        Value,
      })),
    },
  );
  for await (const item of itemsOfPages(OPERATION, pages, ({ PriceList }) => PriceList))
    yield String(item);
}
