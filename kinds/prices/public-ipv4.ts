import { atSamePrice, type KindPrices } from '../../core/prices/kind-prices.ts';
import { VOLUME_PRICES } from './ebs-volumes.ts';
import { PRICE_LIST } from './sources.ts';

const PUBLIC_IPV4 = 'publicIpv4UsdPerHour';

/** A public address, by the hour. */
export const PUBLIC_IPV4_PRICES: KindPrices = {
  queries: [
    {
      about: 'public IPv4',
      // Not AmazonEC2, where the rest of its network is.
      serviceCode: 'AmazonVPC',
      filters: { group: 'VPCPublicIPv4Address' },
      unit: 'Hrs',
      figures: {
        // In use or idle: AWS asks the same for both.
        'PublicIPv4:IdleAddress': {
          ...{ name: PUBLIC_IPV4, words: 'public IPv4', per: 'hour', column: 'IPv4' },
        },
      },
    },
  ],
  builtIn: [
    {
      ...PRICE_LIST,
      // The same in each Region of that list, and in AWS's announcement.
      regions: atSamePrice(PUBLIC_IPV4, [
        [Object.keys(VOLUME_PRICES.builtIn?.[0]?.regions ?? {}).join(' '), 0.005],
      ]),
    },
  ],
};
