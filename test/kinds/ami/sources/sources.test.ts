import type { ReferenceName } from '../../../../kinds/ami/sources/names.ts';
import { ReferenceName as ReferenceNames } from '../../../../kinds/ami/sources/names.ts';
import { SOURCES } from '../../../../kinds/ami/sources/registry.ts';
import { tinyId, SPOKE } from '../../../support/organizations/tiny-organization.ts';
import { aPolicy } from '../../../support/organizations/snapshots.ts';
import { amiId, serveSources } from './served-sources.ts';

type Served = Awaited<ReturnType<typeof serveSources>>;

interface Case {
  /** Puts what names the first AMI, and what names another one no more. */
  readonly put: (served: Served) => void;
  /** Who names it. */
  readonly by: string;
  /** A call that may be denied, as the simulated AWS names it. */
  readonly denied: string;
  /** As AWS's list of services names what not every Region has. */
  readonly service?: string;
}

const [AMI, OTHER] = [amiId(1), amiId(2)] as const;
const DAY = new Date('2021-03-04T05:06:07.000Z');
const ARN = `arn:aws:imagebuilder:eu-west-1:${SPOKE}`;

/** A service whose answers are asked for by the same name as another's is told by its own calls alone. */
const CASES: Readonly<Partial<Record<ReferenceName, Case>>> = {
  instances: {
    put: ({ estate }) => {
      estate.putInstance({
        instanceId: tinyId('i', 1),
        state: 'stopped',
        volumeIds: [],
        imageId: AMI,
      });
      estate.putInstance({
        instanceId: tinyId('i', 2),
        state: 'terminated',
        volumeIds: [],
        imageId: OTHER,
      });
    },
    by: tinyId('i', 1),
    denied: 'DescribeInstances',
  },
  'launch-templates': {
    put: ({ estate }) =>
      estate.putLaunchTemplate({
        launchTemplateId: tinyId('lt', 1),
        name: 'web',
        createTime: DAY,
        defaultVersion: 2,
        versions: [
          { number: 1, imageId: AMI, snapshotIds: [] },
          { number: 2, snapshotIds: [] },
          { number: 3, snapshotIds: [] },
        ],
      }),
    by: `${tinyId('lt', 1)} version 1 (web, made 2021-03-04)`,
    denied: 'DescribeLaunchTemplateVersions',
  },
  'launch-template-parameters': {
    put: ({ estate, putParameter }) => {
      putParameter({ name: '/golden/web', versions: [{ value: AMI }] });
      estate.putLaunchTemplate({
        launchTemplateId: tinyId('lt', 1),
        name: 'web',
        createTime: DAY,
        defaultVersion: 1,
        versions: [{ number: 1, imageId: 'resolve:ssm:/golden/web', snapshotIds: [] }],
      });
    },
    by: `${tinyId('lt', 1)} version 1 (web, default, latest, made 2021-03-04) by /golden/web`,
    denied: 'DescribeLaunchTemplateVersions',
  },
  'launch-configurations': {
    put: ({ estate }) =>
      estate.putLaunchConfiguration({ name: 'workers', imageId: AMI, snapshotIds: [] }),
    by: 'workers',
    denied: 'DescribeLaunchConfigurations',
  },
  'auto-scaling-groups': {
    put: ({ putGroup }) => putGroup({ name: 'fleet', overrideImageIds: [AMI], refreshes: [] }),
    by: 'fleet',
    denied: 'DescribeAutoScalingGroups',
  },
  'instance-refreshes': {
    put: ({ putGroup }) =>
      putGroup({
        name: 'fleet',
        overrideImageIds: [],
        refreshes: [
          { id: 'new', status: 'Baking', overrideImageIds: [AMI] },
          { id: 'old', status: 'Cancelled', overrideImageIds: [OTHER] },
        ],
      }),
    by: 'fleet (instance refresh new)',
    denied: 'DescribeInstanceRefreshes',
  },
  'spot-fleets': {
    put: ({ users }) =>
      users.spotFleets.push(
        { id: 'sfr-1', state: 'active', imageIds: [AMI] },
        { id: 'sfr-2', state: 'cancelled_running', imageIds: [OTHER] },
      ),
    by: 'sfr-1',
    denied: 'DescribeSpotFleetRequests',
  },
  'ec2-fleets': {
    put: ({ users }) =>
      users.ec2Fleets.push(
        { id: 'fleet-1', state: 'active', type: 'maintain', imageIds: [AMI] },
        { id: 'fleet-2', state: 'deleted_running', type: 'maintain', imageIds: [OTHER] },
        { id: 'fleet-3', state: 'active', type: 'instant', imageIds: [OTHER] },
      ),
    by: 'fleet-1',
    denied: 'DescribeFleets',
  },
  'spot-requests': {
    put: ({ users }) =>
      users.spotRequests.push(
        { id: 'sir-1', state: 'disabled', imageId: AMI },
        { id: 'sir-2', state: 'closed', imageId: OTHER },
      ),
    by: 'sir-1',
    denied: 'DescribeSpotInstanceRequests',
  },
  'fast-launch-images': {
    put: ({ users }) => users.fastLaunches.push({ imageId: AMI, state: 'disabling-failed' }),
    by: 'disabling-failed',
    denied: 'DescribeFastLaunchImages',
  },
  'image-exports': {
    put: ({ users }) =>
      users.exports.push(
        { taskId: 'export-ami-1', imageId: AMI, status: 'active' },
        { taskId: 'export-ami-2', imageId: OTHER, status: 'completed' },
      ),
    by: 'export-ami-1',
    denied: 'DescribeExportImageTasks',
  },
  'image-stores': {
    put: ({ users }) =>
      users.stores.push(
        { imageId: AMI, state: 'InProgress' },
        { imageId: OTHER, state: 'Completed' },
      ),
    by: `image-archive/${AMI}.bin`,
    denied: 'DescribeStoreImageTasks',
  },
  'ssm-parameters': {
    put: ({ putParameter }) => putParameter({ name: '/golden/web', versions: [{ value: AMI }] }),
    by: '/golden/web:1',
    denied: 'GetParameters',
  },
  'image-builder-recipes': {
    put: ({ users }) => users.recipes.push({ name: 'web', parentImage: AMI }),
    by: `${ARN}:image-recipe/web/1.0.0`,
    denied: 'ListImageRecipes',
    service: 'imagebuilder',
  },
  'image-builder-container-recipes': {
    put: ({ users }) =>
      users.containerRecipes.push({ name: 'web', instanceImage: AMI }, { name: 'plain' }),
    by: `${ARN}:container-recipe/web/1.0.0`,
    denied: 'ListContainerRecipes',
    service: 'imagebuilder',
  },
  'image-builder-images': {
    put: ({ users }) =>
      users.builtImages.push(
        { name: 'web', type: 'AMI', builds: [[], [AMI]] },
        { name: 'container', type: 'DOCKER', builds: [[]] },
      ),
    by: `${ARN}:image/web/1.0.0/2`,
    denied: 'ListImageBuildVersions',
    service: 'imagebuilder',
  },
  'batch-compute-environments': {
    put: ({ users }) =>
      users.computeEnvironments.push({ name: 'plain' }, { name: 'jobs', overrideImageIds: [AMI] }),
    by: 'jobs',
    denied: 'DescribeComputeEnvironments',
    service: 'batch',
  },
  'elastic-beanstalk-configurations': {
    put: ({ users }) =>
      users.beanstalkTemplates.push({ application: 'shop', name: 'saved', imageId: AMI }),
    by: 'shop/saved',
    denied: 'DescribeConfigurationSettings',
    service: 'elasticbeanstalk',
  },
  'elastic-beanstalk-platforms': {
    put: ({ users }) => users.beanstalkPlatforms.push({ name: 'own', imageIds: [AMI] }),
    by: `arn:aws:elasticbeanstalk:eu-west-1:${SPOKE}:platform/own/1.0.0`,
    denied: 'ListPlatformVersions',
    service: 'elasticbeanstalk',
  },
  'emr-clusters': {
    put: ({ users }) =>
      users.emrClusters.push(
        { id: 'j-1', name: 'nightly', state: 'WAITING', fleetAmiIds: [AMI] },
        { id: 'j-2', name: 'over', state: 'TERMINATED', customAmiId: OTHER },
      ),
    by: 'j-1 (nightly)',
    denied: 'ListInstanceFleets',
    service: 'emr',
  },
  'codebuild-fleets': {
    put: ({ users }) => users.codebuildFleets.push({ name: 'arm', imageId: AMI }, { name: 'x86' }),
    by: 'arm',
    denied: 'BatchGetFleets',
    service: 'codebuild',
  },
  'sagemaker-clusters': {
    put: ({ users }) => users.sagemakerClusters.push({ name: 'training', desiredImageId: AMI }),
    by: 'training',
    denied: 'ListClusters',
    service: 'sagemaker',
  },
  'pcs-node-groups': {
    put: ({ users }) =>
      users.pcsClusters.push({
        id: 'pcs_1',
        nodeGroups: [{ id: 'pcs_2' }, { id: 'pcs_3', amiId: AMI }],
      }),
    by: `arn:aws:pcs:eu-west-1:${SPOKE}:cluster/pcs_1/computenodegroup/pcs_3`,
    denied: 'GetComputeNodeGroup',
    service: 'pcs',
  },
  'rds-custom-versions': {
    put: ({ users }) => {
      for (let index = 0; index < 150; index += 1)
        users.engineVersions.push({ engine: 'postgres', version: `17.${index}` });
      users.engineVersions.push({ engine: 'custom-oracle-ee', version: '19.cev', imageId: AMI });
    },
    by: 'custom-oracle-ee 19.cev',
    denied: 'DescribeDBEngineVersions',
    service: 'rds',
  },
};

