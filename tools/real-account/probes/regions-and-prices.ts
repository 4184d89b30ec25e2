import { DescribeRegionsCommand } from '@aws-sdk/client-ec2';
import { toAwsFailure } from '../../../aws/answers/aws-error.ts';
import { itemsOfPriceList } from '../../../aws/services/price-list.ts';
import { listRegions } from '../../../aws/services/regions.ts';
import { listRegionsOfService } from '../../../aws/services/service-regions.ts';
import { answeredInWords } from '../../../core/outcome/answered.ts';
import { classifyFailure } from '../../../core/outcome/failure-class.ts';
import { PricesNotBelieved, readOffer } from '../../../core/prices/price-list-item.ts';
import { PRICES } from '../../../kinds/registry.ts';
import { listSnapshots } from '../../../kinds/ebs-snapshot/listing.ts';
import { collect } from '../../../kinds/listings/collect.ts';
import { differs, notSettled, type Probe, same, sameIf } from '../probe.ts';
import { refused } from '../refusals.ts';

const KNOWN_STATUSES = new Set(['opt-in-not-required', 'opted-in', 'not-opted-in']);

export const REGION_AND_PRICE_PROBES: readonly Probe[] = [
  {
    name: 'region-statuses',
    fact: 'DescribeRegions tells of each Region one of three opt-in statuses.',
    assumedIn: 'aws/services/regions.ts',
    otherwise: 'A Region in another status would be scanned, and end as a gap.',
    matters: 'COVERAGE',
    sends: 'READS',
    costUsd: 0,
    iam: ['ec2:DescribeRegions'],
    expected: [...KNOWN_STATUSES].join(', '),
    run: async ({ reading }) => {
      const { Regions = [] } = await reading.ec2.send(
        new DescribeRegionsCommand({ AllRegions: true }),
      );
      const seen = [...new Set(Regions.map(({ OptInStatus }) => OptInStatus ?? 'none'))];
      if (seen.length === 0) return differs('no Region at all');
      return sameIf(
        seen.every((status) => KNOWN_STATUSES.has(status)),
        seen.join(', '),
      );
    },
  },
  {
    name: 'region-not-enabled',
    fact: 'In a Region that the account has not enabled, EC2 answers AuthFailure or OptInRequired.',
    assumedIn: 'core/outcome/failure-class.ts',
    otherwise: 'Such a Region would be told as FAILED, with steps that lead nowhere.',
    matters: 'WORDS',
    sends: 'READS',
    costUsd: 0,
    iam: ['ec2:DescribeRegions', 'ec2:DescribeSnapshots'],
    expected: 'AuthFailure or OptInRequired',
    run: async ({ reading, readingIn, accountId }) => {
      const off = (await listRegions(reading.ec2)).find(({ enabled }) => !enabled);
      if (off === undefined) return notSettled('every Region is enabled in this account');
      return refused(
        async () => collect(listSnapshots(readingIn(off.name).ec2, accountId)),
        (failure) => classifyFailure(failure) === 'REGION_DISABLED',
      );
    },
  },
  {
    name: 'regions-of-a-service',
    fact: "AWS's public parameters say in which Regions Storage Gateway is, and us-east-1 is among them.",
    assumedIn: 'aws/services/service-regions.ts',
    otherwise:
      'A Region without the service would be a gap, or one with it would not be asked there.',
    matters: 'SAFETY',
    sends: 'READS',
    costUsd: 0,
    iam: ['ssm:GetParametersByPath'],
    expected: 'a list with us-east-1',
    run: async ({ hub }) => {
      const regions = await listRegionsOfService(hub.ssm, 'storagegateway');
      return sameIf(
        regions.includes('us-east-1'),
        `${regions.length} Regions, us-east-1 ${regions.includes('us-east-1') ? '' : 'not '}among them`,
      );
    },
  },
  {
    name: 'price-list',
    fact: 'The filters and units that orgsweep asks the Price List API for find a price in this Region.',
    assumedIn: 'kinds/ebs-snapshot/prices.ts, kinds/prices/',
    otherwise: '`orgsweep prices --update` would end with exit code 3, and the old prices stay.',
    matters: 'WORDS',
    sends: 'READS',
    costUsd: 0,
    iam: ['pricing:GetProducts'],
    expected: 'a price for each query',
    run: async ({ priceList, region }) => {
      const without: string[] = [];
      for (const query of PRICES.queries) {
        let count = 0;
        try {
          for await (const item of itemsOfPriceList(priceList, query)) {
            if (readOffer(query, item)?.region === region) count += 1;
          }
        } catch (error) {
          if (error instanceof PricesNotBelieved) return differs(error.message);
          if (classifyFailure(toAwsFailure(error)) !== 'OTHER') throw error;
          return differs(answeredInWords(toAwsFailure(error)));
        }
        if (count === 0) without.push(query.about);
      }
      if (without.length > 0) return differs(`no price of ${without.join(', ')} in ${region}`);
      return same(`a price for each of ${PRICES.queries.length} queries`);
    },
  },
];
