import { z } from 'zod';
import type { SimEstate, SimVolume } from '../../model/organization.ts';
import { exitTime } from '../../model/recycle-bin.ts';
import { CHANGED_BY, changeRule } from '../../services/ec2/change-rule.ts';
import { volumeNeeds } from './needs.ts';
import { VOLUMES } from './seen.ts';
import { VOLUME_SURROUNDINGS } from './state.ts';

const VolumeId = z.string().min(1);
const Tags = z.array(z.tuple([z.string(), z.string()]));

export const TAG_VOLUMES = changeRule(
  'tag-volumes',
  { volumeIds: z.array(VolumeId).min(1), tags: Tags },
  (change, { place, estate, visibility }) => {
    const tags = Object.fromEntries(change.tags);
    for (const id of change.volumeIds) {
      const volume = estate.volume(id);
      if (volume === undefined) continue;
      visibility.of(VOLUMES).tagged(place, id, { before: volume.tags, tags });
      estate.tagVolume(id, { ...volume.tags, ...tags });
    }
  },
);

export const DELETE_VOLUME = changeRule(
  'delete-volume',
  { volumeId: VolumeId, by: CHANGED_BY },
  ({ volumeId, by }, { place, estate, visibility }) => {
    const volume = estate.volume(volumeId);
    if (volume === undefined) return;
    const at = estate.now();
    const neededBy = Object.values(volumeNeeds(estate, volume)).flat();
    const restorableUntil = exitTimeOf(estate, volume);
    const { deletions } = VOLUME_SURROUNDINGS.of(estate);
    deletions.push({
      ...{ volume, at, by, neededBy },
      ...(restorableUntil && { restorableUntil }),
    });
    visibility.of(VOLUMES).deleted(place, volumeId, { ...volume, state: 'deleting' });
    if (restorableUntil !== undefined) {
      const { sizeGiB, createTime } = volume;
      const times = { enterTime: at, exitTime: restorableUntil };
      estate.putVolumeInRecycleBin({ volumeId, sizeGiB, createTime, ...times, volume });
    }
    estate.removeVolume(volumeId);
  },
);

/** "Volumes that fail to be created are not protected by Recycle Bin", nor those of a service. */
function exitTimeOf(estate: SimEstate, { tags, state, managedBy }: SimVolume): Date | undefined {
  if (state === 'error' || managedBy !== undefined) return undefined;
  return exitTime(estate.retentionRules(), { type: 'EBS_VOLUME', tags, now: estate.now() });
}

export const RESTORE_VOLUME = changeRule(
  'restore-volume',
  { volumeId: VolumeId },
  ({ volumeId }, { place, estate, visibility }) => {
    const binned = estate.volumeInRecycleBin(volumeId);
    if (binned === undefined) return;
    const { sizeGiB, createTime, volume } = binned;
    const bare = { volumeId, sizeGiB, createTime, state: 'available' as const };
    estate.takeVolumeOutOfRecycleBin(volumeId);
    estate.putVolume(volume ?? { ...bare, tags: {}, attachments: [] });
    visibility.of(VOLUMES).restored(place, volumeId);
  },
);

export const CREATE_SNAPSHOT = changeRule(
  'create-snapshot',
  {
    snapshotId: z.string().min(1),
    volumeId: VolumeId,
    description: z.string(),
    completedFrom: z.iso.datetime(),
    tags: Tags,
  },
  ({ snapshotId, volumeId, description, completedFrom, tags }, { estate }) => {
    const volume = estate.volume(volumeId);
    if (volume === undefined) return;
    VOLUME_SURROUNDINGS.of(estate).made += 1;
    estate.putSnapshot({
      ...{ snapshotId, volumeId, description, ownerId: estate.accountId, state: 'pending' },
      startTime: estate.now(),
      completedFrom: new Date(completedFrom),
      volumeSizeGiB: volume.sizeGiB,
      fullSizeBytes: volume.sizeGiB * 2 ** 29,
      storageTier: 'standard',
      encrypted: volume.kmsKeyId !== undefined,
      tags: Object.fromEntries(tags),
      ...{ public: false, sharedWith: [], productCodes: [] },
    });
  },
);

const TYPES = ['gp2', 'gp3', 'io1', 'io2', 'st1', 'sc1', 'standard'] as const;
export const VolumeType = z.enum(TYPES);

export const CREATE_VOLUME = changeRule(
  'create-volume',
  {
    volumeId: VolumeId,
    clientToken: z.string().optional(),
    snapshotId: z.string().optional(),
    availabilityZone: z.string(),
    sizeGiB: z.int(),
    type: VolumeType,
    iops: z.int().optional(),
    throughputMiBps: z.int().optional(),
    multiAttach: z.boolean(),
    kmsKeyId: z.string().optional(),
    readyFrom: z.iso.datetime(),
    tags: Tags,
  },
  (change, { estate }) => {
    const { clientToken, readyFrom, tags, multiAttach, ...rest } = change;
    const surroundings = VOLUME_SURROUNDINGS.of(estate);
    surroundings.made += 1;
    if (clientToken !== undefined) surroundings.tokens.set(clientToken, change.volumeId);
    const { snapshotId, iops, throughputMiBps, kmsKeyId, ...known } = rest;
    estate.putVolume({
      ...known,
      ...(snapshotId !== undefined && { snapshotId }),
      ...(iops !== undefined && { iops }),
      ...(throughputMiBps !== undefined && { throughputMiBps }),
      ...(kmsKeyId !== undefined && { kmsKeyId }),
      ...(multiAttach && { multiAttach }),
      state: 'available',
      createTime: estate.now(),
      readyFrom: new Date(readyFrom),
      tags: Object.fromEntries(tags),
      attachments: [],
    });
  },
);
