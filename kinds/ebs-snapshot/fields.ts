import type { Ebs, LaunchConfiguration } from '@aws-sdk/client-auto-scaling';
import type {
  DescribeFastSnapshotRestoreSuccessItem,
  EbsBlockDevice,
  Image,
  ImageRecycleBinInfo,
  Instance,
  LaunchTemplate,
  LaunchTemplateEbsBlockDevice,
  LaunchTemplateVersion,
  LockedSnapshotsInfo,
  ResponseLaunchTemplateData,
  Snapshot,
  SnapshotRecycleBinInfo,
  SnapshotTierStatus,
  Volume,
  VolumeAttachment,
  VolumeRecycleBinInfo,
} from '@aws-sdk/client-ec2';
import type {
  Deployment,
  Service,
  ServiceManagedEBSVolumeConfiguration,
} from '@aws-sdk/client-ecs';
import type { VolumeInfo } from '@aws-sdk/client-storage-gateway';
import {
  decides,
  type FieldsOf,
  isShown,
  type ListingFields,
  saysNothing,
} from '../listing-fields.ts';

const HOW_IT_IS_MADE = 'how volumes or instances are made; whatever it says, the use is the same';
const OF_THE_SAME = 'the same as another field that is read';

const SNAPSHOT = {
  ...decides('whose it is; which one', 'OwnerId', 'SnapshotId'),
  ...decides('the volume it is of: missing, attached, or no real one', 'VolumeId'),
  ...decides('NOT_COMPLETED, and what is in the bin', 'State', 'Progress'),
  ...decides('age and grace; which ones are of one moment', 'StartTime'),
  ...decides('protection, managers, the marker', 'Tags'),
  ...decides('the AMI it was made for: gone, or in the bin; the instance of a set', 'Description'),
  ...decides('ON_OUTPOST: no bin there', 'OutpostArn'),
  ...decides('IN_LOCAL_ZONE: its price and bin are not proved', 'AvailabilityZone'),
  ...decides('RESTORED_FROM_ARCHIVE: somebody is using it', 'RestoreExpiryTime'),
  ...isShown('size and cost', 'VolumeSize', 'FullSnapshotSizeInBytes', 'StorageTier'),
  ...isShown('encrypted, and with which key', 'Encrypted', 'KmsKeyId'),
  ...decides('a copy: what its description says is of elsewhere', 'TransferType'),
  ...isShown('why one failed', 'StateMessage'),
  ...saysNothing('of own snapshots there is none', 'OwnerAlias'),
  ...saysNothing('AWS has it for later', 'SseType'),
  ...saysNothing(
    'of a copy under way, which State tells; of one that is done, when that was',
    'CompletionDurationMinutes',
    'CompletionTime',
  ),
  ...saysNothing('the lineage, which VolumeId tells; copies are kept', 'DataEncryptionKeyId'),
} satisfies FieldsOf<Snapshot>;

const TIER = {
  ...decides('which one', 'SnapshotId'),
  ...isShown('until when it is billed at least', 'ArchivalCompleteTime'),
  ...saysNothing(OF_THE_SAME, 'VolumeId', 'Status', 'OwnerId', 'Tags', 'StorageTier'),
  ...decides(
    'RESTORED_FROM_ARCHIVE, MOVING_TO_ARCHIVE: somebody is using it, or means to keep it',
    'LastTieringOperationStatus',
  ),
  ...decides(
    'whether a restore that is done is long over',
    'LastTieringStartTime',
    'RestoreExpiryTime',
  ),
  ...saysNothing(
    'how far it is, and why one failed',
    'LastTieringProgress',
    'LastTieringOperationStatusDetail',
  ),
} satisfies FieldsOf<SnapshotTierStatus>;

const BIN = {
  ...decides('that it can be restored, and until when', 'SnapshotId', 'RecycleBinExitTime'),
  ...decides('whether it is our removal', 'RecycleBinEnterTime'),
  ...saysNothing('the finding has it', 'Description', 'VolumeId'),
} satisfies FieldsOf<SnapshotRecycleBinInfo>;

