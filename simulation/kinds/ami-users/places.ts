import {
  PARAMETERS,
  SCALING_GROUPS,
  SHARED_PARAMETERS,
  type SimScalingGroup,
} from '../../model/launching.ts';
import type { SimEstate } from '../../model/organization.ts';
import { idCodec } from '../../population/resource-ids.ts';
import { hashKey } from '../../population/hash.ts';
import { AMI_USERS } from './state.ts';

/** A place that names an AMI, and why such an AMI is kept: written down, never computed. */
export interface SimPlace {
  readonly reason: string;
  /** Has it name an AMI. @param number tells it from others of its kind in the estate */
  put(estate: SimEstate, imageId: string, number: number): void;
}

/** Each of them is all that keeps some AMI. */
export const PLACES = {
  'template-unattached': {
    reason: 'USED_BY_LAUNCH_TEMPLATE',
    put: (estate, imageId, number) =>
      putTemplate(estate, { name: `console-made-${number}`, imageIds: [imageId, null, null] }),
  },
  'template-by-parameter': {
    reason: 'USED_BY_LAUNCH_TEMPLATE',
    put: (estate, imageId, number) => {
      // Of another account: only EC2 tells what it has, and the label is on an older version.
      const name = `arn:aws:ssm:${estate.region}:210000000099:parameter/golden/shared-${number}`;
      SHARED_PARAMETERS.of(estate).set(name, {
        ...{ name, type: 'String', dataType: 'aws:ec2:image' },
        versions: [{ value: imageId, labels: ['prod'] }, { value: 'ami-0123456789abcdef0' }],
      });
      putTemplate(estate, {
        name: `by-parameter-${number}`,
        imageIds: [`resolve:ssm:${name}:prod`],
      });
    },
  },
  'launch-configuration': {
    reason: 'USED_BY_LAUNCH_CONFIGURATION',
    put: (estate, imageId, number) =>
      estate.putLaunchConfiguration({ name: `unattached-${number}`, imageId, snapshotIds: [] }),
  },
  'group-override': {
    reason: 'USED_BY_AUTO_SCALING',
    put: (estate, imageId, number) =>
      putGroup(estate, { name: `mixed-${number}`, overrideImageIds: [imageId], refreshes: [] }),
  },
  'instance-refresh': {
    reason: 'USED_BY_AUTO_SCALING',
    put: (estate, imageId, number) =>
      putGroup(estate, {
        ...{ name: `refreshed-${number}`, overrideImageIds: [] },
        refreshes: [{ id: `refresh-${number}`, status: 'InProgress', overrideImageIds: [imageId] }],
      }),
  },
  'spot-fleet': {
    reason: 'USED_BY_FLEET',
    put: (estate, imageId, number) =>
      AMI_USERS.of(estate).spotFleets.push({
        ...{ id: `sfr-${number}`, state: 'active', imageIds: [imageId] },
      }),
  },
  fleet: {
    reason: 'USED_BY_FLEET',
    put: (estate, imageId, number) =>
      AMI_USERS.of(estate).ec2Fleets.push({
        ...{ id: `fleet-${number}`, state: 'active', type: 'maintain', imageIds: [imageId] },
      }),
  },
  'spot-request': {
    reason: 'USED_BY_SPOT_REQUEST',
    put: (estate, imageId, number) =>
      AMI_USERS.of(estate).spotRequests.push({ id: `sir-${number}`, state: 'open', imageId }),
  },
  'fast-launch': {
    reason: 'FAST_LAUNCH_ENABLED',
    put: (estate, imageId) => AMI_USERS.of(estate).fastLaunches.push({ imageId, state: 'enabled' }),
  },
  export: {
    reason: 'BEING_EXPORTED',
    put: (estate, imageId, number) =>
      AMI_USERS.of(estate).exports.push({
        ...{ taskId: `export-ami-${number}`, imageId, status: 'active' },
      }),
  },
  store: {
    reason: 'BEING_EXPORTED',
    put: (estate, imageId) => AMI_USERS.of(estate).stores.push({ imageId, state: 'InProgress' }),
  },
  'parameter-of-old': {
    reason: 'USED_BY_SSM_PARAMETER',
    put: (estate, imageId, number) => {
      const name = `/golden/older-${number}`;
      PARAMETERS.of(estate).set(name, {
        ...{ name, type: 'String', dataType: 'aws:ec2:image' },
        versions: [{ value: imageId }, { value: 'ami-0123456789abcdef0' }],
      });
    },
  },
  'parameter-as-text': {
    reason: 'USED_BY_SSM_PARAMETER',
    put: (estate, imageId, number) => {
      const name = `/app/config-${number}`;
      const value = JSON.stringify({ region: estate.region, image: imageId });
      PARAMETERS.of(estate).set(name, {
        ...{ name, type: 'String', dataType: 'text', versions: [{ value }] },
      });
    },
  },
  recipe: {
    reason: 'USED_BY_IMAGE_BUILDER',
    put: (estate, imageId, number) =>
      AMI_USERS.of(estate).recipes.push({ name: `web-${number}`, parentImage: imageId }),
  },
  'container-recipe': {
    reason: 'USED_BY_IMAGE_BUILDER',
    put: (estate, imageId, number) =>
      AMI_USERS.of(estate).containerRecipes.push({ name: `c-${number}`, instanceImage: imageId }),
  },
  'built-image': {
    reason: 'USED_BY_IMAGE_BUILDER',
    put: (estate, imageId, number) =>
      AMI_USERS.of(estate).builtImages.push({
        ...{ name: `built-${number}`, type: 'AMI', builds: [[], [imageId]] },
      }),
  },
  batch: {
    reason: 'USED_BY_BATCH',
    put: (estate, imageId, number) =>
      AMI_USERS.of(estate).computeEnvironments.push({
        ...{ name: `jobs-${number}`, overrideImageIds: [imageId] },
      }),
  },
  beanstalk: {
    reason: 'USED_BY_ELASTIC_BEANSTALK',
    put: (estate, imageId, number) =>
      AMI_USERS.of(estate).beanstalkTemplates.push({
        ...{ application: 'shop', name: `saved-${number}`, imageId },
      }),
  },
  'beanstalk-platform': {
    reason: 'USED_BY_ELASTIC_BEANSTALK',
    put: (estate, imageId, number) =>
      AMI_USERS.of(estate).beanstalkPlatforms.push({ name: `p-${number}`, imageIds: [imageId] }),
  },
  emr: {
    reason: 'USED_BY_EMR',
    put: (estate, imageId, number) =>
      AMI_USERS.of(estate).emrClusters.push({
        ...{ id: `j-${number}`, name: 'nightly', state: 'WAITING', groupAmiIds: [imageId] },
      }),
  },
  codebuild: {
    reason: 'USED_BY_CODEBUILD',
    put: (estate, imageId, number) =>
      AMI_USERS.of(estate).codebuildFleets.push({ name: `arm-${number}`, imageId }),
  },
  sagemaker: {
    reason: 'USED_BY_SAGEMAKER',
    put: (estate, imageId, number) =>
      AMI_USERS.of(estate).sagemakerClusters.push({
        ...{ name: `training-${number}`, desiredImageId: imageId },
      }),
  },
  pcs: {
    reason: 'USED_BY_PCS',
    put: (estate, amiId, number) =>
      AMI_USERS.of(estate).pcsClusters.push({
        ...{ id: `pcs_${number}`, nodeGroups: [{ id: `pcs_g${number}`, amiId }] },
      }),
  },
  rds: {
    reason: 'USED_BY_RDS_CUSTOM',
    put: (estate, imageId, number) =>
      AMI_USERS.of(estate).engineVersions.push({
        ...{ engine: 'custom-oracle-ee', version: `19.cev-${number}`, imageId },
      }),
  },
} satisfies Record<string, SimPlace>;

export type SimPlaceName = keyof typeof PLACES;

function putTemplate(
  estate: SimEstate,
  { name, imageIds }: { readonly name: string; readonly imageIds: readonly (string | null)[] },
): void {
  const key = hashKey(estate.origin.seed, 'ami templates', estate.accountId, estate.region);
  const number = Number(/\d+$/.exec(name)?.[0] ?? 0);
  const launchTemplateId = idCodec('lt', key).encode(number);
  estate.putLaunchTemplate({
    ...{ launchTemplateId, name, createTime: new Date('2021-03-04T05:06:07.000Z') },
    defaultVersion: imageIds.length,
    versions: imageIds.map((imageId, index) => ({
      ...{ number: index + 1, snapshotIds: [] },
      ...(imageId !== null && { imageId }),
    })),
  });
}

function putGroup(estate: SimEstate, group: SimScalingGroup): void {
  SCALING_GROUPS.of(estate).set(group.name, group);
}
