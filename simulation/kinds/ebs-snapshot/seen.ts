import type { SimSnapshot } from '../../model/snapshot.ts';
import type { Place, Visibility, VisibilityKey } from '../../services/ec2/visibility.ts';

export const SNAPSHOTS: VisibilityKey<SimSnapshot> = { name: 'ebs-snapshot', stream: [] };

/** The snapshot as a describe shows it now. */
export function seeSnapshot(
  visibility: Visibility,
  place: Place,
  snapshot: SimSnapshot,
): SimSnapshot {
  const { snapshotId } = snapshot;
  const late = visibility.of(SNAPSHOTS);
  const seen: SimSnapshot = late.isRecovering(place, snapshotId)
    ? { ...snapshot, state: 'recovering' }
    : snapshot;
  return late.withTagsAsSeen(place, snapshotId, seen);
}
