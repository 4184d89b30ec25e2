import type { PriceSource } from '../../core/prices/price-table.ts';

/** AWS's Price List as two projects keep it; these are their files at one commit each. */
export const PRICE_LIST: PriceSource = {
  asOf: '2026-09-27',
  source:
    'https://github.com/clont-app/clont/blob/0016395b9fcc49f9c4d759352728c4855df7effb/clont/finops/aws/prices.json',
};
export const EARLIER_PRICE_LIST: PriceSource = {
  asOf: '2022-02-10',
  source:
    'https://github.com/cloudkeep-io/ebs-pricing/blob/d76ed2762d0a795a66285222321da0bb0aa801c3/docs/ebs_pricing.json',
};
