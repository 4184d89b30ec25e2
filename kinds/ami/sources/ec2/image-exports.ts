import { type ExportImageTask, paginateDescribeExportImageTasks } from '@aws-sdk/client-ec2';
import { checkId, itemsOfPages } from '../../../../aws/answers/pages.ts';
import type { Identified, ReadBy } from '../../../listings/listing.ts';
import { amiIdsIn } from '../../../ec2/ami-id.ts';
import type { AmiSource } from '../source.ts';

type Export = Identified<ExportImageTask, 'ExportImageTaskId'>;

const OPERATION = 'ec2:DescribeExportImageTasks';

const OVER = new Set(['completed', 'deleted', 'deleting']);

/** AMIs that are being exported to S3 as disk images. */
export const imageExports: AmiSource<Export> = {
  name: 'image-exports',
  skippable: true,
  readFor: 'all',
  namesAlways: true,
  crossesAccounts: false,
  awsRefuses: 'not documented',
  listing: {
    name: 'image-exports',
    reach: 'regional',
    cost: '1 call per 500 export tasks',
    iam: [OPERATION],
    list: listExports,
  },
  take: ({ ExportImageTaskId, Status, ImageId }) =>
    OVER.has(Status ?? '') ? null : { by: ExportImageTaskId, keys: amiIdsIn(ImageId) },
};

async function* listExports({ clients }: ReadBy): AsyncGenerator<Export> {
  const pages = paginateDescribeExportImageTasks({ client: clients.ec2 }, { MaxResults: 500 });
  for await (const task of itemsOfPages(OPERATION, pages, (page) => page.ExportImageTasks)) {
    checkId(task, 'ExportImageTaskId', OPERATION);
    yield task;
  }
}
