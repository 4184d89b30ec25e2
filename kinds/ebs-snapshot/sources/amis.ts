import { paginateDescribeImages } from '@aws-sdk/client-ec2';
import type { EC2Client, Filter } from '@aws-sdk/client-ec2';
import { idOf, itemsOfPages } from '../../../aws/answers/pages.ts';
import { byFilter } from '../listing.ts';
import type { Referrer, Source } from './source.ts';

const SNAPSHOT_FILTER = 'block-device-mapping.snapshot-id';

/** Own AMIs and AWS Backup's. Disabled ones refer as well, and EC2 hides them unless asked. */
export const amis: Source = {
  name: 'amis',
  // EC2 itself refuses to delete a snapshot that an AMI uses.
  skippable: true,
  readFor: 'all',
  crossesAccounts: true,
  cost: '1 call per 1,000 AMIs',
  awsRefuses: 'yes: InvalidSnapshot.InUse, for disabled AMIs too',
  iam: ['ec2:DescribeImages'],
  list: ({ look, snapshots, isBatch }) => {
    const { ec2 } = look.clients;
    if (!isBatch) return listAmis(ec2);
    return byFilter(SNAPSHOT_FILTER, snapshots.keys(), (filters) => listAmis(ec2, filters));
  },
};

async function* listAmis(ec2: EC2Client, filters?: Filter[]): AsyncGenerator<Referrer> {
  const pages = paginateDescribeImages(
    { client: ec2 },
    {
      Owners: ['self', 'aws-backup-vault'],
      IncludeDisabled: true,
      MaxResults: 1000,
      ...(filters && { Filters: filters }),
    },
  );
  for await (const image of itemsOfPages('ec2:DescribeImages', pages, (page) => page.Images)) {
    yield {
      by: idOf(image.ImageId, 'ec2:DescribeImages'),
      snapshotIds: (image.BlockDeviceMappings ?? []).flatMap((device) =>
        device.Ebs?.SnapshotId === undefined ? [] : [device.Ebs.SnapshotId],
      ),
    };
  }
}
