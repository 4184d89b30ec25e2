import type {
  EbsBlockDevice,
  GetAllowedImagesSettingsResult,
  Image,
  ImageWatermark,
  LaunchPermission,
  Snapshot,
} from '@aws-sdk/client-ec2';
import {
  decides,
  type FieldsOf,
  isShown,
  type ListingFields,
  saysNothing,
} from '../listing-fields.ts';
import { SOURCE_LISTINGS } from './sources/fields.ts';

const IMAGE = {
  ...decides('which one; whose it is', 'ImageId', 'OwnerId'),
  ...decides('AMI_FAILED, NOT_READY, and whether it can take the place of an older one', 'State'),
  ...decides('when it was last launched', 'LastLaunchedTime'),
  ...decides('age; which of a family is newer; whether AWS recorded launches', 'CreationDate'),
  ...decides('its family; that AWS Backup made it', 'Name'),
  ...decides('its family: no build takes the place of one for another processor', 'Architecture'),
  ...decides('protection, managers, the marker; its family, where a tag tells it', 'Tags'),
  ...decides('SHARED: with everybody', 'Public'),
  ...decides('PUBLIC_SSM_PARAMETER', 'PublicSsmParameterName'),
  ...decides('LOCKED', 'DeregistrationProtection'),
  ...decides('HAS_PRODUCT_CODE: it is sold, or was bought', 'ProductCodes'),
  ...decides('MANAGED_BY_AWS_BACKUP', 'ImageOwnerAlias'),
  ...decides('NO_MACHINE_IMAGE', 'ImageType'),
  ...decides('INSTANCE_STORE: its data is in S3', 'RootDeviceType'),
  ...isShown('its snapshots, and so what it costs', 'BlockDeviceMappings'),
  ...isShown('that it is deprecated: it launches as before', 'DeprecationTime'),
  ...isShown(
    'what it was made from, which is no use of it',
    ...(['SourceInstanceId', 'SourceImageId', 'SourceImageRegion', 'ImageWatermarks'] as const),
  ),
  ...isShown(
    'what sort of AMI',
    ...(['Description', 'PlatformDetails', 'Platform', 'VirtualizationType'] as const),
    'BootMode',
  ),
  ...saysNothing('the account allows it or not: its own are shown all the same', 'ImageAllowed'),
  ...saysNothing('why it is in its state', 'StateReason'),
  ...saysNothing(
    'other AMIs that it names, of a sort that is always kept',
    ...(['KernelId', 'RamdiskId'] as const),
  ),
  ...saysNothing(
    'how it runs and is billed',
    ...(['UsageOperation', 'EnaSupport', 'Hypervisor', 'RootDeviceName'] as const),
    ...(['SriovNetSupport', 'TpmSupport', 'ImdsSupport', 'FreeTierEligible'] as const),
    'InstanceTypeSpecification',
  ),
  ...saysNothing('what a scan of it found', 'ScanResults'),
  ...saysNothing('its owner and its name again', 'ImageLocation'),
} satisfies FieldsOf<Image>;

const DEVICE = {
  ...isShown('the snapshot', 'SnapshotId'),
  ...saysNothing(
    'how volumes are made of it',
    ...(['DeleteOnTermination', 'Iops', 'VolumeSize', 'VolumeType', 'KmsKeyId'] as const),
    ...(['Throughput', 'OutpostArn', 'AvailabilityZone', 'AvailabilityZoneId'] as const),
    ...(['Encrypted', 'VolumeInitializationRate', 'EbsCardIndex'] as const),
  ),
} satisfies FieldsOf<EbsBlockDevice>;

const WATERMARK = {
  ...isShown('where it comes from', 'WatermarkKey', 'SourceImageId', 'SourceImageRegion'),
  ...saysNothing('when', 'SourceImageCreationTime', 'WatermarkCreationTime'),
} satisfies FieldsOf<ImageWatermark>;

const PERMISSION = {
  ...decides(
    'SHARED',
    ...(['UserId', 'Group', 'OrganizationArn', 'OrganizationalUnitArn'] as const),
  ),
} satisfies FieldsOf<LaunchPermission>;

const SNAPSHOT = {
  ...isShown(
    'what it costs',
    ...(['SnapshotId', 'OwnerId', 'State', 'VolumeId'] as const),
    ...(['VolumeSize', 'FullSnapshotSizeInBytes', 'StorageTier'] as const),
  ),
} satisfies Partial<FieldsOf<Snapshot>>;

const ALLOWED = {
  ...isShown('whether AMIs may be hidden', 'State'),
  ...saysNothing('which: the own are shown all the same', 'ImageCriteria', 'ManagedBy'),
} satisfies FieldsOf<GetAllowedImagesSettingsResult>;

/** Everything that is listed for an AMI, and what is made of each field. */
export const LISTINGS: readonly ListingFields[] = [
  { operation: 'ec2:DescribeImages', fields: IMAGE },
  { operation: 'ec2:DescribeImages, BlockDeviceMappings.Ebs', fields: DEVICE },
  { operation: 'ec2:DescribeImages, ImageWatermarks', fields: WATERMARK },
  { operation: 'ec2:DescribeImageAttribute, LaunchPermissions', fields: PERMISSION },
  { operation: 'ec2:DescribeSnapshots', fields: SNAPSHOT },
  { operation: 'ec2:GetAllowedImagesSettings', fields: ALLOWED },
  ...SOURCE_LISTINGS,
];
