import type { MetricDataResult } from '@aws-sdk/client-cloudwatch';
import type {
  Instance,
  Image,
  ReplaceRootVolumeTask,
  Snapshot,
  Volume,
  VolumeAttachment,
  VolumeModification,
} from '@aws-sdk/client-ec2';
import {
  decides,
  type FieldsOf,
  isShown,
  type ListingFields,
  saysNothing,
} from '../listing-fields.ts';

const VOLUME = {
  ...decides('which one; IN_USE, NOT_READY, VOLUME_FAILED', 'VolumeId', 'State', 'Attachments'),
  ...decides('age', 'CreateTime'),
  ...decides('MULTI_ATTACH: it is meant for several', 'MultiAttachEnabled'),
  ...decides('MANAGED_BY_AWS_SERVICE', 'Operator'),
  ...decides('BEING_COPIED, as long as the copy is made', 'SourceVolumeId'),
  ...decides('ON_OUTPOST: its price and bin are not proved', 'OutpostArn'),
  ...decides('IN_LOCAL_ZONE: price and bin are not proved', 'AvailabilityZone'),
  ...decides('protection, managers, clusters', 'Tags'),
  ...isShown('size and cost', 'Size', 'VolumeType', 'Iops', 'Throughput'),
  ...isShown('encrypted, and with which key', 'Encrypted', 'KmsKeyId'),
  ...isShown('what it was made from', 'SnapshotId'),
  ...saysNothing('the same as another field that is read', 'AvailabilityZoneId', 'VolumeArn'),
  ...saysNothing('only the own volumes are listed', 'OwnerId'),
  ...saysNothing('how it was made', 'FastRestored', 'VolumeInitializationRate'),
  ...saysNothing('AWS has it for later', 'SseType'),
} satisfies FieldsOf<Volume>;

const ATTACHMENT = {
  ...decides('that something has it; which ones to see in CloudWatch', 'InstanceId', 'State'),
  ...decides('which ones have long been attached, to see in CloudWatch', 'AttachTime'),
  ...isShown('what has it', 'AssociatedResource', 'InstanceOwningService'),
  ...saysNothing('the same as another field that is read', 'VolumeId'),
  ...saysNothing('where on the instance', 'Device', 'EbsCardIndex'),
  ...saysNothing('any attachment counts', 'DeleteOnTermination'),
} satisfies FieldsOf<VolumeAttachment>;

const INSTANCE = {
  ...decides('which one, and its volumes', 'InstanceId', 'BlockDeviceMappings'),
  ...decides('whether it runs, and so its volumes show in CloudWatch', 'State'),
} satisfies Partial<FieldsOf<Instance>>;

const MODIFICATION = {
  ...decides('BEING_MODIFIED: which one', 'VolumeId', 'ModificationState'),
  ...saysNothing(
    'what is changed, and how far it is: any change counts',
    ...(['StatusMessage', 'TargetSize', 'TargetIops', 'TargetVolumeType'] as const),
    ...(['TargetThroughput', 'TargetMultiAttachEnabled', 'OriginalSize'] as const),
    ...(['OriginalIops', 'OriginalVolumeType', 'OriginalThroughput'] as const),
    ...(['OriginalMultiAttachEnabled', 'Progress', 'StartTime', 'EndTime', 'Operator'] as const),
  ),
} satisfies FieldsOf<VolumeModification>;

const ROOT_REPLACEMENT = {
  ...decides('FALLBACK_ROOT_VOLUME: when it was replaced', 'StartTime', 'CompleteTime'),
  ...decides('whether the old volume stays', 'DeleteReplacedRootVolume'),
  ...isShown('which replacement, of which instance', 'ReplaceRootVolumeTaskId', 'InstanceId'),
  ...saysNothing('one that failed may leave a volume too', 'TaskState'),
  ...saysNothing('what the new volume is made of', 'ImageId', 'SnapshotId', 'Tags'),
} satisfies FieldsOf<ReplaceRootVolumeTask>;

const METRIC = {
  ...decides('the last day that something had it', 'Id', 'Timestamps'),
  ...decides('whether the answer is whole', 'StatusCode'),
  ...saysNothing('any datapoint counts', 'Values', 'Label', 'Messages'),
} satisfies FieldsOf<MetricDataResult>;

const SNAPSHOT = {
  ...decides('which one, of which volume; whose it is', 'SnapshotId', 'VolumeId', 'OwnerId'),
  ...decides(
    'whether it is a copy by now: all of it, from after the last use',
    'State',
    'StartTime',
  ),
  ...decides("whether it stays: the marker, managers, a final copy's last day", 'Tags'),
  ...decides('whether it was made for an AMI', 'Description'),
  ...saysNothing('a snapshot of the volume has all of it', 'VolumeSize', 'FullSnapshotSizeInBytes'),
  ...saysNothing('of own snapshots there is none', 'OwnerAlias'),
  ...saysNothing('a copy of what is on no Outpost and in no Local Zone', 'OutpostArn'),
  ...saysNothing('a copy of what is on no Outpost and in no Local Zone', 'AvailabilityZone'),
  ...saysNothing(
    'how it is stored: an archived one is a copy too',
    ...(['StorageTier', 'RestoreExpiryTime', 'Encrypted', 'KmsKeyId'] as const),
    ...(['DataEncryptionKeyId', 'SseType'] as const),
  ),
  ...saysNothing(
    'how far it is, and why it failed: State tells whether it is done',
    ...(['Progress', 'StateMessage', 'TransferType'] as const),
    ...(['CompletionDurationMinutes', 'CompletionTime'] as const),
  ),
} satisfies FieldsOf<Snapshot>;

const IMAGE = {
  ...decides('which snapshots go with it', 'BlockDeviceMappings'),
} satisfies Partial<FieldsOf<Image>>;

/** Everything that is listed for a volume, and what is made of each field. */
export const LISTINGS: readonly ListingFields[] = [
  { operation: 'ec2:DescribeVolumes', fields: VOLUME },
  { operation: 'ec2:DescribeVolumes, Attachments', fields: ATTACHMENT },
  { operation: 'ec2:DescribeInstances', fields: INSTANCE },
  { operation: 'ec2:DescribeVolumesModifications', fields: MODIFICATION },
  { operation: 'ec2:DescribeReplaceRootVolumeTasks', fields: ROOT_REPLACEMENT },
  { operation: 'cloudwatch:GetMetricData', fields: METRIC },
  { operation: 'ec2:DescribeSnapshots', fields: SNAPSHOT },
  { operation: 'ec2:DescribeImages', fields: IMAGE },
];
