import type { Groups } from '../../../core/plan/together/groups.ts';
import { isMarkedForRemoval } from '../../../core/tags/marker.ts';
import { tagsOf } from '../../ec2/tags.ts';
import { byFilter } from '../../listings/filter.ts';
import { volumesInRecycleBin } from '../../listings/volumes-in-recycle-bin.ts';
import { listVolumes } from '../../listings/volumes.ts';
import type { LookByPolicy } from '../../kind.ts';
import type { Look } from '../../look.ts';
import type { EbsSnapshot } from '../facts.ts';
import { ownPolicyOf } from '../policy.ts';
import { findSnapshotsOfVolumes, volumeIdsOf } from '../references.ts';
import { CompletedOfVolumes, copiesAmong } from './groups.ts';

/** What could serve as a copy now, by snapshot, and whether what each is a copy of is leaving. */
export async function findGroupsNow(
  look: LookByPolicy,
  snapshots: readonly EbsSnapshot[],
): Promise<ReadonlyMap<string, Groups>> {
  const leaving = await findLeavingVolumes(look, snapshots);
  const own = ownPolicyOf(look.policy);
  const completed = new CompletedOfVolumes(await findSnapshotsOfVolumes(look, snapshots));
  return new Map(
    snapshots.map((snapshot) => {
      const isOriginLeaving = leaving.has(snapshot.volumeId ?? '');
      const ofVolume = completed.for(snapshot);
      const groups = copiesAmong(ofVolume, snapshot, { isOriginLeaving, ...own });
      return [snapshot.snapshotId, groups];
    }),
  );
}

/**
 * Which of their volumes are marked for removal, or in the Recycle Bin, whatever the policy: such a
 * volume may rely on just this copy. The bin last: what is deleted meanwhile is in one of the two.
 */
async function findLeavingVolumes(
  look: Look,
  snapshots: readonly EbsSnapshot[],
): Promise<ReadonlySet<string>> {
  const wanted = volumeIdsOf(snapshots);
  const leaving = new Set<string>();
  const listed = byFilter('volume-id', wanted, (filters) => listVolumes(look.clients.ec2, filters));
  for await (const { VolumeId, Tags } of listed)
    if (isMarkedForRemoval(tagsOf(Tags))) leaving.add(VolumeId);
  for await (const { VolumeId } of volumesInRecycleBin.list(look))
    if (wanted.has(VolumeId)) leaving.add(VolumeId);
  return leaving;
}
