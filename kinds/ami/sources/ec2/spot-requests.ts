import {
  paginateDescribeSpotInstanceRequests,
  type SpotInstanceRequest,
} from '@aws-sdk/client-ec2';
import { checkId, itemsOfPages } from '../../../../aws/answers/pages.ts';
import type { Identified, ReadBy } from '../../../listings/listing.ts';
import { amiIdsIn } from '../../../ec2/ami-id.ts';
import type { AmiSource } from '../source.ts';

type SpotRequest = Identified<SpotInstanceRequest, 'SpotInstanceRequestId'>;

const OPERATION = 'ec2:DescribeSpotInstanceRequests';

const OVER = new Set(['closed', 'cancelled', 'failed']);

/** Spot requests that wait, or begin an instance again after an interruption. */
export const spotRequests: AmiSource<SpotRequest> = {
  name: 'spot-requests',
  skippable: true,
  readFor: 'candidates',
  namesAlways: true,
  crossesAccounts: true,
  awsRefuses: 'no: the next launch fails',
  listing: {
    name: 'spot-requests',
    reach: 'regional',
    cost: '1 call per 1,000 Spot requests',
    iam: [OPERATION],
    list: listSpotRequests,
  },
  take: ({ SpotInstanceRequestId, State, LaunchSpecification }) =>
    OVER.has(State ?? '')
      ? null
      : { by: SpotInstanceRequestId, keys: amiIdsIn(LaunchSpecification?.ImageId) },
};

async function* listSpotRequests({ clients }: ReadBy): AsyncGenerator<SpotRequest> {
  const pages = paginateDescribeSpotInstanceRequests({ client: clients.ec2 }, { MaxResults: 1000 });
  for await (const one of itemsOfPages(OPERATION, pages, (page) => page.SpotInstanceRequests)) {
    checkId(one, 'SpotInstanceRequestId', OPERATION);
    yield one;
  }
}
