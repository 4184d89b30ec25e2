import {
  type EC2Client,
  type Filter,
  paginateDescribeVolumes,
  type Volume,
} from '@aws-sdk/client-ec2';
import { checkId, itemsOfPages } from '../../aws/answers/pages.ts';
import type { Identified, Listing } from './listing.ts';

export type ListedVolume = Identified<Volume, 'VolumeId'>;

const OPERATION = 'ec2:DescribeVolumes';

export const volumes: Listing<ListedVolume> = {
  name: 'volumes',
  reach: 'regional',
  iam: [OPERATION],
  cost: '1 call per 500 volumes',
  list: ({ clients }) => listVolumes(clients.ec2),
};

/** Volumes, those that AWS services manage included: hidden unless asked for since 2026-04. */
export async function* listVolumes(
  ec2: EC2Client,
  filters?: Filter[],
): AsyncGenerator<ListedVolume> {
  const pages = paginateDescribeVolumes(
    { client: ec2 },
    { IncludeManagedResources: true, MaxResults: 500, ...(filters && { Filters: filters }) },
  );
  for await (const volume of itemsOfPages(OPERATION, pages, (page) => page.Volumes)) {
    checkId(volume, 'VolumeId', OPERATION);
    yield volume;
  }
}
