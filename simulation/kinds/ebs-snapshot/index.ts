import { ID_KINDS } from '../../services/ec2/resource-ids.ts';
import { markerConditions } from '../../services/ec2/role-conditions.ts';
import { placeOf, snapshotArn } from '../../services/ec2/operation.ts';
import { makeEbs } from '../../services/ebs.ts';
import type { SimKind } from '../kind.ts';
import { DELETE_SNAPSHOT, RESTORE_SNAPSHOT, TAG_SNAPSHOTS } from './changes.ts';
import { deleteSnapshot } from './delete-snapshot.ts';
import { describeFastSnapshotRestores } from './fast-snapshot-restores.ts';
import { leftoverTruths, populateLeftovers } from './leftovers.ts';
import { describeLockedSnapshots } from './locked-snapshots.ts';
import { listSnapshotsInRecycleBin, restoreSnapshotFromRecycleBin } from './recycle-bin.ts';
import { seeSnapshot } from './seen.ts';
import { describeSnapshotAttribute } from './snapshot-attribute.ts';
import { describeSnapshotTierStatus } from './snapshot-tier-status.ts';
import { describeSnapshots } from './snapshots.ts';

export const ebsSnapshots: SimKind = {
  name: 'ebs-snapshot',
  populate: populateLeftovers,
  truths: function* (estate) {
    for (const { snapshotId, archetype, ...truth } of estate.groundTruths()) {
      yield { resourceId: snapshotId, situation: archetype, ...truth };
    }
    yield* leftoverTruths(estate);
  },
  changes: [TAG_SNAPSHOTS, DELETE_SNAPSHOT, RESTORE_SNAPSHOT],
  ec2: {
    DeleteSnapshot: deleteSnapshot,
    DescribeFastSnapshotRestores: describeFastSnapshotRestores,
    DescribeLockedSnapshots: describeLockedSnapshots,
    DescribeSnapshotAttribute: describeSnapshotAttribute,
    DescribeSnapshotTierStatus: describeSnapshotTierStatus,
    DescribeSnapshots: describeSnapshots,
    ListSnapshotsInRecycleBin: listSnapshotsInRecycleBin,
    RestoreSnapshotFromRecycleBin: restoreSnapshotFromRecycleBin,
  },
  services: ({ organization, seed }) => ({ ebs: makeEbs({ organization, seed }) }),
  taggable: {
    ids: ID_KINDS.snapshot,
    arnOf: ({ region }, id) => snapshotArn(region, id),
    tagsOf: (estate, id) => estate.snapshot(id)?.tags,
    tagsAsSeen: (call, id) => {
      const snapshot = call.estate().snapshot(id);
      return snapshot && seeSnapshot(call.visibility, placeOf(call), snapshot).tags;
    },
    change: (place, snapshotIds, tags) => TAG_SNAPSHOTS.of(place, { snapshotIds, tags }),
  },
  roleActions: {
    discovery: ['ebs:List*'],
    deletion: ['ec2:CreateTags', 'ec2:DeleteSnapshot'],
    restore: [
      'ec2:CreateTags',
      'ec2:DescribeSnapshots',
      'ec2:ListSnapshotsInRecycleBin',
      'ec2:RestoreSnapshotFromRecycleBin',
    ],
  },
  conditions: {
    arnType: 'snapshot',
    mayChange: markerConditions(/^(orgsweep:protect$|aws:backup:|aws:dlm:)/i),
  },
};
