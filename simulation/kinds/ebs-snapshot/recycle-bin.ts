import type { SimSnapshot } from '../../model/snapshot.ts';
import type { SimBinnedSnapshot } from '../../model/recycle-bin.ts';
import { element, itemList } from '../../services/protocols/xml.ts';
import type { Ec2Call, Ec2Operation } from '../../services/ec2/operation.ts';
import {
  BUCKETS,
  placeOf,
  refuseUnlessRoleAllows,
  snapshotArn,
} from '../../services/ec2/operation.ts';
import type { Source } from '../../services/ec2/paging.ts';
import { arraySource, listPage } from '../../services/ec2/paging.ts';
import { ID_KINDS, findAll } from '../../services/ec2/resource-ids.ts';
import { RESTORE_SNAPSHOT } from './changes.ts';
import { seeSnapshot, SNAPSHOTS } from './seen.ts';

const LIMITS = { min: 5, max: 1000, clamp: false, idParameter: 'SnapshotId' } as const;

/** ListSnapshotsInRecycleBin: what can be restored, by id or all of it. */
export const listSnapshotsInRecycleBin: Ec2Operation = {
  accepts: ['MaxResults', 'NextToken', 'SnapshotId'],
  bucket: () => ({ name: 'listing', size: BUCKETS.nonMutating }),
  answer: (call) => {
    const matches = (entry: SimBinnedSnapshot) => isShown(call, entry);
    const { items, nextToken } = listPage(call, {
      source: sourceOf(call),
      matches,
      limits: LIMITS,
    });
    return itemList('snapshotSet', items.map(describeEntry)) + nextToken;
  },
};

/** RestoreSnapshotFromRecycleBin: the snapshot comes back with its id, its tags and its sharing. */
export const restoreSnapshotFromRecycleBin: Ec2Operation = {
  accepts: ['SnapshotId'],
  bucket: () => ({ name: 'RestoreSnapshotFromRecycleBin', size: BUCKETS.mutating }),
  resources: ({ parameters, region }) => [snapshotArn(region, parameters.get('SnapshotId') ?? '')],
  authorize: (call) => {
    const snapshotId = call.parameters.get('SnapshotId') ?? '';
    const tags = call.estate().binnedSnapshot(snapshotId)?.snapshot.tags ?? {};
    refuseUnlessRoleAllows(call, { arn: snapshotArn(call.region, snapshotId), tags });
  },
  answer: (call) => {
    const id = call.parameters.require('SnapshotId');
    const [entry] = findAll(ID_KINDS.snapshot, [id], (each) => call.estate().binnedSnapshot(each));
    const { snapshot } = entry!;
    const { snapshotId } = snapshot;
    call.change(RESTORE_SNAPSHOT.of(placeOf(call), { snapshotId }));
    return describeRestored(seeSnapshot(call.visibility, placeOf(call), snapshot));
  },
};

function sourceOf(call: Ec2Call): Source<SimBinnedSnapshot> {
  const ids = call.parameters.list('SnapshotId');
  const estate = call.estate();
  if (ids.length === 0) return (from, limit) => estate.binnedPage(from, limit);
  return arraySource(
    findAll(ID_KINDS.snapshot, ids, (id) => {
      const entry = estate.binnedSnapshot(id);
      return entry && isShown(call, entry) ? entry : undefined;
    }),
  );
}

function isShown(call: Ec2Call, { snapshot }: SimBinnedSnapshot): boolean {
  return call.visibility.of(SNAPSHOTS).showsInBin(placeOf(call), snapshot.snapshotId);
}

function describeEntry({ snapshot, enteredAt, exitsAt }: SimBinnedSnapshot): string {
  return (
    element('snapshotId', snapshot.snapshotId) +
    element('recycleBinEnterTime', enteredAt) +
    element('recycleBinExitTime', exitsAt) +
    element('description', snapshot.description) +
    element('volumeId', snapshot.volumeId)
  );
}

function describeRestored(snapshot: SimSnapshot): string {
  return (
    element('snapshotId', snapshot.snapshotId) +
    element('description', snapshot.description) +
    element('encrypted', snapshot.encrypted) +
    element('ownerId', snapshot.ownerId) +
    element('progress', '100%') +
    element('startTime', snapshot.startTime) +
    element('status', snapshot.state) +
    element('volumeId', snapshot.volumeId) +
    element('volumeSize', snapshot.volumeSizeGiB)
  );
}
