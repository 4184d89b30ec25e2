import { z } from 'zod';
import { toAwsFailure } from '../../../../aws/answers/aws-error.ts';
import { makePace } from '../../../../aws/answers/pace.ts';
import { plainService } from '../../../../aws/sessions/plain-service.ts';
import type { ReadBy } from '../../../listings/listing.ts';
import { amiIdsIn } from '../../../ec2/ami-id.ts';
import type { AmiSource } from '../source.ts';
import { ask, checkIsAbout, itemsOf } from './ask.ts';

const InstanceGroups = z
  .array(
    z.object({
      CurrentImageId: z.string().nullish(),
      DesiredImageId: z.string().nullish(),
    }),
  )
  .nullish();
/** A cluster has groups of the one sort or of the other, or of both. */
const Cluster = z
  .object({
    ClusterArn: z.string(),
    ClusterName: z.string().nullish(),
    InstanceGroups,
    RestrictedInstanceGroups: InstanceGroups,
  })
  .refine((one) => one.InstanceGroups ?? one.RestrictedInstanceGroups, {
    path: ['InstanceGroups'],
  });
type Cluster = z.infer<typeof Cluster>;

/** @internal A test compares what it sends with what the SDK's own client does. */
export const SAGEMAKER = plainService({
  prefix: 'sagemaker',
  host: 'api.sagemaker',
  speaks: { protocol: 'json', version: '1.1', target: 'SageMaker' },
});

const ListClusters = SAGEMAKER.command({ name: 'ListClusters' });
const DescribeCluster = SAGEMAKER.command({ name: 'DescribeCluster' });

const List = z.object({
  ClusterSummaries: z.array(z.object({ ClusterArn: z.string() })),
  NextToken: z.string().nullish(),
});

/** Clusters of SageMaker HyperPod: the AMI that an instance group has, and the one it is updated to. */
export const sagemakerClusters: AmiSource<Cluster> = {
  name: 'sagemaker-clusters',
  skippable: true,
  readFor: 'candidates',
  crossesAccounts: true,
  awsRefuses: 'no: the next node fails to start',
  listing: {
    name: 'sagemaker-clusters',
    reach: 'regional',
    service: 'sagemaker',
    cost: '1 call per 100 HyperPod clusters and 1 per cluster, where the Region has SageMaker',
    iam: ['sagemaker:DescribeCluster', 'sagemaker:ListClusters'],
    list: listClusters,
  },
  take: ({ ClusterArn, ClusterName, ...cluster }) => ({
    by: ClusterName ?? ClusterArn,
    keys: amiIdsIn(
      ...[cluster.InstanceGroups, cluster.RestrictedInstanceGroups]
        .flatMap((groups) => groups ?? [])
        .flatMap((one) => [one.CurrentImageId, one.DesiredImageId]),
    ),
  }),
};

async function* listClusters({ clients, clock }: ReadBy): AsyncGenerator<Cluster> {
  const client = clients.of(SAGEMAKER);
  const turn = makePace(clock);
  const listed = itemsOf(
    {
      operation: 'sagemaker:ListClusters',
      Answer: List,
      items: (page) => page.ClusterSummaries,
      token: 'NextToken',
    },
    client,
    (NextToken) => new ListClusters({ MaxResults: 100, ...(NextToken && { NextToken }) }),
  );
  for await (const { ClusterArn } of listed) {
    await turn();
    const question = { operation: 'sagemaker:DescribeCluster', Answer: Cluster };
    try {
      const command = new DescribeCluster({ ClusterName: ClusterArn });
      const cluster = await ask(question, client, command);
      checkIsAbout(ClusterArn, cluster.ClusterArn, question);
      yield cluster;
    } catch (error) {
      // Deleted since it was listed.
      if (toAwsFailure(error).code !== 'ResourceNotFound') throw error;
    }
  }
}
