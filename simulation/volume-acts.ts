import type { SimEstate, SimVolume } from './model/organization.ts';

/** Another user's acts on volumes: each says whether it was done. See `applyAct`. */
export function attachVolume(
  estate: SimEstate,
  { volumeId, instanceId }: { readonly volumeId: string; readonly instanceId: string },
): boolean {
  const volume = estate.volume(volumeId);
  const instance = estate.instance(instanceId) ?? { instanceId, state: 'running', volumeIds: [] };
  const canTakeIt = instance.state === 'running' || instance.state === 'stopped';
  if (volume === undefined || volume.attachments.length > 0 || !canTakeIt) return false;
  const attachments = [
    { instanceId, device: '/dev/sdf', state: 'attached' as const, attachTime: estate.now() },
  ];
  estate.putInstance({ ...instance, volumeIds: [...instance.volumeIds, volumeId] });
  estate.putVolume({ ...volume, state: 'in-use', attachments });
  return true;
}

export function detachVolume(estate: SimEstate, volumeId: string): boolean {
  const volume = estate.volume(volumeId);
  const instanceIds = volume?.attachments.flatMap(({ instanceId }) => instanceId ?? []) ?? [];
  if (volume === undefined || instanceIds.length === 0) return false;
  for (const instanceId of instanceIds) {
    const instance = estate.instance(instanceId);
    if (instance === undefined) continue;
    const volumeIds = instance.volumeIds.filter((id) => id !== volumeId);
    estate.putInstance({ ...instance, volumeIds });
  }
  putAttachments(
    estate,
    volume,
    volume.attachments.filter(({ instanceId }) => instanceId === undefined),
  );
  return true;
}

export function deleteVolume(estate: SimEstate, volumeId: string): boolean {
  const volume = estate.volume(volumeId);
  if (volume === undefined || volume.attachments.length > 0) return false;
  estate.removeVolume(volumeId);
  return true;
}

/** Its volumes stay, attached to nothing: none of them has DeleteOnTermination. */
export function terminateInstance(estate: SimEstate, instanceId: string): boolean {
  const instance = estate.instance(instanceId);
  if (instance === undefined || instance.state === 'terminated') return false;
  for (const id of instance.volumeIds) {
    const volume = estate.volume(id);
    if (volume === undefined) continue;
    const others = volume.attachments.filter((each) => each.instanceId !== instanceId);
    putAttachments(estate, volume, others);
  }
  estate.putInstance({ ...instance, state: 'terminated', volumeIds: [] });
  return true;
}

function putAttachments(
  estate: SimEstate,
  volume: SimVolume,
  attachments: SimVolume['attachments'],
): void {
  const state = attachments.length > 0 ? 'in-use' : 'available';
  estate.putVolume({ ...volume, state, attachments });
}
