import type { SimVolume } from '../../model/organization.ts';
import { type Ec2Call, placeOf } from '../../services/ec2/operation.ts';
import type { VisibilityKey } from '../../services/ec2/visibility.ts';

/** A volume "can remain in the deleting state for several minutes". */
export const VOLUMES: VisibilityKey<SimVolume> = {
  name: 'ebs-volume',
  stream: ['ebs-volume'],
  deletingFor: { from: 1_000, to: 120_000 },
};

export function volumeArn({ region, caller }: Ec2Call, volumeId: string): string {
  return `arn:aws:ec2:${region}:${caller.accountId}:volume/${volumeId}`;
}

/** The volume as a describe shows it now; `deleting` ones too. */
export function findVisibleVolume(call: Ec2Call, volumeId: string): SimVolume | undefined {
  const volume = call.estate().volume(volumeId);
  if (volume !== undefined) return seeVolume(call, volume);
  return deletingVolumes(call).find((one) => one.volumeId === volumeId);
}

export function seeVolume(call: Ec2Call, volume: SimVolume): SimVolume {
  const late = call.visibility.of(VOLUMES);
  const place = placeOf(call);
  const isRecovering = late.isRecovering(place, volume.volumeId);
  const seen: SimVolume = isRecovering ? { ...volume, state: 'creating' } : volume;
  return late.withTagsAsSeen(place, volume.volumeId, seen);
}

/** Deleted, and still shown: not those that were restored meanwhile. */
export function deletingVolumes(call: Ec2Call): readonly SimVolume[] {
  const ghosts = call.visibility.of(VOLUMES).ghosts(placeOf(call));
  return ghosts.filter(({ volumeId }) => call.estate().volume(volumeId) === undefined);
}
