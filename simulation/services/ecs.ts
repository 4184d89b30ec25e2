import type { SimOrganization } from '../model.ts';
import type { BucketSize } from './buckets.ts';
import { describeServices } from './ecs/describe-services.ts';
import { listClusters, listServices } from './ecs/listings.ts';
import type { EcsCall, EcsOperation } from './ecs/operation.ts';
import type { Endpoint } from './endpoint.ts';
import { targetOperation } from './json-input.ts';
import { jsonAnswer, jsonError } from './json-protocol.ts';
import { commonRefusal } from './refusals.ts';
import { enterEstate } from './regional.ts';
import { ServiceError } from './service.ts';
import type { SimRequest } from './service.ts';

const TARGET = 'AmazonEC2ContainerServiceV20141113';
const OPERATIONS: Readonly<Record<string, EcsOperation>> = {
  ListClusters: listClusters,
  ListServices: listServices,
  DescribeServices: describeServices,
};

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html */
const BUCKETS: Readonly<Record<string, { readonly name: string; readonly size: BucketSize }>> = {
  ListClusters: { name: 'cluster-read', size: { capacity: 50, refillPerSecond: 20 } },
  ListServices: { name: 'service-read', size: { capacity: 100, refillPerSecond: 20 } },
  DescribeServices: { name: 'service-read', size: { capacity: 100, refillPerSecond: 20 } },
};

/** ListClusters, ListServices and DescribeServices, in the JSON 1.1 protocol. */
export function makeEcs(organization: SimOrganization): Endpoint {
  return {
    open: (request) => {
      const operation = targetOperation(TARGET, request.headers['x-amz-target']);
      const { accountId } = request.caller;
      const bucket = BUCKETS[operation];
      return {
        operation,
        accountId,
        ...(bucket && {
          bucket: { ...bucket, name: `ecs/${accountId}/${request.region}/${bucket.name}` },
        }),
        answer: async () => jsonAnswer(answer(operation, request, organization)),
      };
    },
    refusal: (kind) => commonRefusal('ecs', kind),
    toError: jsonError,
  };
}

function answer(operation: string, request: SimRequest, organization: SimOrganization): unknown {
  const perform = OPERATIONS[operation];
  if (perform === undefined) {
    throw new ServiceError('UnknownOperationException', `There is no ${operation}.`);
  }
  const estate = enterEstate({ service: 'ecs', operation }, request, organization);
  const { body } = request;
  const call: EcsCall = {
    estate,
    body,
    arnPrefix: `arn:aws:ecs:${estate.region}:${estate.accountId}`,
  };
  return perform(call);
}
