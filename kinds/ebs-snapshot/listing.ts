import {
  paginateDescribeInstances,
  paginateDescribeSnapshots,
  paginateDescribeVolumes,
} from '@aws-sdk/client-ec2';
import type { EC2Client, Filter, Snapshot } from '@aws-sdk/client-ec2';
import { brokenListing, idOf, itemsOfPages } from '../../aws/answers/pages.ts';
import type { EbsSnapshot, Volume } from './facts.ts';

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

/** EC2 takes at most this many values in one filter. */
export const MAX_FILTER_VALUES = 200;

/**
 * A filter on up to 200 ids. Always the filter form: an id list fails as a whole for one id that is
 * gone, and an empty one means everything.
 */
export function filterOn(name: string, values: readonly string[]): Filter {
  if (values.length === 0 || values.length > MAX_FILTER_VALUES) {
    throw new RangeError(`${name}: a filter takes 1 to ${MAX_FILTER_VALUES} values`);
  }
  return { Name: name, Values: [...values] };
}

/** One listing per 200 ids, one after the other. */
export async function* byFilter<T>(
  name: string,
  ids: Iterable<string>,
  list: (filters: Filter[]) => AsyncIterable<T>,
): AsyncGenerator<T> {
  for (const some of chunksOf([...ids], MAX_FILTER_VALUES)) yield* list([filterOn(name, some)]);
}

/** The same ids in their order, at most `size` at a time. */
export function* chunksOf(ids: readonly string[], size: number): Generator<string[]> {
  for (let from = 0; from < ids.length; from += size) yield ids.slice(from, from + size);
}

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

/** Volumes, those that AWS services manage included: hidden unless asked for since 2026-04. */
export async function* listVolumes(ec2: EC2Client, filters?: Filter[]): AsyncGenerator<Volume> {
  const pages = paginateDescribeVolumes(
    { client: ec2 },
    { IncludeManagedResources: true, MaxResults: 500, ...(filters && { Filters: filters }) },
  );
  for await (const volume of itemsOfPages('ec2:DescribeVolumes', pages, (page) => page.Volumes)) {
    yield {
      volumeId: idOf(volume.VolumeId, 'ec2:DescribeVolumes'),
      state: volume.State ?? 'unknown',
      attachments: (volume.Attachments ?? []).map((attachment) => ({
        instanceId: attachment.InstanceId ?? null,
        associatedResource: attachment.AssociatedResource ?? null,
        owningService: attachment.InstanceOwningService ?? null,
        state: attachment.State ?? 'unknown',
        instanceState: null,
      })),
    };
  }
}

/** Instances and their states, those that AWS services manage included. */
export async function* listInstances(
  ec2: EC2Client,
  filters?: Filter[],
): AsyncGenerator<{ instanceId: string; state: string }> {
  const pages = paginateDescribeInstances(
    { client: ec2 },
    { IncludeManagedResources: true, MaxResults: 1000, ...(filters && { Filters: filters }) },
  );
  for await (const reservation of itemsOfPages(
    'ec2:DescribeInstances',
    pages,
    (page) => page.Reservations,
  )) {
    for (const instance of reservation.Instances ?? []) {
      yield {
        instanceId: idOf(instance.InstanceId, 'ec2:DescribeInstances'),
        state: instance.State?.Name ?? 'unknown',
      };
    }
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
    tags: Object.fromEntries((snapshot.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
  };
}

function toTimestamp(time: Date | undefined): string | null {
  return time === undefined || Number.isNaN(time.getTime()) ? null : time.toISOString();
}
