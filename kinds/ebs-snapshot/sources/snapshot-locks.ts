import { DescribeLockedSnapshotsCommand } from '@aws-sdk/client-ec2';
import { idOf, itemsOfPages, pagesByToken } from '../../../aws/answers/pages.ts';
import type { Asked, Referrer, Source } from './source.ts';

/**
 * EBS Snapshot Lock. AWS refuses to delete a locked snapshot, and documents no error code for it. An
 * expired lock no longer holds; any state that isn't known does.
 * https://docs.aws.amazon.com/ebs/latest/userguide/ebs-snapshot-lock.html
 */
export const snapshotLocks: Source = {
  name: 'snapshot-locks',
  skippable: true,
  readFor: 'all',
  crossesAccounts: false,
  cost: '1 call per 1,000 locked snapshots',
  awsRefuses: "yes, with a code that AWS doesn't document",
  iam: ['ec2:DescribeLockedSnapshots'],
  list: listLocks,
};

async function* listLocks({ look }: Asked): AsyncGenerator<Referrer> {
  const pages = pagesByToken(async (NextToken) =>
    look.clients.ec2.send(new DescribeLockedSnapshotsCommand({ MaxResults: 1000, NextToken })),
  );
  const operation = 'ec2:DescribeLockedSnapshots';
  for await (const lock of itemsOfPages(operation, pages, (page) => page.Snapshots)) {
    const state = lock.LockState ?? 'unknown';
    if (state === 'expired') continue;
    const until = lock.LockExpiresOn?.toISOString();
    yield {
      by: until === undefined ? state : `${state} until ${until}`,
      snapshotIds: [idOf(lock.SnapshotId, operation)],
    };
  }
}
