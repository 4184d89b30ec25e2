import { ec2Fleets } from './ec2/ec2-fleets.ts';
import { fastLaunchImages } from './ec2/fast-launch-images.ts';
import { imageExports } from './ec2/image-exports.ts';
import { imageStores } from './ec2/image-stores.ts';
import { spotFleets } from './ec2/spot-fleets.ts';
import { spotRequests } from './ec2/spot-requests.ts';
import { instances } from './instances.ts';
import { autoScalingGroups } from './launch/auto-scaling-groups.ts';
import { instanceRefreshes } from './launch/instance-refreshes.ts';
import { launchConfigurations } from './launch/launch-configurations.ts';
import { launchTemplateParameters } from './launch/launch-template-parameters.ts';
import { launchTemplates } from './launch/launch-templates.ts';
import { batchComputeEnvironments } from './services/batch.ts';
import { codebuildFleets } from './services/codebuild.ts';
import { elasticBeanstalkConfigurations } from './services/elastic-beanstalk-configurations.ts';
import { elasticBeanstalkPlatforms } from './services/elastic-beanstalk-platforms.ts';
import { emrClusters } from './services/emr.ts';
import { imageBuilderContainerRecipes } from './services/image-builder-container-recipes.ts';
import { imageBuilderImages } from './services/image-builder-images.ts';
import { imageBuilderRecipes } from './services/image-builder-recipes.ts';
import { pcsNodeGroups } from './services/pcs.ts';
import { rdsCustomVersions } from './services/rds.ts';
import { sagemakerClusters } from './services/sagemaker.ts';
import type { AmiSource } from './source.ts';
import { ssmParameters } from './ssm-parameters.ts';

/** Every place that is looked at for names of AMIs. A source that isn't in this list isn't looked at. */
export const SOURCES: readonly AmiSource<unknown>[] = [
  instances,
  launchTemplates,
  launchTemplateParameters,
  launchConfigurations,
  autoScalingGroups,
  instanceRefreshes,
  spotFleets,
  ec2Fleets,
  spotRequests,
  fastLaunchImages,
  imageExports,
  imageStores,
  ssmParameters,
  imageBuilderRecipes,
  imageBuilderContainerRecipes,
  imageBuilderImages,
  batchComputeEnvironments,
  elasticBeanstalkConfigurations,
  elasticBeanstalkPlatforms,
  emrClusters,
  codebuildFleets,
  sagemakerClusters,
  pcsNodeGroups,
  rdsCustomVersions,
];
