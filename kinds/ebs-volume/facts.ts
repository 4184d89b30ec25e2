import { z } from 'zod';
import { Timestamp } from '../../core/model/ids.ts';

export const KIND = 'ebs-volume';

/** The question about its snapshots. */
export const SNAPSHOTS_OF_VOLUME = 'snapshots-of-volume';

const Attachment = z.strictObject({
  /** null: attached to something AWS manages, which has no instance to look at. */
  instanceId: z.string().nullable(),
  associatedResource: z.string().nullable(),
  owningService: z.string().nullable(),
  /** EC2's word: attaching, attached, detaching, detached or busy. */
  state: z.string(),
  since: Timestamp.nullable(),
});
export type Attachment = z.infer<typeof Attachment>;

/** The places that could show that a volume is needed, in the order they are told of. */
export const ReferenceName = z.enum([
  'attachments',
  'instances',
  'volume-copies',
  'volume-modifications',
  'root-volume-replacements',
  'volume-metrics',
]);
export type ReferenceName = z.infer<typeof ReferenceName>;

/** Why a volume is kept that something refers to from there. */
export const REASON_BY_REFERENCE = {
  attachments: 'IN_USE',
  instances: 'IN_USE',
  'volume-copies': 'BEING_COPIED',
  'volume-modifications': 'BEING_MODIFIED',
  'root-volume-replacements': 'FALLBACK_ROOT_VOLUME',
  'volume-metrics': 'ATTACHED_LATELY',
} as const satisfies Record<ReferenceName, string>;

/** Who refers to the volume, by where that was seen. */
const UsedBy = z.partialRecord(ReferenceName, z.array(z.string()));
type UsedBy = z.infer<typeof UsedBy>;

/** A replacement that left a root volume behind, of which AWS doesn't say which it is. */
const RootReplacement = z.strictObject({
  taskId: z.string(),
  instanceId: z.string(),
  /** null: AWS doesn't tell. */
  startedAt: Timestamp.nullable(),
  /** null: it goes on. */
  endedAt: Timestamp.nullable(),
});
export type RootReplacement = z.infer<typeof RootReplacement>;

/** What CloudWatch has of a volume: it gets metrics only while something that runs has it. */
const Metrics = z.strictObject({
  /** The first day that was asked for, in UTC. */
  from: z.iso.date(),
  /** The last day with a datapoint; null: none since `from`. */
  lastDay: z.iso.date().nullable(),
  /** Nothing was attached that could show beside it: what came after that day, it doesn't say. */
  isUncontrolled: z.literal(true).optional(),
});

/**
 * - `no-control`: it has nothing, nothing is attached that could show, and the policy takes orgsweep's
 *   own looks.
 * - `not-needed`: the volume failed, and nothing could ever have it.
 */
export const AnswerOfMetrics = z.union([Metrics, z.enum(['no-control', 'not-needed'])]);
export type AnswerOfMetrics = z.infer<typeof AnswerOfMetrics>;

/** A snapshot of the volume, as far as it tells whether it is a copy that stays. */
const VolumeCopy = z.strictObject({
  snapshotId: z.string().min(1),
  /** EC2's word: pending, completed, error, … */
  state: z.string(),
  startedAt: Timestamp.nullable(),
  /** orgsweep's marker is on it. */
  isMarked: z.boolean(),
  /** An AMI names it, or it was made for one: it goes with that. */
  isOfAmi: z.boolean(),
  /** By its tags a service or a product made it, and deletes it when it wants to. */
  isManaged: z.boolean(),
  /** Of which volume it is the final copy, as its tag says; null: of none. */
  finalCopyOf: z.string().nullable(),
  /** The day that its tag names; null: none, or nobody can read it. */
  keepUntil: z.iso.date().nullable(),
});
export type VolumeCopy = z.infer<typeof VolumeCopy>;

/** All that is needed to decide about one EBS volume. */
export const EbsVolume = z.strictObject({
  volumeId: z.string().min(1),
  /** EC2's word: creating, available, in-use or error. */
  state: z.string(),
  createdAt: Timestamp.nullable(),
  /** EC2's word: gp3, io2, st1, … */
  type: z.string(),
  sizeGiB: z.number(),
  /** null: AWS doesn't tell any for the type. */
  iops: z.number().nullable(),
  throughputMiBps: z.number().nullable(),
  attachments: z.array(Attachment),
  isMultiAttach: z.boolean(),
  /** The AWS service that manages it; null: none. */
  managedBy: z.string().nullable(),
  encrypted: z.boolean(),
  kmsKeyId: z.string().nullable(),
  snapshotId: z.string().nullable(),
  /** The volume that it is being copied, or was copied, from. */
  sourceVolumeId: z.string().nullable(),
  availabilityZone: z.string().nullable(),
  /** Of a volume that is stored on an Outpost; null: in the Region. */
  outpostArn: z.string().nullable(),
  tags: z.record(z.string(), z.string()),
  usedBy: UsedBy,
  /** Whether an instance that runs has it; it is looked at only where something is unattached. */
  isOnRunningInstance: z.boolean(),
  /** Those that may have left it behind, by when it was made. */
  rootReplacements: z.array(RootReplacement),
  /** null: CloudWatch wasn't asked, or gave no answer that proves anything. */
  metrics: AnswerOfMetrics.nullable(),
  /** The snapshots of it; null: nobody asked, or nobody answered. */
  copies: z.array(VolumeCopy).nullable(),
  /** References that couldn't be listed to their end; nothing of them is in these facts. */
  incompleteReferences: z.array(ReferenceName),
});
export type EbsVolume = z.infer<typeof EbsVolume>;
