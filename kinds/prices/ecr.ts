import type { KindPrices } from '../../core/prices/kind-prices.ts';

/** Storage of images in repositories. No list that orgsweep comes with has it. */
export const ECR_PRICES: KindPrices = {
  queries: [
    {
      about: 'ECR',
      serviceCode: 'AmazonECR',
      filters: { productFamily: 'EC2 Container Registry' },
      unit: 'GB-Mo',
      figures: {
        'TimedStorage-ByteHrs': { name: 'ecrUsdPerGiBMonth', words: 'ECR', per: 'GiB and month' },
      },
    },
  ],
};
