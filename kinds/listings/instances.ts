import {
  type EC2Client,
  type Filter,
  type Instance,
  paginateDescribeInstances,
} from '@aws-sdk/client-ec2';
import { brokenListing, checkId, itemsOfPages } from '../../aws/answers/pages.ts';
import type { Identified, Listing } from './listing.ts';

export type ListedInstance = Identified<Instance, 'InstanceId'>;

const OPERATION = 'ec2:DescribeInstances';

export const instances: Listing<ListedInstance> = {
  name: 'instances',
  reach: 'regional',
  iam: [OPERATION],
  cost: '1 call per 1,000 instances',
  list: ({ clients }) => listInstances(clients.ec2),
};

/** Instances in every state, those that AWS services manage included. */
export async function* listInstances(
  ec2: EC2Client,
  filters?: Filter[],
): AsyncGenerator<ListedInstance> {
  const pages = paginateDescribeInstances(
    { client: ec2 },
    { IncludeManagedResources: true, MaxResults: 1000, ...(filters && { Filters: filters }) },
  );
  for await (const reservation of itemsOfPages(OPERATION, pages, (page) => page.Reservations)) {
    if (reservation.Instances === undefined)
      throw brokenListing(OPERATION, 'a reservation came without its instances');
    for (const instance of reservation.Instances) {
      checkId(instance, 'InstanceId', OPERATION);
      yield instance;
    }
  }
}
