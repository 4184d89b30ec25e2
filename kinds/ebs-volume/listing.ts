import { tagsOf } from '../ec2/tags.ts';
import type { ListedInstance } from '../listings/instances.ts';
import { instances } from '../listings/instances.ts';
import type { Excerpt, Referrer, Source } from '../listings/listing.ts';
import { type ListedVolume, volumes } from '../listings/volumes.ts';
import type { Attachment, EbsVolume } from './facts.ts';

/** What a volume itself says, without anything that refers to it. */
export type VolumeListed = Omit<
  EbsVolume,
  | 'usedBy'
  | 'isOnRunningInstance'
  | 'rootReplacements'
  | 'metrics'
  | 'copies'
  | 'incompleteReferences'
>;

/** Gone, or about to be: AWS shows them for some minutes. */
const GONE = new Set(['deleting', 'deleted']);

export const VOLUMES: Excerpt<ListedVolume, VolumeListed> = {
  listing: volumes,
  take: (volume) => (GONE.has(volume.State ?? '') ? null : toListed(volume)),
};

interface InstanceWithVolumes extends Referrer {
  readonly isRunning: boolean;
}

/** What instances say of their volumes: the other end of an attachment. */
export const INSTANCES: Source<ListedInstance, 'instances'> &
  Excerpt<ListedInstance, InstanceWithVolumes> = {
  ...{ name: 'instances', skippable: false, crossesAccounts: false, listing: instances },
  take: ({ InstanceId: by, BlockDeviceMappings = [], State }) => ({
    by,
    keys: BlockDeviceMappings.flatMap(({ Ebs }) => Ebs?.VolumeId ?? []),
    isRunning: State?.Name === 'running',
  }),
};

function toListed(volume: ListedVolume): VolumeListed {
  const { Operator: operator, Tags = [], Attachments = [] } = volume;
  return {
    volumeId: volume.VolumeId,
    state: volume.State ?? 'unknown',
    createdAt: toTimestamp(volume.CreateTime),
    type: volume.VolumeType ?? 'unknown',
    sizeGiB: volume.Size ?? 0,
    iops: volume.Iops ?? null,
    throughputMiBps: volume.Throughput ?? null,
    attachments: Attachments.map((one): Attachment => ({
      instanceId: one.InstanceId ?? null,
      associatedResource: one.AssociatedResource ?? null,
      owningService: one.InstanceOwningService ?? null,
      state: one.State ?? 'unknown',
      since: toTimestamp(one.AttachTime),
    })),
    isMultiAttach: volume.MultiAttachEnabled ?? false,
    managedBy: operator?.Managed === true ? (operator.Principal ?? 'an AWS service') : null,
    encrypted: volume.Encrypted ?? false,
    kmsKeyId: volume.KmsKeyId ?? null,
    snapshotId: volume.SnapshotId || null,
    sourceVolumeId: volume.SourceVolumeId || null,
    availabilityZone: volume.AvailabilityZone || null,
    outpostArn: volume.OutpostArn || null,
    tags: tagsOf(Tags),
  };
}

function toTimestamp(time: Date | undefined): string | null {
  return time === undefined || Number.isNaN(time.getTime()) ? null : time.toISOString();
}