const ALL = Object.entries(CASES) as [ReferenceName, Case][];

let served: Served;
beforeEach(async () => {
  served = await serveSources();
});
afterEach(async () => served.close());

it.each(ALL)('%s: names an AMI, and who names it', async (name, { put, by }) => {
  put(served);
  const { usedBy, incomplete } = await served.named(name);
  expect({ usedBy, incomplete }).toEqual({ usedBy: { [AMI]: [by] }, incomplete: [] });
});

it.each(ALL)('%s: with nothing there it is complete, and names nothing', async (name) => {
  const { usedBy, incomplete, count } = await served.named(name);
  expect({ usedBy, incomplete, count }).toEqual({ usedBy: {}, incomplete: [], count: 0 });
});

it.each(ALL)('%s: denied, it is incomplete, and nothing of it is kept', async (name, one) => {
  one.put(served);
  served.simulation.setFaults([{ operation: one.denied, answer: 'deny' }]);
  const { usedBy, incomplete, count } = await served.named(name);
  expect({ usedBy, count }).toEqual({ usedBy: {}, count: undefined });
  expect(incomplete).toEqual([expect.objectContaining({ source: name })]);
  expect(incomplete[0]?.code).toMatch(/^(UnauthorizedOperation|AccessDenied(Exception)?)$/);
});

