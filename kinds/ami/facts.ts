import { z } from 'zod';
import { AccountId, Timestamp } from '../../core/model/ids.ts';
import { ReferenceName } from './sources/names.ts';

export const KIND = 'ami';

/** Who names the AMI, by where that was seen: instance ids, launch template versions, … */
const UsedBy = z.partialRecord(ReferenceName, z.array(z.string()));

/** The AMIs that are made again and again for one purpose, as their names or a tag tell. */
const Family = z.strictObject({
  id: z.string(),
  /** All of them, this one included, whatever becomes of each. */
  size: z.int().min(1),
  /**
   * Newer ones that could be launched in its place, newest first, as many as the policy keeps: none
   * that is marked for removal.
   */
  newer: z.array(z.string()),
});

/** A snapshot that the AMI is made of. */
const AmiSnapshot = z.strictObject({
  snapshotId: z.string().min(1),
  /** All AMIs that name it, whosever they are, this one included. */
  holders: z.array(z.string()).min(1),
});

/** What a snapshot of the AMI costs by. */
const SnapshotBilled = z.strictObject({
  storageTier: z.string(),
  /** All of its blocks where EC2 says how much they are, else the size of its volume. */
  sizeGiB: z.number().min(0),
  /** Of a snapshot that shares blocks with others of its volume; null: it shares none, or none known. */
  volumeId: z.string().nullable(),
});
export type SnapshotBilled = z.infer<typeof SnapshotBilled>;

/** What EC2 says of another AMI that this one was copied or derived from. */
const Watermark = z.strictObject({
  key: z.string(),
  sourceImageId: z.string().nullable(),
  sourceRegion: z.string().nullable(),
});

/** All that is needed to decide about one AMI. */
export const Ami = z.strictObject({
  imageId: z.string().min(1),
  ownerId: AccountId,
  /** EC2's word for an owner that isn't an ordinary account: `aws-backup-vault`. */
  ownerAlias: z.string().nullable(),
  name: z.string(),
  description: z.string(),
  /** EC2's word: available, disabled, pending, failed, … */
  state: z.string(),
  /** EC2's word: machine, kernel or ramdisk. */
  imageType: z.string(),
  createdAt: Timestamp.nullable(),
  /** null: AWS recorded no launch, which it does since April 2017; `unreadable`: it says what is no time. */
  lastLaunchedAt: z.union([Timestamp, z.literal('unreadable')]).nullable(),
  /** From then on EC2 hides it from whom it is shared with. It can be launched all the same. */
  deprecatedAt: Timestamp.nullable(),
  /** Anybody may launch it. */
  isPublic: z.boolean(),
  /** The public parameter of Systems Manager that is about it. */
  publicSsmParameter: z.string().nullable(),
  /** EC2's words: `disabled`, `enabled…`, or `disabled after` a time, as long as that is in its cool-down. */
  deregistrationProtection: z.string().nullable(),
  productCodes: z.array(z.string()),
  sourceImageId: z.string().nullable(),
  sourceImageRegion: z.string().nullable(),
  sourceInstanceId: z.string().nullable(),
  watermarks: z.array(Watermark),
  /** EC2's word: ebs or instance-store. */
  rootDeviceType: z.string(),
  virtualizationType: z.string().nullable(),
  bootMode: z.string().nullable(),
  architecture: z.string().nullable(),
  platform: z.string().nullable(),
  tags: z.record(z.string(), z.string()),
  snapshots: z.array(AmiSnapshot),
  /** By snapshot id, of those that are there; null: nobody asked, or nobody answered. */
  billed: z.record(z.string(), SnapshotBilled).nullable(),
  /** null: it is of none. */
  family: Family.nullable(),
  usedBy: UsedBy,
  /** Account ids, ARNs of organizations and their units, and `all`; null: not looked at. */
  sharedWith: z.array(z.string()).nullable(),
  /** EC2's word for whether Allowed AMIs hides some in this account and Region; null: it didn't say. */
  allowedAmis: z.string().nullable(),
  /** References that couldn't be listed to their end; nothing of them is in these facts. */
  incompleteReferences: z.array(ReferenceName),
  /** References that the policy switched off. */
  notLookedAt: z.array(ReferenceName),
  /** References of services that AWS says the Region doesn't have: nothing there names an AMI. */
  notOffered: z.array(ReferenceName).default([]),
});
export type Ami = z.infer<typeof Ami>;

/** EC2's words for one that was never made, or can't be used any more. */
const FAILED_STATES = new Set(['failed', 'error', 'invalid']);

export function isFailed({ state }: Pick<Ami, 'state'>): boolean {
  return FAILED_STATES.has(state);
}
