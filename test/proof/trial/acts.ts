import { applyAct, type SimAct } from '../../../simulation/acts.ts';
import type { SimEstate } from '../../../simulation/model/organization.ts';
import type { SimSnapshot } from '../../../simulation/model/snapshot.ts';

/** What other users of an account do to a snapshot while orgsweep works. */
export const ACT_KINDS = [
  'attach its volume',
  'make an AMI of it',
  'make a disabled AMI of it',
  'name it in a launch template',
  'protect it',
  'back it up',
  'lock it',
  'share it',
  'move it between tiers',
  'delete it',
  'delete the others of its volume',
  'restore it',
  'let go of it',
  'drop the rules of the bin',
] as const;
export type ActKind = (typeof ACT_KINDS)[number];

/** Carries it out; `number` tells the ids it makes up from those of other acts. */
export function act(kind: ActKind, estate: SimEstate, id: string, number: number): boolean {
  const snapshot =
    estate.snapshot(id) ??
    estate.binnedSnapshots().find((one) => one.snapshot.snapshotId === id)?.snapshot;
  if (snapshot === undefined) return false;
  if (kind === 'drop the rules of the bin') return dropRules(estate);
  if (kind === 'attach its volume') restoreVolume(estate, snapshot);
  const done = actsOf(kind, estate, snapshot, number).map((one) => applyAct(estate, one));
  return done.includes(true);
}

function actsOf(
  kind: ActKind,
  estate: SimEstate,
  { snapshotId, volumeId }: SimSnapshot,
  number: number,
): SimAct[] {
  const hex = String(number).padStart(16, '0');
  switch (kind) {
    case 'attach its volume':
      return [{ kind: 'attach-volume', volumeId, instanceId: `i-0${hex}` }];
    case 'make an AMI of it':
    case 'make a disabled AMI of it': {
      const state = kind === 'make an AMI of it' ? 'available' : 'disabled';
      return [{ kind: 'register-image', imageId: `ami-0${hex}`, snapshotIds: [snapshotId], state }];
    }
    case 'name it in a launch template': {
      const launchTemplateId = `lt-0${hex}`;
      return [{ kind: 'create-launch-template', launchTemplateId, snapshotIds: [snapshotId] }];
    }
    case 'protect it':
      return [{ kind: 'tag-snapshot', snapshotId, tags: { 'orgsweep:protect': '' } }];
    case 'back it up':
      return [{ kind: 'tag-snapshot', snapshotId, tags: { 'aws:backup:source-resource': 'x' } }];
    case 'lock it':
      return [{ kind: 'lock-snapshot', snapshotId }];
    case 'share it':
      return [{ kind: 'share-snapshot', snapshotId, accountIds: ['999999999999'] }];
    case 'move it between tiers':
      return (['archival-in-progress', 'temporary-restore-in-progress'] as const).map((status) => ({
        kind: 'change-tier',
        snapshotId,
        status,
      }));
    case 'delete it':
      return [{ kind: 'delete-snapshot', snapshotId }];
    case 'delete the others of its volume':
      return estate
        .snapshotsOfVolume(volumeId)
        .filter((other) => other.snapshotId !== snapshotId)
        .map((other) => ({ kind: 'delete-snapshot', snapshotId: other.snapshotId }));
    case 'restore it':
      return [{ kind: 'restore-snapshot', snapshotId }];
    case 'let go of it':
      return [
        { kind: 'detach-volume', volumeId },
        ...estate
          .imagesOfSnapshot(snapshotId)
          .map(({ imageId }): SimAct => ({ kind: 'deregister-image', imageId })),
        { kind: 'untag-snapshot', snapshotId, keys: ['orgsweep:protect', 'Retain', 'Backup'] },
      ];
    case 'drop the rules of the bin':
      return [];
  }
}

/** From its Recycle Bin, say: a volume that is gone can't be attached. */
function restoreVolume(
  estate: SimEstate,
  { volumeId, volumeSizeGiB, startTime }: SimSnapshot,
): void {
  if (estate.volume(volumeId) !== undefined) return;
  const volume = { volumeId, sizeGiB: volumeSizeGiB, createTime: startTime };
  estate.putVolume({ ...volume, state: 'available', tags: {}, attachments: [] });
}

function dropRules(estate: SimEstate): boolean {
  if (estate.retentionRules().length === 0) return false;
  estate.setRetentionRules([]);
  return true;
}
