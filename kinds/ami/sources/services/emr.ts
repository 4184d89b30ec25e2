import { z } from 'zod';
import { makePace } from '../../../../aws/answers/pace.ts';
import { type PlainClient, plainService } from '../../../../aws/sessions/plain-service.ts';
import type { ReadBy } from '../../../listings/listing.ts';
import { amiIdsIn } from '../../../ec2/ami-id.ts';
import type { AmiSource } from '../source.ts';
import { ask, checkIsAbout, itemsOf } from './ask.ts';

/** A cluster, and the AMIs that it and its groups or fleets of instances were given. */
interface EmrCluster {
  readonly id: string;
  readonly name: string | null | undefined;
  readonly imageIds: readonly (string | null | undefined)[];
}

/** @internal A test compares what it sends with what the SDK's own client does. */
export const EMR = plainService({
  prefix: 'elasticmapreduce',
  speaks: { protocol: 'json', version: '1.1', target: 'ElasticMapReduce' },
});

const ListClusters = EMR.command({ name: 'ListClusters' });
const DescribeCluster = EMR.command({ name: 'DescribeCluster' });
const ListInstanceGroups = EMR.command({ name: 'ListInstanceGroups' });
const ListInstanceFleets = EMR.command({ name: 'ListInstanceFleets' });

/** A cluster that has ended begins no instance again; AWS lists it for two months. */
const LIVE = ['STARTING', 'BOOTSTRAPPING', 'RUNNING', 'WAITING', 'TERMINATING'];

const Image = z.object({ CustomAmiId: z.string().nullish() });
const Clusters = z.object({
  Clusters: z.array(z.object({ Id: z.string() })),
  Marker: z.string().nullish(),
});
const Described = z.object({
  Cluster: Image.extend({
    Id: z.string(),
    Name: z.string().nullish(),
    InstanceCollectionType: z.string().nullish(),
  }),
});
const Groups = z.object({ InstanceGroups: z.array(Image), Marker: z.string().nullish() });
const Fleets = z.object({
  InstanceFleets: z.array(z.object({ InstanceTypeSpecifications: z.array(Image).nullish() })),
  Marker: z.string().nullish(),
});

/** Clusters of EMR that run: what somebody starts them from elsewhere is nowhere listed. */
export const emrClusters: AmiSource<EmrCluster> = {
  name: 'emr-clusters',
  skippable: true,
  readFor: 'candidates',
  crossesAccounts: true,
  awsRefuses: 'no: the cluster can no longer grow or replace instances',
  listing: {
    name: 'emr-clusters',
    reach: 'regional',
    service: 'emr',
    cost: '1 call per 50 clusters that run and 2 per cluster, where the Region has EMR',
    iam: [
      'elasticmapreduce:DescribeCluster',
      'elasticmapreduce:ListClusters',
      'elasticmapreduce:ListInstanceFleets',
      'elasticmapreduce:ListInstanceGroups',
    ],
    list: listClusters,
  },
  take: ({ id, name, imageIds }) => ({
    by: name ? `${id} (${name})` : id,
    keys: amiIdsIn(...imageIds),
  }),
};

async function* listClusters({ clients, clock }: ReadBy): AsyncGenerator<EmrCluster> {
  const client = clients.of(EMR);
  const turn = makePace(clock);
  const listed = itemsOf(
    {
      operation: 'elasticmapreduce:ListClusters',
      Answer: Clusters,
      items: (page) => page.Clusters,
      token: 'Marker',
    },
    client,
    (Marker) => new ListClusters({ ClusterStates: LIVE, ...(Marker && { Marker }) }),
  );
  for await (const { Id: id } of listed) {
    await turn();
    const question = { operation: 'elasticmapreduce:DescribeCluster', Answer: Described };
    const { Cluster } = await ask(question, client, new DescribeCluster({ ClusterId: id }));
    checkIsAbout(id, Cluster.Id, question);
    await turn();
    const ofInstances =
      Cluster.InstanceCollectionType === 'INSTANCE_FLEET'
        ? await imagesOfFleets(client, id)
        : await imagesOfGroups(client, id);
    yield { id, name: Cluster.Name, imageIds: [Cluster.CustomAmiId, ...ofInstances] };
  }
}

async function imagesOfGroups(client: PlainClient, ClusterId: string) {
  const listed = itemsOf(
    {
      operation: 'elasticmapreduce:ListInstanceGroups',
      Answer: Groups,
      items: (page) => page.InstanceGroups,
      token: 'Marker',
    },
    client,
    (Marker) => new ListInstanceGroups({ ClusterId, ...(Marker && { Marker }) }),
  );
  const imageIds: (string | null | undefined)[] = [];
  for await (const group of listed) imageIds.push(group.CustomAmiId);
  return imageIds;
}

async function imagesOfFleets(client: PlainClient, ClusterId: string) {
  const listed = itemsOf(
    {
      operation: 'elasticmapreduce:ListInstanceFleets',
      Answer: Fleets,
      items: (page) => page.InstanceFleets,
      token: 'Marker',
    },
    client,
    (Marker) => new ListInstanceFleets({ ClusterId, ...(Marker && { Marker }) }),
  );
  const imageIds: (string | null | undefined)[] = [];
  for await (const { InstanceTypeSpecifications: types } of listed)
    imageIds.push(...(types ?? []).map(({ CustomAmiId }) => CustomAmiId));
  return imageIds;
}
