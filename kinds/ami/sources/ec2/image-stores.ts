import { paginateDescribeStoreImageTasks, type StoreImageTaskResult } from '@aws-sdk/client-ec2';
import { checkId, itemsOfPages } from '../../../../aws/answers/pages.ts';
import type { Identified, ReadBy } from '../../../listings/listing.ts';
import type { AmiSource } from '../source.ts';

type Store = Identified<StoreImageTaskResult, 'AmiId'>;

const OPERATION = 'ec2:DescribeStoreImageTasks';

const OVER = new Set(['Completed', 'Failed']);

/** AMIs that are being stored in S3. EC2 tells of the tasks of 31 days. */
export const imageStores: AmiSource<Store> = {
  name: 'image-stores',
  skippable: true,
  readFor: 'all',
  crossesAccounts: false,
  awsRefuses: 'not documented',
  listing: {
    name: 'image-stores',
    reach: 'regional',
    cost: '1 call per 200 store tasks of 31 days',
    iam: [OPERATION],
    list: listStores,
  },
  take: ({ AmiId, StoreTaskState, Bucket, S3objectKey }) =>
    OVER.has(StoreTaskState ?? '')
      ? null
      : { by: `${Bucket ?? 'S3'}/${S3objectKey ?? AmiId}`, keys: [AmiId] },
};

async function* listStores({ clients }: ReadBy): AsyncGenerator<Store> {
  const pages = paginateDescribeStoreImageTasks({ client: clients.ec2 }, { MaxResults: 200 });
  for await (const task of itemsOfPages(OPERATION, pages, (page) => page.StoreImageTaskResults)) {
    checkId(task, 'AmiId', OPERATION);
    yield task;
  }
}
