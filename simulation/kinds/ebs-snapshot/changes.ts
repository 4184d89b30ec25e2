import { z } from 'zod';
import { CHANGED_BY, changeRule } from '../../services/ec2/change-rule.ts';
import { seeSnapshot, SNAPSHOTS } from './seen.ts';

const SnapshotId = z.string().min(1);

export const TAG_SNAPSHOTS = changeRule(
  'tag-snapshots',
  {
    snapshotIds: z.array(SnapshotId).min(1),
    /** Pairs: an object has keys that aren't its own, and a tag may be called like them. */
    tags: z.array(z.tuple([z.string(), z.string()])),
  },
  (change, { place, estate, visibility }) => {
    const tags = Object.fromEntries(change.tags);
    for (const id of change.snapshotIds) {
      const before = estate.snapshot(id)?.tags;
      if (before !== undefined) visibility.of(SNAPSHOTS).tagged(place, id, { before, tags });
      estate.tagSnapshot(id, tags);
    }
  },
);

export const DELETE_SNAPSHOT = changeRule(
  'delete-snapshot',
  { snapshotId: SnapshotId, by: CHANGED_BY },
  ({ snapshotId, by }, { place, estate, visibility }) => {
    const snapshot = estate.snapshot(snapshotId);
    if (snapshot !== undefined) {
      const shown = seeSnapshot(visibility, place, snapshot);
      visibility.of(SNAPSHOTS).deleted(place, snapshotId, shown);
    }
    estate.deleteSnapshot(snapshotId, by);
  },
);

export const RESTORE_SNAPSHOT = changeRule(
  'restore-snapshot',
  { snapshotId: SnapshotId },
  ({ snapshotId }, { place, estate, visibility }) => {
    estate.restoreSnapshot(snapshotId);
    visibility.of(SNAPSHOTS).restored(place, snapshotId);
  },
);