it.each(ALL)('%s: somebody else’s answer is no empty list', async (name, one) => {
  one.put(served);
  served.simulation.setFaults([{ operation: one.denied, answer: 'portal' }]);
  expect((await served.named(name)).incomplete).toHaveLength(1);
});

it.each(ALL.filter(([, { service }]) => service !== undefined))(
  '%s: isn’t asked where AWS says that the Region has no such service',
  async (name, { service = '' }) => {
    const { incomplete, count, calls } = await served.named(name, { absentServices: [service] });
    expect({ incomplete, count, calls }).toEqual({ incomplete: [], count: undefined, calls: {} });
  },
);

it.each(ALL.filter(([name]) => name !== 'instances'))(
  '%s: can be switched off by its name',
  async (name) => {
    const policy = aPolicy({ skipReferences: [name] });
    const { count, calls } = await served.named(name, { policy });
    expect({ count, calls }).toEqual({ count: undefined, calls: {} });
  },
);

it('covers every source, and each source has its name once', () => {
  const names = SOURCES.map(({ name }) => name);
  expect(names.toSorted()).toEqual(Object.keys(CASES).toSorted());
  expect(names.toSorted()).toEqual(
    ReferenceNames.options.filter((name) => name !== 'image-attributes').toSorted(),
  );
});

it('asks for no more than each source says', async () => {
  for (const { name, listing } of SOURCES) {
    CASES[name]?.put(served);
    const { calls } = await served.named(name);
    const missing = Object.keys(calls).filter((call) => !listing.iam.includes(call));
    expect({ name, missing }).toEqual({ name, missing: [] });
  }
});
