import type { SimEstate } from './model/organization.ts';
import { findDeletionRefusal } from './kinds/ebs-snapshot/deletion-refusal.ts';
import { attachVolume, deleteVolume, detachVolume, terminateInstance } from './volume-acts.ts';

/**
 * What another user of an account does between two calls, as plain data: it can be made up from a
 * seed, and told when a test fails. New resources get the ids that the act names.
 */
export type SimAct =
  /** To an instance that is there, or one that is launched for it. */
  | { readonly kind: 'attach-volume'; readonly volumeId: string; readonly instanceId: string }
  | { readonly kind: 'detach-volume'; readonly volumeId: string }
  | { readonly kind: 'delete-volume'; readonly volumeId: string }
  | { readonly kind: 'terminate-instance'; readonly instanceId: string }
  | {
      readonly kind: 'register-image';
      readonly imageId: string;
      readonly snapshotIds: readonly string[];
      readonly state?: 'available' | 'disabled';
    }
  | { readonly kind: 'deregister-image'; readonly imageId: string }
  | { readonly kind: 'create-snapshot'; readonly snapshotId: string; readonly volumeId: string }
  | { readonly kind: 'delete-snapshot'; readonly snapshotId: string }
  | {
      readonly kind: 'tag-snapshot';
      readonly snapshotId: string;
      readonly tags: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'untag-snapshot';
      readonly snapshotId: string;
      readonly keys: readonly string[];
    }
  | { readonly kind: 'restore-snapshot'; readonly snapshotId: string }
  | {
      readonly kind: 'change-tier';
      readonly snapshotId: string;
      readonly status: 'archival-in-progress' | 'temporary-restore-in-progress';
    }
  | { readonly kind: 'lock-snapshot'; readonly snapshotId: string }
  | {
      readonly kind: 'share-snapshot';
      readonly snapshotId: string;
      readonly accountIds: readonly string[];
    }
  | {
      readonly kind: 'create-launch-template';
      readonly launchTemplateId: string;
      readonly snapshotIds: readonly string[];
    };

/**
 * Does it; describes show it at once.
 *
 * @returns whether it was done: what AWS would refuse, such as deleting the snapshot of an AMI,
 *   changes nothing
 */
export function applyAct(estate: SimEstate, act: SimAct): boolean {
  switch (act.kind) {
    case 'attach-volume':
      return attachVolume(estate, act);
    case 'detach-volume':
      return detachVolume(estate, act.volumeId);
    case 'delete-volume':
      return deleteVolume(estate, act.volumeId);
    case 'terminate-instance':
      return terminateInstance(estate, act.instanceId);
    case 'register-image':
      return registerImage(estate, act);
    case 'deregister-image':
      if (estate.image(act.imageId) === undefined) return false;
      estate.removeImage(act.imageId);
      return true;
    case 'create-snapshot':
      return createSnapshot(estate, act);
    case 'delete-snapshot':
      return deleteSnapshot(estate, act.snapshotId);
    case 'tag-snapshot':
      if (estate.snapshot(act.snapshotId) === undefined) return false;
      estate.tagSnapshot(act.snapshotId, act.tags);
      return true;
    case 'untag-snapshot':
      if (estate.snapshot(act.snapshotId) === undefined) return false;
      estate.untagSnapshot(act.snapshotId, act.keys);
      return true;
    case 'restore-snapshot':
      if (estate.binnedSnapshot(act.snapshotId) === undefined) return false;
      estate.restoreSnapshot(act.snapshotId);
      return true;
    case 'lock-snapshot':
      if (estate.snapshot(act.snapshotId)?.state !== 'completed') return false;
      estate.lockSnapshot(act.snapshotId, 'governance');
      return true;
    case 'change-tier':
      return changeTier(estate, act);
    case 'share-snapshot':
      if (estate.snapshot(act.snapshotId) === undefined) return false;
      estate.shareSnapshot(act.snapshotId, { accountIds: act.accountIds });
      return true;
    case 'create-launch-template':
      return createLaunchTemplate(estate, act);
  }
}

/** EC2 archives what is completed, and restores what is in the archive. */
function changeTier(estate: SimEstate, { snapshotId, status }: ActOf<'change-tier'>): boolean {
  const snapshot = estate.snapshot(snapshotId);
  const tier = status === 'archival-in-progress' ? 'standard' : 'archive';
  if (snapshot?.state !== 'completed' || snapshot.storageTier !== tier) return false;
  estate.putSnapshot({ ...snapshot, tierChange: { status, startedAt: estate.now() } });
  return true;
}

type ActOf<Kind extends SimAct['kind']> = Extract<SimAct, { readonly kind: Kind }>;

function registerImage(estate: SimEstate, act: ActOf<'register-image'>): boolean {
  const { imageId, snapshotIds, state = 'available' } = act;
  const canBoot = snapshotIds.every((id) => estate.snapshot(id)?.state === 'completed');
  if (estate.image(imageId) !== undefined || snapshotIds.length === 0 || !canBoot) return false;
  const name = `registered as ${imageId}`;
  estate.putImage({ imageId, ownerId: estate.accountId, name, state, snapshotIds });
  return true;
}

/** It is completed at once. */
function createSnapshot(estate: SimEstate, act: ActOf<'create-snapshot'>): boolean {
  const { snapshotId, volumeId } = act;
  const volume = estate.volume(volumeId);
  const isTaken =
    estate.snapshot(snapshotId) !== undefined || estate.deletedSnapshotIds().has(snapshotId);
  if (volume === undefined || isTaken) return false;
  estate.putSnapshot({
    snapshotId,
    ownerId: estate.accountId,
    volumeId,
    state: 'completed',
    startTime: estate.now(),
    volumeSizeGiB: volume.sizeGiB,
    fullSizeBytes: volume.sizeGiB * 2 ** 29,
    storageTier: 'standard',
    encrypted: false,
    description: '',
    tags: {},
    public: false,
    sharedWith: [],
    productCodes: [],
  });
  return true;
}

/** EC2 doesn't look whether the snapshots are there. */
function createLaunchTemplate(estate: SimEstate, act: ActOf<'create-launch-template'>): boolean {
  const { launchTemplateId, snapshotIds } = act;
  if (estate.launchTemplate(launchTemplateId) !== undefined) return false;
  estate.putLaunchTemplate({
    launchTemplateId,
    name: launchTemplateId,
    createTime: estate.now(),
    defaultVersion: 1,
    versions: [{ number: 1, snapshotIds }],
  });
  return true;
}

function deleteSnapshot(estate: SimEstate, snapshotId: string): boolean {
  const snapshot = estate.snapshot(snapshotId);
  if (snapshot === undefined || findDeletionRefusal(estate, snapshot) !== undefined) return false;
  estate.deleteSnapshot(snapshotId);
  return true;
}