const VOLUME = {
  ...decides('which one; whether it is attached', 'VolumeId', 'State', 'Attachments'),
  ...saysNothing(
    'what it was made from: it has its own data; one being made is not looked at',
    'SnapshotId',
  ),
  ...saysNothing(
    HOW_IT_IS_MADE,
    ...(['Iops', 'VolumeType', 'MultiAttachEnabled', 'Throughput', 'Size', 'Encrypted'] as const),
    ...(['KmsKeyId', 'SseType', 'VolumeInitializationRate', 'FastRestored'] as const),
  ),
  ...saysNothing('where it is', 'AvailabilityZone', 'AvailabilityZoneId', 'OutpostArn'),
  ...saysNothing('whose it is: any volume counts', 'Operator', 'OwnerId', 'Tags', 'VolumeArn'),
  ...saysNothing('of the volume it is a copy of, which counts itself', 'SourceVolumeId'),
  ...saysNothing('a volume of any age counts', 'CreateTime'),
} satisfies FieldsOf<Volume>;

const ATTACHMENT = {
  ...decides('who holds the volume', 'InstanceId', 'AssociatedResource'),
  ...isShown('the state, and whose it is', 'State', 'InstanceOwningService'),
  ...saysNothing(OF_THE_SAME, 'VolumeId'),
  ...saysNothing('where on the instance', 'Device', 'EbsCardIndex'),
  ...saysNothing('any attachment counts', 'DeleteOnTermination', 'AttachTime'),
} satisfies FieldsOf<VolumeAttachment>;

const INSTANCE = {
  ...decides('which one, and whether it holds its volumes', 'InstanceId', 'State'),
  ...saysNothing('the volumes tell what they are attached to', 'BlockDeviceMappings'),
  ...saysNothing('the AMI counts itself', 'ImageId', 'ProductCodes'),
  ...saysNothing('why it is in its state', 'StateReason', 'StateTransitionReason'),
  ...saysNothing('whose it is: any instance counts', 'Operator', 'Tags', 'OutpostArn'),
  ...saysNothing(
    'what sort of instance, and how it runs; it names no snapshot',
    ...(['Architecture', 'ClientToken', 'EbsOptimized', 'EnaSupport', 'Hypervisor'] as const),
    ...(['IamInstanceProfile', 'InstanceLifecycle', 'ElasticGpuAssociations'] as const),
    ...(['ElasticInferenceAcceleratorAssociations', 'NetworkInterfaces'] as const),
    ...(['RootDeviceName', 'RootDeviceType', 'SecurityGroups', 'SourceDestCheck'] as const),
    ...(['SpotInstanceRequestId', 'SriovNetSupport', 'VirtualizationType', 'CpuOptions'] as const),
    ...(['CapacityBlockId', 'CapacityReservationId', 'Licenses', 'MetadataOptions'] as const),
    ...(['CapacityReservationSpecification', 'HibernationOptions', 'EnclaveOptions'] as const),
    ...(['BootMode', 'PlatformDetails', 'UsageOperation', 'UsageOperationUpdateTime'] as const),
    ...(['PrivateDnsNameOptions', 'Ipv6Address', 'TpmSupport', 'MaintenanceOptions'] as const),
    ...(['CurrentInstanceBootMode', 'NetworkPerformanceOptions', 'Platform'] as const),
    ...(['SecondaryInterfaces', 'PrivateDnsName', 'PublicDnsName', 'KeyName'] as const),
    ...(['AmiLaunchIndex', 'InstanceType', 'LaunchTime', 'Placement', 'KernelId'] as const),
    ...(['RamdiskId', 'Monitoring', 'SubnetId', 'VpcId', 'PrivateIpAddress'] as const),
    'PublicIpAddress',
  ),
} satisfies FieldsOf<Instance>;

const IMAGE = {
  ...decides('which one, and its snapshots', 'ImageId', 'BlockDeviceMappings'),
  ...saysNothing(
    'an AMI in any state keeps its snapshots: EC2 refuses to delete them',
    ...(['State', 'StateReason', 'DeprecationTime', 'DeregistrationProtection'] as const),
    ...(['LastLaunchedTime', 'ImageAllowed', 'Public', 'ProductCodes', 'CreationDate'] as const),
  ),
  ...saysNothing(
    'what it was made of, which is another AMI',
    ...(['SourceInstanceId', 'SourceImageId', 'SourceImageRegion'] as const),
  ),
  ...saysNothing(
    'what sort of AMI; it names no snapshot',
    ...(['PlatformDetails', 'UsageOperation', 'Description', 'EnaSupport', 'Hypervisor'] as const),
    ...(['ImageOwnerAlias', 'Name', 'RootDeviceName', 'RootDeviceType', 'Tags'] as const),
    ...(['SriovNetSupport', 'VirtualizationType', 'BootMode', 'TpmSupport', 'KernelId'] as const),
    ...(['ImdsSupport', 'FreeTierEligible', 'PublicSsmParameterName', 'ImageWatermarks'] as const),
    ...(['ScanResults', 'InstanceTypeSpecification', 'ImageLocation', 'OwnerId'] as const),
    ...(['Architecture', 'ImageType', 'RamdiskId', 'Platform'] as const),
  ),
} satisfies FieldsOf<Image>;

