import type { SimEstate, SimSnapshot } from '../../simulation/model.ts';

/** What other users of an account do while orgsweep works. */
export const ACT_KINDS = [
  'attach',
  'register-image',
  'register-disabled-image',
  'protect',
  'back-up',
  'delete',
  'delete-siblings',
] as const;
export type ActKind = (typeof ACT_KINDS)[number];

/** What an act made of one snapshot: needed for a reason, or gone. */
export type Effect =
  | { readonly snapshotId: string; readonly needed: string }
  | { readonly snapshotId: string; readonly gone: true };

/** Carries out an act; `number` tells the ids it makes up from those of other acts. */
export function act(
  kind: ActKind,
  estate: SimEstate,
  snapshot: SimSnapshot,
  number: number,
): Effect[] {
  const { snapshotId, volumeId } = snapshot;
  const siblings = estate.snapshotsOfVolume(volumeId);
  switch (kind) {
    case 'attach':
      attachVolume(estate, snapshot, `i-0proof${number}`);
      return siblings.map((one) => ({ snapshotId: one.snapshotId, needed: 'IN_USE' }));
    case 'register-image':
    case 'register-disabled-image':
      estate.putImage({
        imageId: `ami-0proof${number}`,
        ownerId: estate.accountId,
        name: 'made meanwhile',
        state: kind === 'register-image' ? 'available' : 'disabled',
        snapshotIds: [snapshotId],
      });
      return [{ snapshotId, needed: 'USED_BY_AMI' }];
    case 'protect':
      estate.tagSnapshot(snapshotId, { 'orgsweep:protect': '' });
      return [{ snapshotId, needed: 'PROTECTED_BY_TAG' }];
    case 'back-up':
      estate.tagSnapshot(snapshotId, { 'aws:backup:source-resource': 'x' });
      return [{ snapshotId, needed: 'MANAGED_BY_AWS_BACKUP' }];
    case 'delete':
      estate.deleteSnapshot(snapshotId);
      return [{ snapshotId, gone: true }];
    case 'delete-siblings': {
      const others = siblings.filter((one) => one.snapshotId !== snapshotId);
      for (const other of others) estate.deleteSnapshot(other.snapshotId);
      return others.map((other) => ({ snapshotId: other.snapshotId, gone: true }));
    }
  }
}

function attachVolume(estate: SimEstate, snapshot: SimSnapshot, instanceId: string): void {
  const { volumeId, volumeSizeGiB, startTime } = snapshot;
  estate.putInstance({ instanceId, state: 'running', volumeIds: [volumeId] });
  estate.putVolume({
    volumeId,
    sizeGiB: volumeSizeGiB,
    state: 'in-use',
    createTime: startTime,
    tags: {},
    attachments: [{ instanceId, device: '/dev/sdf', state: 'attached' }],
  });
}
