import { z } from 'zod';
import { plainService, shape } from '../../../../aws/sessions/plain-service.ts';
import type { ReadBy } from '../../../listings/listing.ts';
import { amiIdsIn } from '../../../ec2/ami-id.ts';
import type { AmiSource } from '../source.ts';
import { itemsOf } from './ask.ts';

const ComputeEnvironment = z.object({
  computeEnvironmentName: z.string(),
  status: z.string().nullish(),
  computeResources: z
    .object({
      imageId: z.string().nullish(),
      ec2Configuration: z.array(z.object({ imageIdOverride: z.string().nullish() })).nullish(),
    })
    .nullish(),
});
type ComputeEnvironment = z.infer<typeof ComputeEnvironment>;

/** @internal A test compares what it sends with what the SDK's own client does. */
export const BATCH = plainService({ prefix: 'batch', speaks: { protocol: 'rest-json' } });

const OPERATION = 'batch:DescribeComputeEnvironments';

const Describe = BATCH.command({
  name: 'DescribeComputeEnvironments',
  path: '/v1/describecomputeenvironments',
  takes: { maxResults: shape.number, nextToken: shape.text },
});

const Answer = z.object({
  computeEnvironments: z.array(ComputeEnvironment),
  nextToken: z.string().nullish(),
});

/** Compute environments of AWS Batch, disabled ones included: they may be enabled again. */
export const batchComputeEnvironments: AmiSource<ComputeEnvironment> = {
  name: 'batch-compute-environments',
  skippable: true,
  readFor: 'candidates',
  crossesAccounts: true,
  awsRefuses: 'no: the next instance fails to start',
  listing: {
    name: 'batch-compute-environments',
    reach: 'regional',
    service: 'batch',
    cost: '1 call per 100 compute environments, where the Region has AWS Batch',
    iam: [OPERATION],
    list: listComputeEnvironments,
  },
  take: ({ computeEnvironmentName, status, computeResources }) => ({
    by: computeEnvironmentName,
    keys:
      status === 'DELETED'
        ? []
        : amiIdsIn(
            computeResources?.imageId,
            ...(computeResources?.ec2Configuration ?? []).map((one) => one.imageIdOverride),
          ),
  }),
};

async function* listComputeEnvironments({ clients }: ReadBy): AsyncGenerator<ComputeEnvironment> {
  yield* itemsOf(
    {
      operation: OPERATION,
      Answer,
      items: (page) => page.computeEnvironments,
      token: 'nextToken',
    },
    clients.of(BATCH),
    (nextToken) => new Describe({ maxResults: 100, ...(nextToken && { nextToken }) }),
  );
}
