import {
  paginateDescribeSpotFleetRequests,
  type SpotFleetRequestConfig,
} from '@aws-sdk/client-ec2';
import { checkId, itemsOfPages } from '../../../../aws/answers/pages.ts';
import type { Identified, ReadBy } from '../../../listings/listing.ts';
import { amiIdsIn } from '../../../ec2/ami-id.ts';
import type { AmiSource } from '../source.ts';

type SpotFleet = Identified<SpotFleetRequestConfig, 'SpotFleetRequestId'>;

const OPERATION = 'ec2:DescribeSpotFleetRequests';

/** A cancelled one launches nothing again, even where its instances go on. */
const OVER = new Set(['cancelled', 'cancelled_running', 'cancelled_terminating']);

/** Spot fleets by launch specifications. What one names by a launch template, its versions have. */
export const spotFleets: AmiSource<SpotFleet> = {
  name: 'spot-fleets',
  skippable: true,
  readFor: 'candidates',
  crossesAccounts: true,
  awsRefuses: 'no: the next launch fails',
  listing: {
    name: 'spot-fleets',
    reach: 'regional',
    cost: '1 call per 1,000 Spot fleets',
    iam: [OPERATION],
    list: listSpotFleets,
  },
  take: ({ SpotFleetRequestId, SpotFleetRequestState, SpotFleetRequestConfig: config }) =>
    OVER.has(SpotFleetRequestState ?? '')
      ? null
      : {
          by: SpotFleetRequestId,
          keys: amiIdsIn(...(config?.LaunchSpecifications ?? []).map(({ ImageId }) => ImageId)),
        },
};

async function* listSpotFleets({ clients }: ReadBy): AsyncGenerator<SpotFleet> {
  const pages = paginateDescribeSpotFleetRequests({ client: clients.ec2 }, { MaxResults: 1000 });
  for await (const one of itemsOfPages(OPERATION, pages, (page) => page.SpotFleetRequestConfigs)) {
    checkId(one, 'SpotFleetRequestId', OPERATION);
    yield one;
  }
}
