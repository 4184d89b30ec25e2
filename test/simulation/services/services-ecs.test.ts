import {
  DescribeClustersCommand,
  DescribeServicesCommand,
  ListClustersCommand,
  ListServicesCommand,
  paginateListClusters,
  paginateListServices,
} from '@aws-sdk/client-ecs';
import type { Served } from '../../support/organizations/served-organization.ts';
import { refusalOf, serve } from '../../support/organizations/served-organization.ts';
import { SPOKE, numbered, tinyId } from '../../support/organizations/tiny-organization.ts';

const snap = (number: number) => tinyId('snap', number);
const clusterArn = (name: string) => `arn:aws:ecs:eu-west-1:${SPOKE}:cluster/${name}`;
const serviceArn = (name: string) => `arn:aws:ecs:eu-west-1:${SPOKE}:service/web/${name}`;
/** Every other service is of the other cluster. */
const services = numbered(300, (number) => ({
  clusterName: number % 2 === 0 ? 'web' : 'batch',
  name: `service-${number}`,
  deployments: number === 2 ? [[], [snap(1), snap(2)]] : [[snap(number)]],
}));

let served: Served;
let session: Parameters<Served['ecs']>[0];
const ecs = () => served.ecs(session);
beforeAll(async () => {
  served = await serve({
    estates: {
      [`${SPOKE}/eu-west-1`]: {
        ecsServices: services,
        ecsClusters: numbered(118, (number) => `idle-${number}`),
      },
    },
  });
  session = await served.assume('orgsweep-discovery');
});
afterAll(async () => served.close());
beforeEach(() => served.clock.advance(10_000));

async function namesOf(cluster: string, pageSize?: number) {
  const pages: string[][] = [];
  const paging = { client: ecs(), ...(pageSize && { pageSize }) };
  for await (const page of paginateListServices(paging, { cluster })) {
    pages.push(page.serviceArns ?? []);
  }
  return pages;
}

test('clusters come in pages of 100, those without a service too', async () => {
  const arns: string[] = [];
  const sizes: number[] = [];
  for await (const page of paginateListClusters({ client: ecs() }, {})) {
    sizes.push(page.clusterArns?.length ?? 0);
    arns.push(...(page.clusterArns ?? []));
  }
  expect(sizes).toEqual([100, 20]);
  expect(arns).toContain(clusterArn('web'));
  expect(arns).toContain(clusterArn('idle-118'));
});

test('services are listed by cluster, 10 a page unless up to 100 are asked for', async () => {
  const pages = await namesOf(clusterArn('web'), 100);
  expect(pages.map(({ length }) => length)).toEqual([100, 50]);
  expect(new Set(pages.flat()).size).toBe(150);
  expect(pages[0]?.slice(0, 2)).toEqual([serviceArn('service-2'), serviceArn('service-4')]);
  expect((await namesOf('web'))[0]).toHaveLength(10);
  expect(await namesOf('idle-1')).toEqual([[]]);
});

test('all deployments of a service name their snapshots, at most 10 services a call', async () => {
  const [arns = []] = await namesOf('web');
  const input = { cluster: clusterArn('web'), services: arns };
  const { services: described, failures } = await ecs().send(new DescribeServicesCommand(input));
  const snapshots = described?.map(({ deployments = [] }) =>
    deployments.map(({ volumeConfigurations = [] }) =>
      volumeConfigurations.map(({ managedEBSVolume }) => managedEBSVolume?.snapshotId),
    ),
  );
  expect(snapshots?.slice(0, 2)).toEqual([[[], [snap(1), snap(2)]], [[snap(4)]]]);
  expect(described?.[0]?.deployments?.map(({ status }) => status)).toEqual(['PRIMARY', 'ACTIVE']);
  expect(failures).toEqual([]);
  const tooMany = { ...input, services: [...arns, serviceArn('service-99')] };
  expect(await refusalOf(ecs().send(new DescribeServicesCommand(tooMany)))).toMatchObject({
    code: 'InvalidParameterException',
  });
});

test('a service that is not in the cluster is named among the failures', async () => {
  const input = { cluster: 'web', services: ['service-1', 'service-2'] };
  const answer = await ecs().send(new DescribeServicesCommand(input));
  expect(answer.services?.map(({ serviceName }) => serviceName)).toEqual(['service-2']);
  expect(answer.failures).toEqual([{ arn: serviceArn('service-1'), reason: 'MISSING' }]);
});

test.each<[string, () => Promise<unknown>, string]>([
  [
    'a cluster that is not there',
    async () => ecs().send(new ListServicesCommand({ cluster: 'nowhere' })),
    'ClusterNotFoundException',
  ],
  [
    'the default cluster, where there is none',
    async () => ecs().send(new DescribeServicesCommand({ services: ['x'] })),
    'ClusterNotFoundException',
  ],
  [
    'a page of 101',
    async () => ecs().send(new ListClustersCommand({ maxResults: 101 })),
    'InvalidParameterException',
  ],
  [
    'a token of another cluster',
    async () => {
      const first = await ecs().send(new ListServicesCommand({ cluster: 'web' }));
      const nextToken = first.nextToken ?? '';
      return ecs().send(new ListServicesCommand({ cluster: 'batch', nextToken }));
    },
    'InvalidParameterException',
  ],
  [
    'an operation that the simulation lacks',
    async () => ecs().send(new DescribeClustersCommand({})),
    'UnknownOperationException',
  ],
])('%s is refused', async (_, call, code) => {
  expect(await refusalOf(call())).toMatchObject({ code, status: 400 });
});

test('who may not, and where the Region is not enabled, is told so', async () => {
  const deletion = await served.assume('orgsweep-deletion');
  const denied = await refusalOf(served.ecs(deletion).send(new ListClustersCommand({})));
  expect(denied).toMatchObject({ code: 'AccessDeniedException', status: 400 });
  expect(denied.message).toContain('ecs:ListClusters');
  const elsewhere = served.ecs(session, 'ap-east-1').send(new ListClustersCommand({}));
  expect(await refusalOf(elsewhere)).toMatchObject({ code: 'UnrecognizedClientException' });
});

test('calls that read services share one bucket: 100 at once, then 20 a second', async () => {
  const list = async () => ecs().send(new ListServicesCommand({ cluster: 'web' }));
  const input = { cluster: 'web', services: ['service-2'] };
  for (let call = 0; call < 100; call++) await list();
  const throttled = await refusalOf(ecs().send(new DescribeServicesCommand(input)));
  expect(throttled).toMatchObject({ code: 'ThrottlingException', message: 'Rate exceeded' });
  await expect(ecs().send(new ListClustersCommand({}))).resolves.toBeDefined();
});

test('a service that another user makes brings its cluster along', async () => {
  const estate = served.organization.estate(SPOKE, 'eu-west-1');
  estate.putEcsService({ clusterName: 'new', name: 'late', deployments: [[snap(5)]] });
  const input = { cluster: 'new', services: ['late'] };
  const { services: found } = await ecs().send(new DescribeServicesCommand(input));
  const [deployment] = found?.[0]?.deployments ?? [];
  expect(deployment?.volumeConfigurations?.[0]?.managedEBSVolume?.snapshotId).toBe(snap(5));
});
