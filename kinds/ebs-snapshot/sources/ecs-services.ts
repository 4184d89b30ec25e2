import {
  DescribeServicesCommand,
  ECSClient,
  paginateListClusters,
  paginateListServices,
  type Service,
} from '@aws-sdk/client-ecs';
import { toAwsFailure } from '../../../aws/answers/aws-error.ts';
import { brokenListing, checkId, itemsOfPages } from '../../../aws/answers/pages.ts';
import { makePace } from '../../../aws/answers/pace.ts';
import type { AwsService } from '../../../aws/sessions/aws-clients.ts';
import { chunksOf } from '../../listings/filter.ts';
import type { Identified, ReadBy } from '../../listings/listing.ts';
import type { SnapshotSource } from './source.ts';

export const ECS: AwsService<ECSClient> = {
  prefix: 'ecs',
  make: (config) => new ECSClient(config),
};

type EcsService = Identified<Service, 'serviceArn'>;

/** DescribeServices takes at most this many. */
const MOST_SERVICES = 10;

/**
 * ECS services that make a volume from a snapshot for each of their tasks. What a RunTask call names
 * is nowhere listed.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ebs-volumes.html
 */
export const ecsServices: SnapshotSource<EcsService> = {
  name: 'ecs-services',
  skippable: true,
  readFor: 'candidates',
  crossesAccounts: true,
  awsRefuses: 'no: the next task fails to start',
  listing: {
    name: 'ecs-services',
    reach: 'regional',
    cost: '1 call per 100 clusters, then per cluster 1 per 100 services and 1 per 10 services',
    iam: ['ecs:DescribeServices', 'ecs:ListClusters', 'ecs:ListServices'],
    list: listEcsServices,
  },
  take: ({ serviceArn, deployments = [] }) => ({
    by: serviceArn,
    keys: deployments.flatMap(({ volumeConfigurations = [] }) =>
      volumeConfigurations.flatMap(({ managedEBSVolume }) => managedEBSVolume?.snapshotId ?? []),
    ),
  }),
};

async function* listEcsServices({ clients, clock }: ReadBy): AsyncGenerator<EcsService> {
  const ecs = clients.of(ECS);
  const clusters = itemsOfPages(
    'ecs:ListClusters',
    paginateListClusters({ client: ecs }, { maxResults: 100 }),
    (page) => page.clusterArns,
    (page) => page.nextToken,
  );
  const turn = makePace(clock);
  for await (const cluster of clusters) {
    await turn();
    const serviceArns = await listServiceArns(ecs, cluster);
    for (const services of chunksOf(serviceArns, MOST_SERVICES)) {
      await turn();
      for (const service of await describeServices(ecs, cluster, services)) {
        checkId(service, 'serviceArn', 'ecs:DescribeServices');
        yield service;
      }
    }
  }
}

async function listServiceArns(client: ECSClient, cluster: string): Promise<string[]> {
  const arns: string[] = [];
  const pages = paginateListServices({ client }, { cluster, maxResults: 100 });
  try {
    for await (const arn of itemsOfPages(
      'ecs:ListServices',
      pages,
      (page) => page.serviceArns,
      (page) => page.nextToken,
    )) {
      arns.push(arn);
    }
  } catch (error) {
    // Deleted since it was listed.
    if (toAwsFailure(error).code !== 'ClusterNotFoundException') throw error;
  }
  return arns;
}

/** @throws {BrokenListing} when the answer leaves out a service that it doesn't call missing */
async function describeServices(
  ecs: ECSClient,
  cluster: string,
  asked: readonly string[],
): Promise<Service[]> {
  const answer = await ecs.send(new DescribeServicesCommand({ cluster, services: [...asked] }));
  const { services, failures = [] } = answer;
  const operation = 'ecs:DescribeServices';
  if (services === undefined) throw brokenListing(operation, 'an answer came without its list');
  const told = new Set([
    ...services.map(({ serviceArn }) => serviceArn),
    ...failures.flatMap(({ arn, reason }) => (reason === 'MISSING' ? [arn] : [])),
  ]);
  const untold = asked.find((arn) => !told.has(arn));
  if (untold !== undefined) throw brokenListing(operation, `nothing was said about ${untold}`);
  return services;
}
