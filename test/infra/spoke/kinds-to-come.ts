import type { Grant, Granted } from '../../../kinds/grant.ts';

/**
 * What the kinds to come will need, as far as it was written down for each of them: test data, so
 * that the policies are known to have room before a kind is built. Where a kind will be narrowed by
 * something else than the marker (an image by its repository's tag, a new snapshot by what makes it),
 * the marker stands here: it is as long.
 */
export const KINDS_TO_COME: readonly Granted[] = [
  {
    kind: 'ebs-volume',
    iam: {
      discover: reads(
        'ec2:DescribeInstances DescribeVolumes DescribeVolumesModifications DescribeSnapshots',
        'ec2:DescribeReplaceRootVolumeTasks ListVolumesInRecycleBin GetManagedResourceVisibility',
        'rbin:ListRules GetRule',
        'cloudwatch:GetMetricData',
        'compute-optimizer:GetIdleRecommendations',
        'drs:DescribeRecoveryInstances',
        'ecs:ListClusters ListServices DescribeServices',
        'eks:ListClusters',
      ),
      remove: [
        ...marked('ec2:CreateTags', 'ec2:DeleteVolume', 'ec2:*:*:volume/*'),
        // A last copy of it, made first.
        removes('ec2:CreateSnapshot', 'ec2:*:*:volume/*'),
        marks('ec2:CreateSnapshot', 'ec2:*::snapshot/*'),
        marks('ec2:CreateTags', 'ec2:*::snapshot/*'),
      ],
      restore: [
        ...reads('ec2:DescribeVolumes DescribeSnapshots ListVolumesInRecycleBin'),
        bringsBack('ec2:RestoreVolumeFromRecycleBin CreateVolume', 'ec2:*:*:volume/*'),
        protects('ec2:CreateTags', 'ec2:*:*:volume/*'),
      ],
    },
    managerTagKeys: [
      'AWSApplicationMigrationServiceManaged',
      'AWSElasticDisasterRecoveryManaged',
      'AWSElasticDisasterRecoverySourceServerID',
      'AmazonECSCreated',
      'AmazonECSManaged',
      'CSIVolumeName',
      'KubernetesCluster',
      'aws:backup:source-resource',
      'ebs.csi.aws.com/cluster',
      'ebs.csi.aws.com/cluster-name',
      'eks:eks-cluster-name',
      'exclude-from-compute-optimizer-automation',
      'kubernetes.io/created-for/pv/name',
      'kubernetes.io/created-for/pvc/name',
      'kubernetes.io/created-for/pvc/namespace',
    ],
  },
  {
    kind: 'ami',
    iam: {
      discover: reads(
        'ec2:DescribeImages DescribeImageAttribute DescribeImageReferences DescribeInstances',
        'ec2:DescribeLaunchTemplates DescribeLaunchTemplateVersions ListImagesInRecycleBin',
        'ec2:DescribeSpotFleetRequests DescribeSpotInstanceRequests DescribeFleets',
        'ec2:DescribeFastLaunchImages DescribeExportImageTasks DescribeStoreImageTasks',
        'ec2:GetAllowedImagesSettings',
        'rbin:ListRules GetRule',
        'autoscaling:DescribeLaunchConfigurations DescribeAutoScalingGroups',
        'autoscaling:DescribeInstanceRefreshes',
        'ssm:DescribeParameters GetParameters GetParameterHistory',
        'imagebuilder:ListImageRecipes GetImageRecipe ListContainerRecipes GetContainerRecipe',
        'imagebuilder:ListImages GetImage ListLifecyclePolicies',
        'batch:DescribeComputeEnvironments',
        'codebuild:ListFleets BatchGetFleets',
        'eks:ListClusters ListNodegroups DescribeNodegroup',
        'elasticbeanstalk:DescribeEnvironments DescribeConfigurationSettings',
        'elasticbeanstalk:DescribePlatformVersion',
        'elasticmapreduce:ListClusters DescribeCluster ListInstanceGroups ListInstanceFleets',
        'pcs:ListClusters ListComputeNodeGroups GetComputeNodeGroup',
        'rds:DescribeDBEngineVersions',
        'sagemaker:ListClusters DescribeCluster',
      ),
      remove: [
        ...marked('ec2:CreateTags', 'ec2:DeregisterImage', 'ec2:*::image/*'),
        removes('ec2:DisableImage', 'ec2:*::image/*'),
      ],
      restore: [
        ...reads('ec2:DescribeImages ListImagesInRecycleBin'),
        bringsBack('ec2:RestoreImageFromRecycleBin EnableImage', 'ec2:*::image/*'),
        protects('ec2:CreateTags', 'ec2:*::image/*'),
      ],
    },
    managerTagKeys: [
      'AWSBackupManagedResource',
      'aws:backup:source-resource',
      'aws:dlm:lifecycle-policy-id',
      'aws:dlm:lifecycle-schedule-name',
      'dlm:managed',
    ],
  },
  {
    kind: 'elastic-ip',
    iam: {
      discover: reads(
        'ec2:DescribeAddresses DescribeAddressesAttribute DescribeAddressTransfers',
        'ec2:DescribeNatGateways DescribeNetworkInterfaces DescribeInstances',
        'ec2:DescribeSecurityGroupRules DescribeManagedPrefixLists GetManagedPrefixListEntries',
        'cloudtrail:LookupEvents',
        'elasticloadbalancing:DescribeLoadBalancers',
        'evs:ListEnvironments ListEnvironmentVlans',
        'globalaccelerator:ListAccelerators ListListeners ListEndpointGroups',
        'medialive:ListInputs',
        'redshift:DescribeClusters',
        'route53:ListHostedZones ListResourceRecordSets',
        'shield:ListProtections',
        'transfer:ListServers DescribeServer',
        'wafv2:ListIPSets GetIPSet',
      ),
      remove: marked('ec2:CreateTags', 'ec2:ReleaseAddress', 'ec2:*:*:elastic-ip/*'),
      restore: [
        ...reads('ec2:DescribeAddresses'),
        bringsBack('ec2:AllocateAddress', 'ec2:*:*:elastic-ip/*'),
        protects('ec2:CreateTags', 'ec2:*:*:elastic-ip/*'),
      ],
    },
    managerTagKeys: [
      'KubernetesCluster',
      'aws:cloudformation:stack-id',
      'aws:cloudformation:stack-name',
      'eks:eks-cluster-name',
    ],
  },
  {
    kind: 'ecr-repository',
    iam: {
      discover: reads(
        'ecr:DescribeRepositories DescribeImages ListTagsForResource GetLifecyclePolicy',
        'ecr:GetRepositoryPolicy DescribePullThroughCacheRules DescribeRegistry',
        'ecr:DescribeRepositoryCreationTemplates',
        'cloudwatch:GetMetricData',
        'codebuild:ListProjects BatchGetProjects',
        'codepipeline:ListPipelines GetPipeline',
        'ecs:ListTaskDefinitionFamilies DescribeTaskDefinition',
        'imagebuilder:ListContainerRecipes GetContainerRecipe',
        'lambda:ListFunctions GetFunction',
      ),
      remove: marked('ecr:TagResource', 'ecr:DeleteRepository', 'ecr:*:*:repository/*'),
      restore: [
        ...reads('ecr:DescribeRepositories'),
        bringsBack(
          'ecr:CreateRepository PutLifecyclePolicy SetRepositoryPolicy',
          'ecr:*:*:repository/*',
        ),
        protects('ecr:TagResource', 'ecr:*:*:repository/*'),
      ],
    },
    managerTagKeys: ['aws:cloudformation:stack-name'],
  },
  {
    kind: 'ecr-image',
    iam: {
      discover: reads(
        'ecr:DescribeRepositories DescribeImages ListTagsForResource BatchGetImage',
        'ecr:GetRepositoryPolicy GetLifecyclePolicy GetLifecyclePolicyPreview DescribeRegistry',
        'ecr:DescribePullThroughCacheRules DescribeRepositoryCreationTemplates',
        'ecr:ListPullTimeUpdateExclusions GetAccountSetting',
        'ecs:ListClusters ListTasks DescribeTasks ListServices DescribeServices',
        'ecs:DescribeServiceRevisions ListServiceDeployments ListTaskDefinitionFamilies',
        'ecs:DescribeTaskDefinition ListDaemons DescribeDaemonRevisions',
        'apprunner:ListServices DescribeService',
        'batch:DescribeJobDefinitions DescribeJobQueues ListJobs',
        'codebuild:ListProjects BatchGetProjects',
        'codepipeline:ListPipelines GetPipeline',
        'eks:ListClusters',
        'events:ListEventBuses ListRules ListTargetsByRule',
        'inspector2:ListCoverage',
        'lambda:ListFunctions GetFunction',
        'sagemaker:ListModels DescribeModel ListImages ListImageVersions DescribeImageVersion',
        'sagemaker:ListTrainingJobs DescribeTrainingJob ListProcessingJobs DescribeProcessingJob',
        'scheduler:ListSchedules GetSchedule',
        'states:ListStateMachines DescribeStateMachine',
      ),
      // An image has no tags of its own: its repository's stand for it.
      remove: [
        removes('ecr:UpdateImageStorageClass', 'ecr:*:*:repository/*'),
        removes('ecr:BatchDeleteImage', 'ecr:*:*:repository/*'),
      ],
      restore: [
        ...reads('ecr:DescribeImages'),
        bringsBack('ecr:UpdateImageStorageClass', 'ecr:*:*:repository/*'),
      ],
    },
    managerTagKeys: ['aws:cloudformation:stack-name'],
  },
  {
    kind: 'ecs-cluster',
    iam: {
      discover: reads(
        'ecs:ListClusters DescribeClusters ListDaemons DescribeCapacityProviders',
        'cloudwatch:GetMetricData',
        'events:ListEventBuses ListRules ListTargetsByRule',
        'scheduler:ListSchedules GetSchedule',
        'states:ListStateMachines DescribeStateMachine',
      ),
      remove: marked('ecs:TagResource', 'ecs:DeleteCluster', 'ecs:*:*:cluster/*'),
      restore: [
        ...reads('ecs:DescribeClusters'),
        bringsBack('ecs:CreateCluster PutClusterCapacityProviders', 'ecs:*:*:cluster/*'),
        protects('ecs:TagResource', 'ecs:*:*:cluster/*'),
      ],
    },
    managerTagKeys: ['aws:cloudformation:stack-name'],
  },
  {
    kind: 'ecs-service',
    iam: {
      discover: reads(
        'ecs:ListClusters ListServices DescribeServices ListServicesByNamespace',
        'application-autoscaling:DescribeScalableTargets DescribeScheduledActions',
        'application-autoscaling:DescribeScalingPolicies',
        'cloudwatch:GetMetricData',
        'codedeploy:ListApplications ListDeploymentGroups BatchGetDeploymentGroups',
        'compute-optimizer:GetIdleRecommendations',
        'elasticloadbalancing:DescribeTargetGroups',
        'events:ListEventBuses ListRules ListTargetsByRule',
        'scheduler:ListSchedules GetSchedule',
        'states:ListStateMachines DescribeStateMachine',
      ),
      remove: [
        ...marked('ecs:TagResource', 'ecs:DeleteService', 'ecs:*:*:service/*/*'),
        removes('ecs:UpdateService', 'ecs:*:*:service/*/*'),
      ],
      restore: [
        ...reads('ecs:DescribeServices'),
        bringsBack('ecs:UpdateService CreateService', 'ecs:*:*:service/*/*'),
        protects('ecs:TagResource', 'ecs:*:*:service/*/*'),
      ],
    },
    managerTagKeys: ['Schedule', 'aws:cloudformation:stack-name', 'maid_offhours'],
  },
  {
    kind: 'eks-cluster',
    iam: {
      discover: reads(
        'eks:ListClusters DescribeCluster ListNodegroups DescribeNodegroup ListFargateProfiles',
        'eks:DescribeFargateProfile ListCapabilities DescribeClusterVersions ListAddons',
        'autoscaling:DescribeAutoScalingGroups',
        'cloudwatch:GetMetricData',
        'ec2:DescribeInstances',
      ),
      remove: [],
      restore: [],
    },
    managerTagKeys: [],
  },
  {
    kind: 'cloudfront-distribution',
    iam: {
      discover: reads(
        'cloudfront:ListDistributions GetDistributionConfig ListTagsForResource',
        'cloudfront:ListDistributionTenants ListContinuousDeploymentPolicies',
        'cloudwatch:GetMetricData',
        'pricingplanmanager:ListSubscriptions',
        'route53:ListHostedZones ListResourceRecordSets',
      ),
      remove: [
        ...marked(
          'cloudfront:TagResource',
          'cloudfront:DeleteDistribution',
          'cloudfront::*:distribution/*',
        ),
        removes('cloudfront:UpdateDistribution', 'cloudfront::*:distribution/*'),
      ],
      restore: [
        ...reads('cloudfront:GetDistributionConfig'),
        bringsBack('cloudfront:UpdateDistribution', 'cloudfront::*:distribution/*'),
        protects('cloudfront:TagResource', 'cloudfront::*:distribution/*'),
      ],
    },
    managerTagKeys: ['aws:cloudformation:stack-name'],
  },
  {
    kind: 'cloudfront-dangling-origin',
    iam: {
      discover: reads(
        'cloudfront:ListDistributions',
        'route53:ListHostedZones ListResourceRecordSets',
        's3:ListAllMyBuckets ListBucket',
      ),
      remove: [],
      restore: [],
    },
    managerTagKeys: [],
  },
  {
    kind: 'load-balancer',
    iam: {
      discover: reads(
        'elasticloadbalancing:DescribeLoadBalancers DescribeLoadBalancerAttributes DescribeTags',
        'elasticloadbalancing:DescribeListeners DescribeRules DescribeTargetGroups',
        'elasticloadbalancing:DescribeTargetHealth',
        'apigateway:GET',
        'cloudfront:ListDistributions',
        'cloudwatch:GetMetricData',
        'ec2:DescribeInstances DescribeVpcEndpointServiceConfigurations',
        'eks:ListClusters',
        'globalaccelerator:ListAccelerators ListListeners ListEndpointGroups',
        'route53:ListHostedZones ListResourceRecordSets',
      ),
      remove: marked(
        'elasticloadbalancing:AddTags',
        'elasticloadbalancing:DeleteLoadBalancer',
        'elasticloadbalancing:*:*:loadbalancer/*',
      ),
      restore: [],
    },
    managerTagKeys: [
      'KubernetesCluster',
      'aws:cloudformation:stack-name',
      'eks:eks-cluster-name',
      'elasticbeanstalk:environment-id',
      'elbv2.k8s.aws/cluster',
      'ingress.k8s.aws/cluster',
      'ingress.k8s.aws/stack',
      'service.k8s.aws/stack',
    ],
  },
];

/** `service:One Two` for `service:One` and `service:Two`. */
function actionsIn(text: string): string[] {
  const [service = '', names = ''] = text.split(':');
  return names.split(' ').map((name) => `${service}:${name}`);
}

function reads(...texts: readonly string[]): Grant[] {
  return [{ does: 'READ', actions: texts.flatMap(actionsIn) }];
}

function marked(mark: string, remove: string, resource: string): Grant[] {
  return [marks(mark, resource), removes(remove, resource)];
}

function marks(action: string, resource: string): Grant {
  return { does: 'MARK', actions: [action], resource };
}

function removes(action: string, resource: string): Grant {
  return { does: 'REMOVE', actions: [action], resource };
}

function bringsBack(actions: string, resource: string): Grant {
  return { does: 'BRING_BACK', actions: actionsIn(actions), resource };
}

function protects(action: string, resource: string): Grant {
  return { does: 'PROTECT', actions: [action], resource };
}