const DEVICE = {
  ...decides('the snapshot', 'SnapshotId'),
  ...saysNothing(
    HOW_IT_IS_MADE,
    ...(['DeleteOnTermination', 'Iops', 'VolumeSize', 'VolumeType', 'KmsKeyId'] as const),
    ...(['Throughput', 'OutpostArn', 'AvailabilityZone', 'AvailabilityZoneId'] as const),
    ...(['Encrypted', 'VolumeInitializationRate', 'EbsCardIndex'] as const),
  ),
} satisfies FieldsOf<EbsBlockDevice>;

const VOLUME_IN_BIN = {
  ...decides('which one can still be restored', 'VolumeId'),
  ...saysNothing('a volume in the bin counts in any state', 'State', 'CreateTime'),
  ...saysNothing('for how long: any time counts', 'RecycleBinEnterTime', 'RecycleBinExitTime'),
  ...saysNothing('a restored volume has its own data', 'SnapshotId', 'SourceVolumeId'),
  ...saysNothing(
    HOW_IT_IS_MADE,
    ...(['VolumeType', 'Size', 'Iops', 'Throughput', 'OutpostArn', 'Operator'] as const),
    ...(['AvailabilityZone', 'AvailabilityZoneId'] as const),
  ),
} satisfies FieldsOf<VolumeRecycleBinInfo>;

const IMAGE_IN_BIN = {
  ...decides('which one, as the descriptions of its snapshots name it', 'ImageId'),
  ...saysNothing('what people call it', 'Name', 'Description'),
  ...saysNothing('for how long: any time counts', 'RecycleBinEnterTime', 'RecycleBinExitTime'),
} satisfies FieldsOf<ImageRecycleBinInfo>;

const LOCK = {
  ...decides('which one is locked', 'SnapshotId', 'LockState'),
  ...isShown('until when', 'LockExpiresOn'),
  ...saysNothing('the listing has own snapshots', 'OwnerId'),
  ...saysNothing(
    'how it came to be locked; until when it is, is shown',
    ...(['LockDuration', 'CoolOffPeriod', 'CoolOffPeriodExpiresOn', 'LockCreatedOn'] as const),
    'LockDurationStartTime',
  ),
} satisfies FieldsOf<LockedSnapshotsInfo>;

const FAST_RESTORE = {
  ...decides('which one, and whether it is on', 'SnapshotId', 'State'),
  ...isShown('where, and what it costs', 'AvailabilityZone'),
  ...saysNothing(OF_THE_SAME, 'AvailabilityZoneId', 'StateTransitionReason'),
  ...saysNothing('who switched it on: anybody counts', 'OwnerId', 'OwnerAlias'),
  ...saysNothing(
    'since when',
    ...([
      'EnablingTime',
      'OptimizingTime',
      'EnabledTime',
      'DisablingTime',
      'DisabledTime',
    ] as const),
  ),
} satisfies FieldsOf<DescribeFastSnapshotRestoreSuccessItem>;

const TEMPLATE = {
  ...decides('which ones have more versions', 'LaunchTemplateId', 'LatestVersionNumber'),
  ...saysNothing('every version is read', 'DefaultVersionNumber'),
  ...saysNothing('whose it is: any template counts', 'Operator', 'Tags', 'CreatedBy'),
  ...saysNothing('what people call it; its age', 'LaunchTemplateName', 'CreateTime'),
} satisfies FieldsOf<LaunchTemplate>;

const TEMPLATE_VERSION = {
  ...decides('which one, and its snapshots', 'LaunchTemplateId', 'LaunchTemplateData'),
  ...isShown('which version', 'VersionNumber'),
  ...saysNothing('every version counts', 'DefaultVersion', 'CreateTime', 'CreatedBy', 'Operator'),
  ...saysNothing('what people call it', 'LaunchTemplateName', 'VersionDescription'),
} satisfies FieldsOf<LaunchTemplateVersion>;

