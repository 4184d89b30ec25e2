import { DescribeLockedSnapshotsCommand, type LockedSnapshotsInfo } from '@aws-sdk/client-ec2';
import { checkId, itemsOfPages, pagesByToken } from '../../../aws/answers/pages.ts';
import type { Identified, ReadBy } from '../../listings/listing.ts';
import type { SnapshotSource } from './source.ts';

type Lock = Identified<LockedSnapshotsInfo, 'SnapshotId'>;

const OPERATION = 'ec2:DescribeLockedSnapshots';

/**
 * EBS Snapshot Lock. AWS refuses to delete a locked snapshot, and documents no error code for it. An
 * expired lock no longer holds; any state that isn't known does.
 * https://docs.aws.amazon.com/ebs/latest/userguide/ebs-snapshot-lock.html
 */
export const snapshotLocks: SnapshotSource<Lock> = {
  name: 'snapshot-locks',
  skippable: true,
  readFor: 'all',
  crossesAccounts: false,
  awsRefuses: "yes, with a code that AWS doesn't document",
  listing: {
    name: 'snapshot-locks',
    reach: 'regional',
    cost: '1 call per 1,000 locked snapshots',
    iam: [OPERATION],
    list: listLocks,
  },
  take: ({ SnapshotId, LockState: state = 'unknown', LockExpiresOn }) => {
    if (state === 'expired') return null;
    const until = LockExpiresOn?.toISOString();
    return { by: until === undefined ? state : `${state} until ${until}`, keys: [SnapshotId] };
  },
};

async function* listLocks({ clients }: ReadBy): AsyncGenerator<Lock> {
  const pages = pagesByToken(async (NextToken) =>
    clients.ec2.send(new DescribeLockedSnapshotsCommand({ MaxResults: 1000, NextToken })),
  );
  for await (const lock of itemsOfPages(OPERATION, pages, (page) => page.Snapshots)) {
    checkId(lock, 'SnapshotId', OPERATION);
    yield lock;
  }
}
