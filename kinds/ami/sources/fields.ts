import type {
  AutoScalingGroup,
  InstanceRefresh,
  LaunchConfiguration,
  LaunchTemplateOverrides,
} from '@aws-sdk/client-auto-scaling';
import type {
  DescribeFastLaunchImagesSuccessItem,
  ExportImageTask,
  FleetData,
  FleetLaunchTemplateOverrides,
  Instance,
  LaunchSpecification,
  ResponseLaunchTemplateData,
  SpotFleetLaunchSpecification,
  SpotFleetRequestConfig,
  SpotInstanceRequest,
  StoreImageTaskResult,
} from '@aws-sdk/client-ec2';
import { decides, type FieldsOf, type ListingFields, saysNothing } from '../../listing-fields.ts';

const HOW_IT_RUNS = 'how instances run; whatever it says, the AMI is the same';
const HOW_MUCH = 'how many, when and at which price';
const BY_TEMPLATE = 'a launch template, of which every version is listed';
const OLDER_AMIS = 'kernels and RAM disks, which are always kept';

const INSTANCE = {
  ...decides('USED_BY_INSTANCE: which one, and its AMI', 'InstanceId', 'ImageId'),
  ...decides('whether it is there still', 'State'),
} satisfies Partial<FieldsOf<Instance>>;

const TEMPLATE = {
  ...decides(
    'USED_BY_LAUNCH_TEMPLATE: the AMI, or the parameter that is resolved to it',
    'ImageId',
  ),
  ...saysNothing(OLDER_AMIS, 'KernelId', 'RamDiskId'),
} satisfies Partial<FieldsOf<ResponseLaunchTemplateData>>;

const SPOT_FLEET = {
  ...decides('USED_BY_FLEET: which one', 'SpotFleetRequestId'),
  ...decides('whether it is over', 'SpotFleetRequestState'),
  ...decides(
    'its launch specifications; what names a template goes by that',
    'SpotFleetRequestConfig',
  ),
  ...saysNothing(HOW_MUCH, 'ActivityStatus', 'CreateTime'),
  ...saysNothing('whose it is', 'Tags'),
} satisfies FieldsOf<SpotFleetRequestConfig>;

const LAUNCHED = {
  ...decides('USED_BY_FLEET, USED_BY_SPOT_REQUEST: the AMI', 'ImageId'),
  ...saysNothing(OLDER_AMIS, 'KernelId', 'RamdiskId'),
  ...saysNothing(
    HOW_IT_RUNS,
    ...(['UserData', 'AddressingType', 'BlockDeviceMappings', 'EbsOptimized'] as const),
    ...(['IamInstanceProfile', 'InstanceType', 'KeyName', 'NetworkInterfaces'] as const),
    ...(['Placement', 'SubnetId', 'SecurityGroups', 'Monitoring'] as const),
  ),
} satisfies FieldsOf<LaunchSpecification>;

const LAUNCHED_BY_SPOT_FLEET = {
  ...LAUNCHED,
  ...saysNothing(
    HOW_MUCH,
    ...(['SpotPrice', 'WeightedCapacity', 'TagSpecifications', 'InstanceRequirements'] as const),
  ),
} satisfies FieldsOf<SpotFleetLaunchSpecification>;

const FLEET = {
  ...decides('USED_BY_FLEET: which one', 'FleetId'),
  ...decides('whether it is over', 'FleetState'),
  ...decides('the AMIs of its overrides', 'LaunchTemplateConfigs'),
  ...saysNothing(
    HOW_MUCH,
    ...([
      'ActivityStatus',
      'CreateTime',
      'ClientToken',
      'ExcessCapacityTerminationPolicy',
    ] as const),
    ...(['FulfilledCapacity', 'FulfilledOnDemandCapacity', 'TargetCapacitySpecification'] as const),
    ...(['TerminateInstancesWithExpiration', 'Type', 'ValidFrom', 'ValidUntil'] as const),
    ...(['ReplaceUnhealthyInstances', 'SpotOptions', 'OnDemandOptions'] as const),
    ...(['ReservedCapacityOptions', 'Tags', 'Context'] as const),
  ),
  ...saysNothing('what an instant one launched: the instances are listed', 'Errors', 'Instances'),
} satisfies FieldsOf<FleetData>;

const OVERRIDE = {
  ...decides('the AMI', 'ImageId'),
  ...saysNothing(
    HOW_IT_RUNS,
    ...(['InstanceType', 'MaxPrice', 'SubnetId', 'AvailabilityZone', 'WeightedCapacity'] as const),
    ...(['Priority', 'Placement', 'InstanceRequirements', 'BlockDeviceMappings'] as const),
    'AvailabilityZoneId',
  ),
} satisfies FieldsOf<FleetLaunchTemplateOverrides>;

const SPOT_REQUEST = {
  ...decides('USED_BY_SPOT_REQUEST: which one', 'SpotInstanceRequestId'),
  ...decides('whether it is over', 'State'),
  ...decides('the AMI', 'LaunchSpecification'),
  ...saysNothing('what it launched: the instances are listed', 'InstanceId'),
  ...saysNothing(
    HOW_MUCH,
    ...(['ActualBlockHourlyPrice', 'AvailabilityZoneGroup', 'BlockDurationMinutes'] as const),
    ...(['CreateTime', 'Fault', 'LaunchGroup', 'LaunchedAvailabilityZone', 'SpotPrice'] as const),
    ...(['LaunchedAvailabilityZoneId', 'ProductDescription', 'Status', 'Tags', 'Type'] as const),
    ...(['ValidFrom', 'ValidUntil', 'InstanceInterruptionBehavior'] as const),
  ),
} satisfies FieldsOf<SpotInstanceRequest>;

