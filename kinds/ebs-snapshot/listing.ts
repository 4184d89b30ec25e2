import { paginateDescribeSnapshots } from '@aws-sdk/client-ec2';
import type { EC2Client, Filter, Snapshot } from '@aws-sdk/client-ec2';
import { brokenListing, idOf, itemsOfPages } from '../../aws/answers/pages.ts';
import { tagsOf } from '../ec2/tags.ts';
import type { EbsSnapshot } from './facts.ts';

/** What a snapshot itself says, without anything that refers to it. */
export type ListedSnapshot = Omit<
  EbsSnapshot,
  | 'archivedAt'
  | 'volume'
  | 'usedBy'
  | 'attributes'
  | 'completedOfVolume'
  | 'set'
  | 'incompleteReferences'
  | 'notLookedAt'
>;

/**
 * The account's own snapshots. Without OwnerIds EC2 would add everybody's public ones; with it,
 * those of another owner are still dropped.
 *
 * @throws {BrokenListing} and whatever else ends the listing before its end
 */
export async function* listSnapshots(
  ec2: EC2Client,
  accountId: string,
  filters?: Filter[],
): AsyncGenerator<ListedSnapshot> {
  const pages = paginateDescribeSnapshots(
    { client: ec2 },
    { OwnerIds: ['self'], MaxResults: 1000, ...(filters && { Filters: filters }) },
  );
  for await (const snapshot of itemsOfPages(
    'ec2:DescribeSnapshots',
    pages,
    (page) => page.Snapshots,
  )) {
    if (snapshot.OwnerId === undefined) {
      throw brokenListing('ec2:DescribeSnapshots', 'a snapshot came without its owner');
    }
    // In the Recycle Bin: gone, though it can come back.
    if (snapshot.State === 'recoverable') continue;
    if (snapshot.OwnerId === accountId) yield toListedSnapshot(snapshot, accountId);
  }
}

function toListedSnapshot(snapshot: Snapshot, accountId: string): ListedSnapshot {
  return {
    snapshotId: idOf(snapshot.SnapshotId, 'ec2:DescribeSnapshots'),
    accountId,
    ownerId: accountId,
    volumeId: snapshot.VolumeId ?? null,
    state: snapshot.State ?? 'unknown',
    startedAt: toTimestamp(snapshot.StartTime),
    sizeGiB: snapshot.VolumeSize ?? 0,
    fullSizeBytes: snapshot.FullSnapshotSizeInBytes ?? null,
    storageTier: snapshot.StorageTier ?? 'unknown',
    encrypted: snapshot.Encrypted ?? false,
    description: snapshot.Description ?? '',
    transferType: snapshot.TransferType ?? null,
    outpostArn: snapshot.OutpostArn ?? null,
    zone: snapshot.AvailabilityZone || null,
    restoredUntil: toTimestamp(snapshot.RestoreExpiryTime),
    progress: snapshot.Progress ?? null,
    stateMessage: snapshot.StateMessage || null,
    kmsKeyId: snapshot.KmsKeyId ?? null,
    tags: tagsOf(snapshot.Tags),
  };
}

function toTimestamp(time: Date | undefined): string | null {
  return time === undefined || Number.isNaN(time.getTime()) ? null : time.toISOString();
}