const TEMPLATE_DATA = {
  ...decides('the snapshots', 'BlockDeviceMappings'),
  ...saysNothing('the AMI counts itself', 'ImageId'),
  ...saysNothing('a program that may name anything; nobody can read it', 'UserData'),
  ...saysNothing(
    'what sort of instance, and how it runs; it names no snapshot',
    ...(['KernelId', 'EbsOptimized', 'IamInstanceProfile', 'NetworkInterfaces'] as const),
    ...(['InstanceType', 'KeyName', 'Monitoring', 'Placement', 'RamDiskId'] as const),
    ...(['DisableApiTermination', 'InstanceInitiatedShutdownBehavior', 'CpuOptions'] as const),
    ...(['TagSpecifications', 'ElasticGpuSpecifications', 'SecurityGroupIds'] as const),
    ...(['ElasticInferenceAccelerators', 'SecurityGroups', 'InstanceMarketOptions'] as const),
    ...(['CreditSpecification', 'CapacityReservationSpecification', 'HibernationOptions'] as const),
    ...(['LicenseSpecifications', 'MetadataOptions', 'EnclaveOptions', 'Operator'] as const),
    ...(['InstanceRequirements', 'PrivateDnsNameOptions', 'MaintenanceOptions'] as const),
    ...(['DisableApiStop', 'NetworkPerformanceOptions', 'SecondaryInterfaces'] as const),
  ),
} satisfies FieldsOf<ResponseLaunchTemplateData>;

const TEMPLATE_DEVICE = {
  ...decides('the snapshot', 'SnapshotId'),
  ...saysNothing(
    HOW_IT_IS_MADE,
    ...(['Encrypted', 'DeleteOnTermination', 'Iops', 'KmsKeyId', 'VolumeSize'] as const),
    ...(['VolumeType', 'Throughput', 'VolumeInitializationRate', 'EbsCardIndex'] as const),
  ),
} satisfies FieldsOf<LaunchTemplateEbsBlockDevice>;

const CONFIGURATION = {
  ...decides('the snapshots', 'BlockDeviceMappings'),
  ...isShown('which one', 'LaunchConfigurationName'),
  ...saysNothing('the AMI counts itself', 'ImageId'),
  ...saysNothing('a program that may name anything; nobody can read it', 'UserData'),
  ...saysNothing(OF_THE_SAME, 'LaunchConfigurationARN'),
  ...saysNothing(
    'what sort of instance, and how it runs; it names no snapshot',
    ...(['KeyName', 'SecurityGroups', 'ClassicLinkVPCId', 'ClassicLinkVPCSecurityGroups'] as const),
    ...(['InstanceType', 'KernelId', 'RamdiskId', 'InstanceMonitoring', 'SpotPrice'] as const),
    ...(['IamInstanceProfile', 'CreatedTime', 'EbsOptimized', 'MetadataOptions'] as const),
    ...(['AssociatePublicIpAddress', 'PlacementTenancy'] as const),
  ),
} satisfies FieldsOf<LaunchConfiguration>;

const CONFIGURATION_DEVICE = {
  ...decides('the snapshot', 'SnapshotId'),
  ...saysNothing(
    HOW_IT_IS_MADE,
    ...(['VolumeSize', 'VolumeType', 'DeleteOnTermination', 'Iops', 'Encrypted'] as const),
    'Throughput',
  ),
} satisfies FieldsOf<Ebs>;

const ECS_SERVICE = {
  ...decides('which one; the volumes of its tasks', 'serviceArn', 'deployments'),
  ...saysNothing(
    'not looked at: its revisions',
    'currentServiceRevisions',
    'currentServiceDeployment',
  ),
  ...saysNothing('task sets have no volumes of their own', 'taskSets'),
  ...saysNothing(
    'a service in any state, of any size, counts',
    ...(['status', 'desiredCount', 'runningCount', 'pendingCount', 'events', 'createdAt'] as const),
  ),
  ...saysNothing(
    'how its tasks run; it names no snapshot',
    ...(['serviceName', 'clusterArn', 'loadBalancers', 'serviceRegistries', 'launchType'] as const),
    ...(['capacityProviderStrategy', 'platformVersion', 'platformFamily'] as const),
    ...(['taskDefinition', 'deploymentConfiguration', 'roleArn', 'placementStrategy'] as const),
    ...(['placementConstraints', 'networkConfiguration', 'schedulingStrategy', 'tags'] as const),
    ...(['healthCheckGracePeriodSeconds', 'deploymentController', 'createdBy'] as const),
    ...(['enableECSManagedTags', 'propagateTags', 'enableExecuteCommand'] as const),
    ...(['availabilityZoneRebalancing', 'resourceManagementType'] as const),
  ),
} satisfies FieldsOf<Service>;

