import { z } from 'zod';
import { AccountId, Timestamp } from '../../core/model/ids.ts';
import { ResourceSet } from '../../core/model/verdict.ts';

export const KIND = 'ebs-snapshot';

const Attachment = z.strictObject({
  /** null: attached to something AWS manages, which has no instance to look at. */
  instanceId: z.string().nullable(),
  associatedResource: z.string().nullable(),
  owningService: z.string().nullable(),
  /** EC2's word: attaching, attached, detaching, detached or busy. */
  state: z.string(),
  /** null: the instance wasn't listed. */
  instanceState: z.string().nullable(),
});
export type Attachment = z.infer<typeof Attachment>;

const Volume = z.strictObject({
  volumeId: z.string(),
  state: z.string(),
  attachments: z.array(Attachment),
  /** Somebody's orgsweep is about to remove it, or was; left out: no. */
  isMarked: z.literal(true).optional(),
});
export type Volume = z.infer<typeof Volume>;

/** The places that could refer to a snapshot, in the order they are told of. */
export const ReferenceName = z.enum([
  'volumes',
  'instances',
  'amis',
  'volumes-in-recycle-bin',
  'amis-in-recycle-bin',
  'snapshot-locks',
  'fast-restores',
  'tier-changes',
  'public-sharing',
  'launch-templates',
  'launch-configurations',
  'ecs-services',
  'storage-gateway-volumes',
  'snapshot-attributes',
]);
export type ReferenceName = z.infer<typeof ReferenceName>;

/** Why a snapshot is kept that something refers to from there; volumes and instances: see `assess`. */
export const REASON_BY_REFERENCE: Readonly<Partial<Record<ReferenceName, string>>> = {
  amis: 'USED_BY_AMI',
  'volumes-in-recycle-bin': 'VOLUME_IN_RECYCLE_BIN',
  'amis-in-recycle-bin': 'AMI_IN_RECYCLE_BIN',
  'snapshot-locks': 'LOCKED',
  'fast-restores': 'FAST_RESTORE_ENABLED',
  'tier-changes': 'RESTORED_FROM_ARCHIVE',
  'public-sharing': 'SHARED',
  'launch-templates': 'USED_BY_LAUNCH_TEMPLATE',
  'launch-configurations': 'USED_BY_LAUNCH_CONFIGURATION',
  'ecs-services': 'USED_BY_ECS',
  'storage-gateway-volumes': 'STORAGE_GATEWAY_VOLUME',
};

/** Who refers to the snapshot, by where that was seen: AMI ids, launch template versions, … */
export const UsedBy = z.partialRecord(ReferenceName, z.array(z.string()));
export type UsedBy = z.infer<typeof UsedBy>;

/** What only a call per snapshot tells: whom it is shared with, and what it was bought as. */
export const Attributes = z.strictObject({
  /** Account ids, and `all` for everybody. */
  sharedWith: z.array(z.string()),
  productCodes: z.array(z.string()),
});
export type Attributes = z.infer<typeof Attributes>;

/** An AMI that a snapshot was made for, and which of AWS's descriptions says so. */
const NamedAmi = z.strictObject({
  amiId: z.string(),
  by: z.enum(['CreateImage', 'CopyImage']),
});
export type NamedAmi = z.infer<typeof NamedAmi>;

/** All that is needed to decide about one EBS snapshot. Sizes: `sizeGiB` is the volume's. */
export const EbsSnapshot = z.strictObject({
  snapshotId: z.string().min(1),
  accountId: AccountId,
  ownerId: AccountId,
  volumeId: z.string().nullable(),
  state: z.string(),
  startedAt: Timestamp.nullable(),
  sizeGiB: z.number().min(0),
  /** All blocks of the snapshot, not what only it holds. EC2 doesn't always give it. */
  fullSizeBytes: z.number().min(0).nullable(),
  storageTier: z.string(),
  /** When it came into the archive tier; null: it isn't there, or EC2 didn't say when. */
  archivedAt: Timestamp.nullable(),
  encrypted: z.boolean(),
  description: z.string(),
  transferType: z.string().nullable(),
  /** Of a snapshot that is stored on an Outpost; null: in the Region. */
  outpostArn: z.string().nullable(),
  /** Of a snapshot in a Local Zone; null: in the Region. */
  zone: z.string().nullable(),
  /** Until when one in the archive tier is restored for a while; null: it isn't. */
  restoredUntil: Timestamp.nullable(),
  /** "100%" when it is whole. */
  progress: z.string().nullable(),
  /** AWS's own words, of one that failed. */
  stateMessage: z.string().nullable(),
  kmsKeyId: z.string().nullable(),
  tags: z.record(z.string(), z.string()),
  /** null: not in the listing. Whether that means it is gone, `incompleteReferences` tells. */
  volume: Volume.nullable(),
  usedBy: UsedBy,
  /** null: not looked at. */
  attributes: Attributes.nullable(),
  /**
   * Completed snapshots of the same volume in the target on which another may rely, oldest first: not
   * what is marked for removal, an AMI's, or has a date on which it goes by itself. It is among them
   * itself, as one that isn't counted is too.
   */
  completedOfVolume: z.array(z.string()),
  /** What it is consistent with only together (`sets.ts`); null: nothing. */
  set: ResourceSet.nullable(),
  /**
   * The AMI that it was made for (`leftovers/origin-ami.ts`), and whether that is listed or in the
   * Recycle Bin; null: not known. Left out: nothing says that it was made for one.
   */
  originAmi: NamedAmi.extend({ isThere: z.boolean().nullable() }).optional(),
  /** References that couldn't be listed to their end; nothing of them is in these facts. */
  incompleteReferences: z.array(ReferenceName),
  /** References that the policy switched off. */
  notLookedAt: z.array(ReferenceName),
});
export type EbsSnapshot = z.infer<typeof EbsSnapshot>;

/**
 * Whether the volume id says which volume the snapshot is of. Copies and imports carry an arbitrary
 * one, such as vol-ffff or vol-ffffffff, which AWS says not to use for any purpose. Nor does EC2
 * know the volumes of a Storage Gateway, whose ids aren't EBS's lower-case hexadecimal ones.
 */
export function isRealVolumeId(volumeId: string | null): volumeId is string {
  return volumeId !== null && /^vol-(?!f+$)[0-9a-f]+$/.test(volumeId);
}

/** Whether nothing is left to be seen that costs a call for this snapshot alone. */
export function hasLookedCloser({ attributes, notLookedAt }: EbsSnapshot): boolean {
  return attributes !== null || notLookedAt.includes('snapshot-attributes');
}

/**
 * The AMI that it was made for, where that is neither among the account's AMIs nor in their Recycle Bin,
 * and both were listed to their end. null: nothing says so, or it isn't known.
 */
export function goneAmiOf({ originAmi }: Pick<EbsSnapshot, 'originAmi'>): NamedAmi | null {
  return originAmi?.isThere === false ? originAmi : null;
}
