import { z } from 'zod';
import { AccountId, Timestamp } from '../../core/ids.ts';

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
});
export type Volume = z.infer<typeof Volume>;

/** The places that could refer to a snapshot. */
export const ReferenceName = z.enum(['volumes', 'instances', 'amis']);
export type ReferenceName = z.infer<typeof ReferenceName>;

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
  encrypted: z.boolean(),
  description: z.string(),
  transferType: z.string().nullable(),
  tags: z.record(z.string(), z.string()),
  /** null: not in the listing. Whether that means it is gone, `incompleteReferences` tells. */
  volume: Volume.nullable(),
  amiIds: z.array(z.string()),
  /** All completed snapshots of the same volume in the target, oldest first. */
  completedOfVolume: z.array(z.string()),
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