const FAST_LAUNCH = {
  ...decides('FAST_LAUNCH_ENABLED: of which AMI', 'ImageId'),
  ...decides('what is told of it; in any state somebody asked for it', 'State'),
  ...saysNothing(BY_TEMPLATE, 'LaunchTemplate'),
  ...saysNothing(
    HOW_IT_RUNS,
    ...(['ResourceType', 'SnapshotConfiguration', 'MaxParallelLaunches', 'OwnerId'] as const),
    ...(['StateTransitionReason', 'StateTransitionTime'] as const),
  ),
} satisfies FieldsOf<DescribeFastLaunchImagesSuccessItem>;

const EXPORT = {
  ...decides('BEING_EXPORTED: which AMI', 'ExportImageTaskId', 'ImageId'),
  ...decides('whether it is over', 'Status'),
  ...saysNothing('how far it is', 'Progress', 'StatusMessage', 'Description'),
  ...saysNothing('where it goes, and whose it is', 'S3ExportLocation', 'Tags'),
} satisfies FieldsOf<ExportImageTask>;

const STORE = {
  ...decides('BEING_EXPORTED: which AMI, and where to', 'AmiId', 'Bucket', 'S3objectKey'),
  ...decides('whether it is over', 'StoreTaskState'),
  ...saysNothing('how far it is', 'TaskStartTime', 'ProgressPercentage', 'StoreTaskFailureReason'),
} satisfies FieldsOf<StoreImageTaskResult>;

const GROUP = {
  ...decides('USED_BY_AUTO_SCALING: which group', 'AutoScalingGroupName'),
  ...decides('the AMIs of its overrides', 'MixedInstancesPolicy'),
} satisfies Partial<FieldsOf<AutoScalingGroup>>;

const GROUP_OVERRIDE = {
  ...decides('the AMI', 'ImageId'),
  ...saysNothing(BY_TEMPLATE, 'LaunchTemplateSpecification'),
  ...saysNothing(HOW_IT_RUNS, 'InstanceType', 'WeightedCapacity', 'InstanceRequirements'),
} satisfies FieldsOf<LaunchTemplateOverrides>;

const REFRESH = {
  ...decides(
    'USED_BY_AUTO_SCALING: which refresh of which group',
    ...(['InstanceRefreshId', 'AutoScalingGroupName'] as const),
  ),
  ...decides('whether it is over', 'Status'),
  ...decides('the AMIs that the group is to have', 'DesiredConfiguration'),
  ...saysNothing(
    'how far it is',
    ...(['StatusReason', 'StartTime', 'EndTime', 'PercentageComplete'] as const),
    ...(['InstancesToUpdate', 'ProgressDetails', 'Preferences', 'Strategy'] as const),
  ),
  ...saysNothing('what is rolled back to, which is in the group itself', 'RollbackDetails'),
} satisfies FieldsOf<InstanceRefresh>;

const CONFIGURATION = {
  ...decides('USED_BY_LAUNCH_CONFIGURATION: the AMI', 'LaunchConfigurationName', 'ImageId'),
  ...saysNothing(OLDER_AMIS, 'KernelId', 'RamdiskId'),
} satisfies Partial<FieldsOf<LaunchConfiguration>>;

/**
 * What is made of each field of what EC2 and Auto Scaling list that may name an AMI. What other services
 * answer is read by a schema beside its source.
 */
export const SOURCE_LISTINGS: readonly ListingFields[] = [
  { operation: 'ec2:DescribeInstances', fields: INSTANCE },
  { operation: 'ec2:DescribeLaunchTemplateVersions, LaunchTemplateData', fields: TEMPLATE },
  { operation: 'ec2:DescribeSpotFleetRequests', fields: SPOT_FLEET },
  {
    operation: 'ec2:DescribeSpotFleetRequests, LaunchSpecifications',
    fields: LAUNCHED_BY_SPOT_FLEET,
  },
  { operation: 'ec2:DescribeFleets', fields: FLEET },
  { operation: 'ec2:DescribeFleets, LaunchTemplateConfigs.Overrides', fields: OVERRIDE },
  { operation: 'ec2:DescribeSpotInstanceRequests', fields: SPOT_REQUEST },
  { operation: 'ec2:DescribeSpotInstanceRequests, LaunchSpecification', fields: LAUNCHED },
  { operation: 'ec2:DescribeFastLaunchImages', fields: FAST_LAUNCH },
  { operation: 'ec2:DescribeExportImageTasks', fields: EXPORT },
  { operation: 'ec2:DescribeStoreImageTasks', fields: STORE },
  { operation: 'autoscaling:DescribeAutoScalingGroups', fields: GROUP },
  {
    operation: 'autoscaling:DescribeAutoScalingGroups, LaunchTemplate.Overrides',
    fields: GROUP_OVERRIDE,
  },
  { operation: 'autoscaling:DescribeInstanceRefreshes', fields: REFRESH },
  { operation: 'autoscaling:DescribeLaunchConfigurations', fields: CONFIGURATION },
];
