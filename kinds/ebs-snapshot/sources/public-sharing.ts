import {
  type EC2Client,
  type Filter,
  paginateDescribeSnapshots,
  type Snapshot,
} from '@aws-sdk/client-ec2';
import { checkId, itemsOfPages } from '../../../aws/answers/pages.ts';
import { byFilter } from '../../listings/filter.ts';
import type { Identified } from '../../listings/listing.ts';
import type { SnapshotSource } from './source.ts';

type PublicSnapshot = Identified<Snapshot, 'SnapshotId'>;

const OPERATION = 'ec2:DescribeSnapshots';

/**
 * Own snapshots that anybody may make volumes from: one listing for all of them. Named accounts
 * would be a call per snapshot: see `attributes.ts`.
 */
export const publicSharing: SnapshotSource<PublicSnapshot> = {
  name: 'public-sharing',
  skippable: true,
  readFor: 'all',
  crossesAccounts: false,
  awsRefuses: 'no: others lose access',
  listing: {
    name: 'public-snapshots',
    reach: 'regional',
    cost: '1 call per 1,000 public snapshots',
    iam: [OPERATION],
    list: ({ clients }) => listPublic(clients.ec2),
  },
  take: ({ SnapshotId }) => ({ by: 'all', keys: [SnapshotId] }),
  listFor: ({ look, snapshots }) =>
    byFilter('snapshot-id', snapshots.keys(), (filters) => listPublic(look.clients.ec2, filters)),
};

async function* listPublic(ec2: EC2Client, filters?: Filter[]): AsyncGenerator<PublicSnapshot> {
  const pages = paginateDescribeSnapshots(
    { client: ec2 },
    {
      OwnerIds: ['self'],
      RestorableByUserIds: ['all'],
      MaxResults: 1000,
      ...(filters && { Filters: filters }),
    },
  );
  for await (const snapshot of itemsOfPages(OPERATION, pages, (page) => page.Snapshots)) {
    checkId(snapshot, 'SnapshotId', OPERATION);
    yield snapshot;
  }
}
