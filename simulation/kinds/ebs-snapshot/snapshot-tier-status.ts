import type { SimSnapshot, SimTierChange } from '../../model/snapshot.ts';
import { element, itemList, tagSet } from '../../services/protocols/xml.ts';
import type { FilterFields } from '../../services/ec2/filters.ts';
import { parseFilters, toPredicate } from '../../services/ec2/filters.ts';
import type { Ec2Operation } from '../../services/ec2/operation.ts';
import { nonMutatingBucket } from '../../services/ec2/operation.ts';
import { listPage } from '../../services/ec2/paging.ts';
import { ownSnapshots } from './snapshots.ts';

const LIMITS = { min: 5, max: 1000, clamp: false } as const;

const FIELDS: FilterFields<SimSnapshot> = {
  'last-tiering-operation': (snapshot) => tierStatusesOf(snapshot),
  'snapshot-id': ({ snapshotId }) => [snapshotId],
  'volume-id': ({ volumeId }) => [volumeId],
};

/** DescribeSnapshotTierStatus: of all snapshots of the account, those never archived too. */
export const describeSnapshotTierStatus: Ec2Operation = {
  accepts: ['MaxResults', 'NextToken', 'Filter'],
  bucket: nonMutatingBucket,
  answer: (call) => {
    const filters = parseFilters(call.parameters);
    const matches = toPredicate(filters, FIELDS);
    const source = ownSnapshots(call, filters);
    const { items, nextToken } = listPage(call, { source, matches, limits: LIMITS });
    return itemList('snapshotTierStatusSet', items.map(describeTier)) + nextToken;
  },
};

function describeTier(snapshot: SimSnapshot): string {
  const { archivedAt } = snapshot;
  const last = lastChangeOf(snapshot);
  return (
    element('snapshotId', snapshot.snapshotId) +
    element('volumeId', snapshot.volumeId) +
    element('status', snapshot.state) +
    element('ownerId', snapshot.ownerId) +
    tagSet(snapshot.tags) +
    element('storageTier', snapshot.storageTier) +
    (last === undefined
      ? ''
      : element('lastTieringStartTime', last.startedAt) +
        element('lastTieringProgress', last.status.endsWith('in-progress') ? 40 : 100) +
        element('lastTieringOperationStatus', last.status) +
        (last.restoredUntil ? element('restoreExpiryTime', last.restoredUntil) : '')) +
    (archivedAt === undefined ? '' : element('archivalCompleteTime', archivedAt))
  );
}

function tierStatusesOf(snapshot: SimSnapshot): string[] {
  const last = lastChangeOf(snapshot);
  return last === undefined ? [] : [last.status];
}

function lastChangeOf({ archivedAt, tierChange }: SimSnapshot): SimTierChange | undefined {
  if (tierChange !== undefined || archivedAt === undefined) return tierChange;
  return { status: 'archival-completed', startedAt: archivedAt };
}
