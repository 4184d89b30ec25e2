import { z } from 'zod';

/** Why an AMI is kept that something names from there. */
export const REASON_BY_REFERENCE = {
  instances: 'USED_BY_INSTANCE',
  'launch-templates': 'USED_BY_LAUNCH_TEMPLATE',
  'launch-template-parameters': 'USED_BY_LAUNCH_TEMPLATE',
  'launch-configurations': 'USED_BY_LAUNCH_CONFIGURATION',
  'auto-scaling-groups': 'USED_BY_AUTO_SCALING',
  'instance-refreshes': 'USED_BY_AUTO_SCALING',
  'spot-fleets': 'USED_BY_FLEET',
  'ec2-fleets': 'USED_BY_FLEET',
  'spot-requests': 'USED_BY_SPOT_REQUEST',
  'fast-launch-images': 'FAST_LAUNCH_ENABLED',
  'image-exports': 'BEING_EXPORTED',
  'image-stores': 'BEING_EXPORTED',
  'ssm-parameters': 'USED_BY_SSM_PARAMETER',
  'image-builder-recipes': 'USED_BY_IMAGE_BUILDER',
  'image-builder-container-recipes': 'USED_BY_IMAGE_BUILDER',
  'image-builder-images': 'USED_BY_IMAGE_BUILDER',
  'batch-compute-environments': 'USED_BY_BATCH',
  'elastic-beanstalk-configurations': 'USED_BY_ELASTIC_BEANSTALK',
  'elastic-beanstalk-platforms': 'USED_BY_ELASTIC_BEANSTALK',
  'emr-clusters': 'USED_BY_EMR',
  'codebuild-fleets': 'USED_BY_CODEBUILD',
  'sagemaker-clusters': 'USED_BY_SAGEMAKER',
  'pcs-node-groups': 'USED_BY_PCS',
  'rds-custom-versions': 'USED_BY_RDS_CUSTOM',
  'image-attributes': 'SHARED',
} as const;

/** The places that could name an AMI, in the order they are told of. */
export const ReferenceName = z.enum(
  Object.keys(REASON_BY_REFERENCE) as (keyof typeof REASON_BY_REFERENCE)[],
);
export type ReferenceName = z.infer<typeof ReferenceName>;
