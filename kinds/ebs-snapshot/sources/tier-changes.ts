import { paginateDescribeSnapshotTierStatus, TieringOperationStatus } from '@aws-sdk/client-ec2';
import type { SnapshotTierStatus } from '@aws-sdk/client-ec2';
import { idOf, itemsOfPages } from '../../../aws/answers/pages.ts';
import { ageDaysAt } from '../../../core/model/age.ts';
import type { Look } from '../../kind.ts';
import { filterOn, MAX_FILTER_VALUES } from '../listing.ts';
import type { Asked, Referrer, Source } from './source.ts';

const {
  archival_in_progress: ARCHIVING,
  permanent_restore_in_progress: RESTORING,
  temporary_restore_in_progress: RESTORING_FOR_A_WHILE,
  permanent_restore_completed: RESTORED,
  temporary_restore_completed: RESTORED_FOR_A_WHILE,
} = TieringOperationStatus;
const SIGNS_OF_USE = [ARCHIVING, RESTORING, RESTORING_FOR_A_WHILE, RESTORED, RESTORED_FOR_A_WHILE];

/**
 * Moves into and out of the archive tier. Whoever archives a snapshot means to keep it, and whoever
 * restores one, which takes up to 72 hours and costs money, is about to use it. DescribeSnapshots
 * shows none of it before a restore for a while is done.
 * https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-archive.html
 */
export const tierChanges: Source = {
  name: 'tier-changes',
  skippable: true,
  readFor: 'all',
  crossesAccounts: false,
  cost: '1 call; few snapshots move',
  awsRefuses: "AWS doesn't say",
  iam: ['ec2:DescribeSnapshotTierStatus'],
  list: listTierChanges,
};

async function* listTierChanges({ look, snapshots, isBatch }: Asked): AsyncGenerator<Referrer> {
  const isFew = isBatch && snapshots.size > 0 && snapshots.size <= MAX_FILTER_VALUES;
  const Filters = [
    filterOn('last-tiering-operation', SIGNS_OF_USE),
    ...(isFew ? [filterOn('snapshot-id', [...snapshots.keys()])] : []),
  ];
  const pages = paginateDescribeSnapshotTierStatus({ client: look.clients.ec2 }, { Filters });
  const operation = 'ec2:DescribeSnapshotTierStatus';
  for await (const one of itemsOfPages(operation, pages, (page) => page.SnapshotTierStatuses)) {
    if (isLongOver(one, look)) continue;
    const snapshotId = idOf(one.SnapshotId, operation);
    yield { by: one.LastTieringOperationStatus ?? 'unknown', snapshotIds: [snapshotId] };
  }
}

/** EC2 goes on telling the last change: a restore of years ago says nothing of today. */
function isLongOver(one: SnapshotTierStatus, { policy, now }: Look): boolean {
  const { LastTieringOperationStatus: status, RestoreExpiryTime: until } = one;
  const isOver =
    status === RESTORED || (status === RESTORED_FOR_A_WHILE && until !== undefined && until <= now);
  const ageDays = ageDaysAt(one.LastTieringStartTime?.toISOString() ?? null, now);
  return isOver && ageDays !== null && ageDays >= policy.minAgeDays;
}
