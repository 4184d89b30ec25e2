import {
  type EC2Client,
  type Filter,
  type Image,
  paginateDescribeImages,
} from '@aws-sdk/client-ec2';
import { checkId, itemsOfPages } from '../../aws/answers/pages.ts';
import type { Identified, Listing } from './listing.ts';

export type ListedAmi = Identified<Image, 'ImageId'>;

const OPERATION = 'ec2:DescribeImages';

export const amis: Listing<ListedAmi> = {
  name: 'amis',
  reach: 'regional',
  iam: [OPERATION],
  cost: '1 call per 1,000 AMIs',
  list: ({ clients }) => listAmis(clients.ec2),
};

/** Own AMIs and AWS Backup's. Disabled ones refer as well, and EC2 hides them unless asked. */
export async function* listAmis(ec2: EC2Client, filters?: Filter[]): AsyncGenerator<ListedAmi> {
  const pages = paginateDescribeImages(
    { client: ec2 },
    {
      Owners: ['self', 'aws-backup-vault'],
      IncludeDisabled: true,
      MaxResults: 1000,
      ...(filters && { Filters: filters }),
    },
  );
  for await (const image of itemsOfPages(OPERATION, pages, (page) => page.Images)) {
    checkId(image, 'ImageId', OPERATION);
    yield image;
  }
}