const ECS_DEPLOYMENT = {
  ...decides('the volumes of its tasks', 'volumeConfigurations'),
  ...saysNothing(
    'a deployment in any state counts; the rest says how its tasks run',
    ...([
      'id',
      'status',
      'taskDefinition',
      'desiredCount',
      'pendingCount',
      'runningCount',
    ] as const),
    ...(['failedTasks', 'createdAt', 'updatedAt', 'capacityProviderStrategy'] as const),
    ...(['launchType', 'platformVersion', 'platformFamily', 'networkConfiguration'] as const),
    ...(['rolloutState', 'rolloutStateReason', 'serviceConnectConfiguration'] as const),
    ...([
      'serviceConnectResources',
      'fargateEphemeralStorage',
      'vpcLatticeConfigurations',
    ] as const),
  ),
} satisfies FieldsOf<Deployment>;

const ECS_VOLUME = {
  ...decides('the snapshot', 'snapshotId'),
  ...saysNothing(
    HOW_IT_IS_MADE,
    ...(['encrypted', 'kmsKeyId', 'volumeType', 'sizeInGiB', 'volumeInitializationRate'] as const),
    ...(['iops', 'throughput', 'tagSpecifications', 'roleArn', 'filesystemType'] as const),
  ),
} satisfies FieldsOf<ServiceManagedEBSVolumeConfiguration>;

const GATEWAY_VOLUME = {
  ...decides('which volumes EC2 does not know', 'VolumeId'),
  ...saysNothing(OF_THE_SAME, 'VolumeARN'),
  ...saysNothing(
    'a gateway volume of any sort and state counts',
    ...(['GatewayARN', 'GatewayId', 'VolumeType', 'VolumeSizeInBytes'] as const),
    'VolumeAttachmentStatus',
  ),
} satisfies FieldsOf<VolumeInfo>;

/** Everything that is listed for a snapshot, and what is made of each field. */
export const LISTINGS: readonly ListingFields[] = [
  { operation: 'ec2:DescribeSnapshots', fields: SNAPSHOT },
  { operation: 'ec2:DescribeSnapshotTierStatus', fields: TIER },
  { operation: 'ec2:ListSnapshotsInRecycleBin', fields: BIN },
  { operation: 'ec2:DescribeVolumes', fields: VOLUME },
  { operation: 'ec2:DescribeVolumes, Attachments', fields: ATTACHMENT },
  { operation: 'ec2:DescribeInstances', fields: INSTANCE },
  { operation: 'ec2:DescribeImages', fields: IMAGE },
  { operation: 'ec2:DescribeImages, BlockDeviceMappings.Ebs', fields: DEVICE },
  { operation: 'ec2:ListVolumesInRecycleBin', fields: VOLUME_IN_BIN },
  { operation: 'ec2:ListImagesInRecycleBin', fields: IMAGE_IN_BIN },
  { operation: 'ec2:DescribeLockedSnapshots', fields: LOCK },
  { operation: 'ec2:DescribeFastSnapshotRestores', fields: FAST_RESTORE },
  { operation: 'ec2:DescribeLaunchTemplates', fields: TEMPLATE },
  { operation: 'ec2:DescribeLaunchTemplateVersions', fields: TEMPLATE_VERSION },
  { operation: 'ec2:DescribeLaunchTemplateVersions, LaunchTemplateData', fields: TEMPLATE_DATA },
  {
    operation: 'ec2:DescribeLaunchTemplateVersions, BlockDeviceMappings.Ebs',
    fields: TEMPLATE_DEVICE,
  },
  { operation: 'autoscaling:DescribeLaunchConfigurations', fields: CONFIGURATION },
  {
    operation: 'autoscaling:DescribeLaunchConfigurations, BlockDeviceMappings.Ebs',
    fields: CONFIGURATION_DEVICE,
  },
  { operation: 'ecs:DescribeServices', fields: ECS_SERVICE },
  { operation: 'ecs:DescribeServices, deployments', fields: ECS_DEPLOYMENT },
  { operation: 'ecs:DescribeServices, managedEBSVolume', fields: ECS_VOLUME },
  { operation: 'storagegateway:ListVolumes', fields: GATEWAY_VOLUME },
];
