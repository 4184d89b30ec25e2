import { z } from 'zod';
import { toAwsFailure } from '../../../../aws/answers/aws-error.ts';
import { makePace } from '../../../../aws/answers/pace.ts';
import { type PlainClient, plainService } from '../../../../aws/sessions/plain-service.ts';
import type { ReadBy } from '../../../listings/listing.ts';
import { amiIdsIn } from '../../../ec2/ami-id.ts';
import type { AmiSource } from '../source.ts';
import { ask, checkIsAbout, itemsOf } from './ask.ts';

const NodeGroup = z.object({
  id: z.string(),
  arn: z.string(),
  name: z.string().nullish(),
  amiId: z.string().nullish(),
});
type NodeGroup = z.infer<typeof NodeGroup>;

/** @internal A test compares what it sends with what the SDK's own client does. */
export const PCS = plainService({
  prefix: 'pcs',
  speaks: { protocol: 'json', version: '1.0', target: 'AWSParallelComputingService' },
});

const ListClusters = PCS.command({ name: 'ListClusters' });
const ListNodeGroups = PCS.command({ name: 'ListComputeNodeGroups' });
const GetNodeGroup = PCS.command({ name: 'GetComputeNodeGroup' });

const Id = z.object({ id: z.string() });
const Clusters = z.object({ clusters: z.array(Id), nextToken: z.string().nullish() });
const NodeGroups = z.object({ computeNodeGroups: z.array(Id), nextToken: z.string().nullish() });
const Got = z.object({ computeNodeGroup: NodeGroup });

/** Compute node groups of AWS PCS; without an AMI of their own their launch template has it. */
export const pcsNodeGroups: AmiSource<NodeGroup> = {
  name: 'pcs-node-groups',
  skippable: true,
  readFor: 'candidates',
  crossesAccounts: true,
  awsRefuses: 'no: the next node fails to start',
  listing: {
    name: 'pcs-node-groups',
    reach: 'regional',
    service: 'pcs',
    cost: '1 call per 100 clusters, then per cluster 1 per 100 node groups and 1 per node group, where the Region has AWS PCS',
    iam: ['pcs:GetComputeNodeGroup', 'pcs:ListClusters', 'pcs:ListComputeNodeGroups'],
    list: listNodeGroups,
  },
  take: ({ arn, amiId }) => ({ by: arn, keys: amiIdsIn(amiId) }),
};

async function* listNodeGroups({ clients, clock }: ReadBy): AsyncGenerator<NodeGroup> {
  const client = clients.of(PCS);
  const turn = makePace(clock);
  const clusters = itemsOf(
    {
      operation: 'pcs:ListClusters',
      Answer: Clusters,
      items: (page) => page.clusters,
      token: 'nextToken',
    },
    client,
    (nextToken) => new ListClusters({ maxResults: 100, ...(nextToken && { nextToken }) }),
  );
  for await (const { id: clusterIdentifier } of clusters) {
    await turn();
    for (const computeNodeGroupIdentifier of await idsIn(client, clusterIdentifier)) {
      await turn();
      const command = new GetNodeGroup({ clusterIdentifier, computeNodeGroupIdentifier });
      const question = { operation: 'pcs:GetComputeNodeGroup', Answer: Got };
      const got = await unlessGone(async () => ask(question, client, command));
      if (got === null) continue;
      checkIsAbout(computeNodeGroupIdentifier, got.computeNodeGroup.id, question);
      yield got.computeNodeGroup;
    }
  }
}

async function idsIn(client: PlainClient, clusterIdentifier: string): Promise<string[]> {
  const ids: string[] = [];
  const listed = itemsOf(
    {
      operation: 'pcs:ListComputeNodeGroups',
      Answer: NodeGroups,
      items: (page) => page.computeNodeGroups,
      token: 'nextToken',
    },
    client,
    (nextToken) =>
      new ListNodeGroups({ clusterIdentifier, maxResults: 100, ...(nextToken && { nextToken }) }),
  );
  await unlessGone(async () => {
    for await (const { id } of listed) ids.push(id);
  });
  return ids;
}

/** null: deleted since it was listed. */
async function unlessGone<T>(asked: () => Promise<T>): Promise<T | null> {
  try {
    return await asked();
  } catch (error) {
    if (toAwsFailure(error).code === 'ResourceNotFoundException') return null;
    throw error;
  }
}
