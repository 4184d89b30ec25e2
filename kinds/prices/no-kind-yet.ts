import type { KindPrices } from '../../core/prices/kind-prices.ts';
import { ECR_PRICES } from './ecr.ts';
import { PUBLIC_IPV4_PRICES } from './public-ipv4.ts';

const PRICES = [PUBLIC_IPV4_PRICES, ECR_PRICES];

/**
 * What `prices.json` has had and no kind goes by yet. A kind that brings the same figures takes them
 * over.
 */
export const PRICES_OF_NO_KIND: KindPrices = {
  queries: PRICES.flatMap(({ queries }) => queries),
  builtIn: PRICES.flatMap(({ builtIn = [] }) => builtIn),
};
