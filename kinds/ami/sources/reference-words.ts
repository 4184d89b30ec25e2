import type { ReferenceName, REASON_BY_REFERENCE } from './names.ts';

/** What each reason of a reference says of an AMI, the end of a sentence. */
export const REFERENCE_WORDS: Readonly<
  Record<(typeof REASON_BY_REFERENCE)[ReferenceName], string>
> = {
  USED_BY_INSTANCE: 'an instance was launched from it',
  USED_BY_LAUNCH_TEMPLATE: 'a launch template names it',
  USED_BY_LAUNCH_CONFIGURATION: 'a launch configuration names it',
  USED_BY_AUTO_SCALING: 'an Auto Scaling group names it',
  USED_BY_FLEET: 'a fleet names it',
  USED_BY_SPOT_REQUEST: 'a Spot request names it',
  FAST_LAUNCH_ENABLED: 'fast launch is enabled for it',
  BEING_EXPORTED: 'somebody is exporting or storing it',
  USED_BY_SSM_PARAMETER: 'a parameter of Systems Manager names it',
  USED_BY_IMAGE_BUILDER: 'EC2 Image Builder names it',
  USED_BY_BATCH: 'AWS Batch names it',
  USED_BY_ELASTIC_BEANSTALK: 'Elastic Beanstalk names it',
  USED_BY_EMR: 'a cluster of EMR names it',
  USED_BY_CODEBUILD: 'a fleet of CodeBuild names it',
  USED_BY_SAGEMAKER: 'a cluster of SageMaker names it',
  USED_BY_PCS: 'a node group of Parallel Computing Service names it',
  USED_BY_RDS_CUSTOM: 'a version of RDS Custom names it',
  SHARED: 'it is shared with others',
};

/** What names it, of each source that may tell of another account: "launch template". */
export const SOURCE_NOUNS: Readonly<Partial<Record<ReferenceName, string>>> = {
  instances: 'instance',
  'launch-templates': 'launch template',
  'launch-template-parameters': 'launch template',
  'launch-configurations': 'launch configuration',
  'auto-scaling-groups': 'Auto Scaling group',
  'instance-refreshes': 'instance refresh',
  'spot-fleets': 'Spot fleet',
  'ec2-fleets': 'EC2 fleet',
  'spot-requests': 'Spot request',
  'ssm-parameters': 'parameter of Systems Manager',
  'image-builder-recipes': 'recipe of EC2 Image Builder',
  'image-builder-container-recipes': 'container recipe of EC2 Image Builder',
  'batch-compute-environments': 'compute environment of AWS Batch',
};
