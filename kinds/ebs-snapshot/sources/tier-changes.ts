import { paginateDescribeSnapshotTierStatus, TieringOperationStatus } from '@aws-sdk/client-ec2';
import type { EC2Client, Filter, SnapshotTierStatus } from '@aws-sdk/client-ec2';
import { checkId, itemsOfPages } from '../../../aws/answers/pages.ts';
import { ageDaysAt } from '../../../core/model/age.ts';
import { filterOn, MAX_FILTER_VALUES } from '../../listings/filter.ts';
import type { Identified, TakenAt } from '../../listings/listing.ts';
import type { SnapshotSource } from './source.ts';

type TierChange = Identified<SnapshotTierStatus, 'SnapshotId'>;

const OPERATION = 'ec2:DescribeSnapshotTierStatus';

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
export const tierChanges: SnapshotSource<TierChange> = {
  name: 'tier-changes',
  skippable: true,
  readFor: 'all',
  crossesAccounts: false,
  awsRefuses: "AWS doesn't say",
  listing: {
    name: 'tier-changes',
    reach: 'regional',
    cost: '1 call; few snapshots move',
    iam: [OPERATION],
    list: ({ clients }) => listTierChanges(clients.ec2, []),
  },
  take: (one, at) =>
    isLongOver(one, at)
      ? null
      : { by: one.LastTieringOperationStatus ?? 'unknown', keys: [one.SnapshotId] },
  listFor: ({ look, snapshots }) => {
    const isFew = snapshots.size > 0 && snapshots.size <= MAX_FILTER_VALUES;
    const filters = isFew ? [filterOn('snapshot-id', [...snapshots.keys()])] : [];
    return listTierChanges(look.clients.ec2, filters);
  },
};

async function* listTierChanges(ec2: EC2Client, only: Filter[]): AsyncGenerator<TierChange> {
  const Filters = [filterOn('last-tiering-operation', SIGNS_OF_USE), ...only];
  const pages = paginateDescribeSnapshotTierStatus({ client: ec2 }, { Filters });
  for await (const one of itemsOfPages(OPERATION, pages, (page) => page.SnapshotTierStatuses)) {
    checkId(one, 'SnapshotId', OPERATION);
    yield one;
  }
}

/** EC2 goes on telling the last change: a restore of years ago says nothing of today. */
function isLongOver(one: SnapshotTierStatus, { policy, now }: TakenAt): boolean {
  const { LastTieringOperationStatus: status, RestoreExpiryTime: until } = one;
  const isOver =
    status === RESTORED || (status === RESTORED_FOR_A_WHILE && until !== undefined && until <= now);
  const ageDays = ageDaysAt(one.LastTieringStartTime?.toISOString() ?? null, now);
  return isOver && ageDays !== null && ageDays >= policy.minAgeDays;
}
