import { PerEstate } from '../../model/per-estate.ts';

/**
 * What can name an AMI in an account and Region, besides instances, launch templates and launch
 * configurations: as its own service tells of it, without all that says nothing of AMIs.
 */
class AmiUsers {
  readonly spotFleets: SimSpotFleet[] = [];
  readonly ec2Fleets: SimEc2Fleet[] = [];
  readonly spotRequests: SimSpotRequest[] = [];
  readonly fastLaunches: SimFastLaunch[] = [];
  readonly exports: SimExport[] = [];
  readonly stores: SimStore[] = [];
  readonly recipes: SimRecipe[] = [];
  readonly containerRecipes: SimContainerRecipe[] = [];
  readonly builtImages: SimBuiltImage[] = [];
  readonly computeEnvironments: SimComputeEnvironment[] = [];
  readonly beanstalkEnvironments: SimBeanstalkConfiguration[] = [];
  readonly beanstalkTemplates: SimBeanstalkConfiguration[] = [];
  readonly beanstalkPlatforms: SimBeanstalkPlatform[] = [];
  readonly emrClusters: SimEmrCluster[] = [];
  readonly codebuildFleets: SimCodebuildFleet[] = [];
  readonly sagemakerClusters: SimSagemakerCluster[] = [];
  readonly pcsClusters: SimPcsCluster[] = [];
  readonly engineVersions: SimEngineVersion[] = [];
}

export const AMI_USERS = new PerEstate(() => new AmiUsers());

interface SimSpotFleet {
  readonly id: string;
  readonly state: string;
  readonly imageIds: readonly string[];
}

interface SimEc2Fleet {
  readonly id: string;
  readonly state: string;
  readonly type: 'maintain' | 'request' | 'instant';
  /** Of its overrides. */
  readonly imageIds: readonly string[];
}

interface SimSpotRequest {
  readonly id: string;
  readonly state: string;
  readonly imageId: string;
}

interface SimFastLaunch {
  readonly imageId: string;
  readonly state: string;
}

interface SimExport {
  readonly taskId: string;
  readonly imageId: string;
  readonly status: string;
}

interface SimStore {
  readonly imageId: string;
  readonly state: string;
}

interface SimRecipe {
  readonly name: string;
  /** An AMI's id, the ARN of an image of Image Builder, or `ssm:` and a parameter. */
  readonly parentImage: string;
}

interface SimContainerRecipe {
  readonly name: string;
  /** Left out: Image Builder takes one of Amazon's. */
  readonly instanceImage?: string;
}

interface SimBuiltImage {
  readonly name: string;
  readonly type: 'AMI' | 'DOCKER';
  /** The AMIs of each build. */
  readonly builds: readonly (readonly string[])[];
}

interface SimComputeEnvironment {
  readonly name: string;
  readonly imageId?: string;
  readonly overrideImageIds?: readonly string[];
}

interface SimBeanstalkConfiguration {
  readonly application: string;
  /** Of the environment, or of the saved configuration. */
  readonly name: string;
  readonly imageId: string;
}

interface SimBeanstalkPlatform {
  readonly name: string;
  readonly imageIds: readonly string[];
}

interface SimEmrCluster {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly customAmiId?: string;
  readonly groupAmiIds?: readonly string[];
  /** Instead of groups. */
  readonly fleetAmiIds?: readonly string[];
}

interface SimCodebuildFleet {
  readonly name: string;
  readonly imageId?: string;
}

interface SimSagemakerCluster {
  readonly name: string;
  readonly currentImageId?: string;
  readonly desiredImageId?: string;
}

interface SimPcsCluster {
  readonly id: string;
  readonly nodeGroups: readonly { readonly id: string; readonly amiId?: string }[];
}

interface SimEngineVersion {
  readonly engine: string;
  /** Whether it is told to whoever doesn't ask for its engine. Left out: it is. */
  readonly isListed?: boolean;
  readonly version: string;
  readonly imageId?: string;
}
