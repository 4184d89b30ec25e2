import type { Grant, Granted } from '../../../kinds/grant.ts';

/** The owner of a repository puts it there: images have no tags of their own. */
const REPOSITORY_TAG = { key: 'orgsweep:sweep-images', value: 'allowed' } as const;

/**
 * What the kinds to come will need, as far as it was written down for each of them: test data, so
 * that the policies are known to have room before a kind is built.
 */
export const KINDS_TO_COME: readonly Granted[] = [
  {
    // AMIs are found by a kind that is there. This is what their removal will need besides.
    kind: 'ami-removal',
    iam: {
      discover: reads(
        'ec2:DescribeImageReferences ListImagesInRecycleBin',
        'rbin:ListRules GetRule',
        'imagebuilder:ListLifecyclePolicies',
      ),
      remove: [
        marks('ec2:CreateTags', 'ec2:*::image/*'),
        removes('ec2:DisableImage', 'ec2:*::image/*', 'disable'),
        {
          ...{ does: 'REMOVE', actions: ['ec2:DeregisterImage'], resource: 'ec2:*::image/*' },
          ...{ unless: [{ key: 'ec2:Public', is: 'TRUE' }], steps: ['deregister'] },
        },
      ],
      restore: [
        ...reads('ec2:DescribeImages ListImagesInRecycleBin'),
        bringsBack('ec2:EnableImage', 'ec2:*::image/*', 'disable'),
        bringsBack('ec2:RestoreImageFromRecycleBin', 'ec2:*::image/*', 'deregister'),
        protects('ec2:CreateTags', 'ec2:*::image/*'),
      ],
    },
    ...markedIn('disable', 'deregister'),
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
    ...markedIn('release'),
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
    ...markedIn('delete'),
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
      remove: [
        removes('ecr:UpdateImageStorageClass', 'ecr:*:*:repository/*', 'archive'),
        removes('ecr:BatchDeleteImage', 'ecr:*:*:repository/*', 'delete'),
      ],
      restore: [
        { does: 'READ', actions: ['ecr:DescribeImages'], steps: ['archive'] },
        bringsBack('ecr:UpdateImageStorageClass', 'ecr:*:*:repository/*', 'archive'),
      ],
    },
    removal: {
      steps: ['archive', 'delete'].map((name) => ({
        ...{ name, fence: { by: 'PARENT_TAG', tag: REPOSITORY_TAG, arnOf: () => '' } as const },
      })),
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
    ...markedIn('delete'),
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
        marks('ecs:TagResource', 'ecs:*:*:service/*/*'),
        removes('ecs:UpdateService', 'ecs:*:*:service/*/*', 'scale-to-zero'),
        removes('ecs:DeleteService', 'ecs:*:*:service/*/*', 'delete'),
      ],
      restore: [
        ...reads('ecs:DescribeServices'),
        bringsBack('ecs:UpdateService', 'ecs:*:*:service/*/*', 'scale-to-zero'),
        bringsBack('ecs:CreateService', 'ecs:*:*:service/*/*', 'delete'),
        protects('ecs:TagResource', 'ecs:*:*:service/*/*'),
      ],
    },
    ...markedIn('scale-to-zero', 'delete'),
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
        marks('cloudfront:TagResource', 'cloudfront::*:distribution/*'),
        removes('cloudfront:UpdateDistribution', 'cloudfront::*:distribution/*', 'disable'),
        removes('cloudfront:DeleteDistribution', 'cloudfront::*:distribution/*', 'delete'),
      ],
      restore: [
        ...reads('cloudfront:GetDistributionConfig'),
        bringsBack('cloudfront:UpdateDistribution', 'cloudfront::*:distribution/*', 'disable'),
        protects('cloudfront:TagResource', 'cloudfront::*:distribution/*'),
      ],
    },
    // It can be tagged, and its requests carry the ETag as well.
    ...markedIn('disable', 'delete'),
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
    ...markedIn('delete'),
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

function removes(action: string, resource: string, ...steps: readonly string[]): Grant {
  return { does: 'REMOVE', actions: [action], resource, ...(steps.length > 0 && { steps }) };
}

function bringsBack(actions: string, resource: string, ...steps: readonly string[]): Grant {
  const of = { ...(steps.length > 0 && { steps }) };
  return { does: 'BRING_BACK', actions: actionsIn(actions), resource, ...of };
}

/** A removal in these steps, each fenced in by the marker. */
function markedIn(...names: readonly string[]): Pick<Granted, 'removal'> {
  return { removal: { steps: names.map((name) => ({ name, fence: { by: 'MARKER' } })) } };
}

function protects(action: string, resource: string): Grant {
  return { does: 'PROTECT', actions: [action], resource };
}
