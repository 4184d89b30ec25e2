import { paginateDescribeSnapshots } from '@aws-sdk/client-ec2';
import type { EC2Client, Filter } from '@aws-sdk/client-ec2';
import { idOf, itemsOfPages } from '../../../aws/answers/pages.ts';
import { byFilter } from '../listing.ts';
import type { Referrer, Source } from './source.ts';

/**
 * Own snapshots that anybody may make volumes from: one listing for all of them. Named accounts
 * would be a call per snapshot: see `attributes.ts`.
 */
export const publicSharing: Source = {
  name: 'public-sharing',
  skippable: true,
  readFor: 'all',
  crossesAccounts: false,
  cost: '1 call per 1,000 public snapshots',
  awsRefuses: 'no: others lose access',
  iam: ['ec2:DescribeSnapshots'],
  list: ({ look, snapshots, isBatch }) => {
    const { ec2 } = look.clients;
    if (!isBatch) return listPublic(ec2);
    return byFilter('snapshot-id', snapshots.keys(), (filters) => listPublic(ec2, filters));
  },
};

async function* listPublic(ec2: EC2Client, filters?: Filter[]): AsyncGenerator<Referrer> {
  const pages = paginateDescribeSnapshots(
    { client: ec2 },
    {
      OwnerIds: ['self'],
      RestorableByUserIds: ['all'],
      MaxResults: 1000,
      ...(filters && { Filters: filters }),
    },
  );
  const operation = 'ec2:DescribeSnapshots';
  for await (const snapshot of itemsOfPages(operation, pages, (page) => page.Snapshots)) {
    yield { by: 'all', snapshotIds: [idOf(snapshot.SnapshotId, operation)] };
  }
}
