import {
  type EC2Client,
  type Filter,
  paginateDescribeSnapshots,
  type Snapshot,
} from '@aws-sdk/client-ec2';
import { checkId, itemsOfPages } from '../../aws/answers/pages.ts';
import type { Identified } from '../listings/listing.ts';

const OPERATION = 'ec2:DescribeSnapshots';

/** The account's own snapshots that pass these filters. */
export async function* ownSnapshots(
  ec2: EC2Client,
  filters: Filter[],
): AsyncGenerator<Identified<Snapshot, 'SnapshotId'>> {
  const pages = paginateDescribeSnapshots(
    { client: ec2 },
    { OwnerIds: ['self'], MaxResults: 1000, Filters: filters },
  );
  for await (const snapshot of itemsOfPages(OPERATION, pages, (page) => page.Snapshots)) {
    checkId(snapshot, 'SnapshotId', OPERATION);
    yield snapshot;
  }
}
