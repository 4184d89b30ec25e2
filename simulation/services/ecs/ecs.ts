import type { SimOrganization } from '../../model/organization.ts';
import type { BucketSize } from '../call/token-buckets.ts';
import { describeServices } from './describe-services.ts';
import { listClusters, listServices } from './listings.ts';
import type { EcsCall, EcsOperation } from './operation.ts';
import type { Endpoint } from '../call/endpoint.ts';
import { makeJsonEndpoint } from '../protocols/json-endpoint.ts';
import { enterEstate } from '../dispatch/regional.ts';
import type { SimRequest } from '../call/service.ts';

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
  return makeJsonEndpoint({
    name: 'ecs',
    target: 'AmazonEC2ContainerServiceV20141113',
    operations: Object.fromEntries(
      Object.entries(OPERATIONS).map(([name, perform]) => [
        name,
        (request: SimRequest) => answer(name, perform, request, organization),
      ]),
    ),
    bucketOf: (operation, { caller, region }) => {
      const bucket = BUCKETS[operation];
      return bucket && { ...bucket, name: `ecs/${caller.accountId}/${region}/${bucket.name}` };
    },
  });
}

function answer(
  operation: string,
  perform: EcsOperation,
  request: SimRequest,
  organization: SimOrganization,
): unknown {
  const estate = enterEstate({ service: 'ecs', operation }, request, organization);
  const { body } = request;
  const call: EcsCall = {
    estate,
    body,
    arnPrefix: `arn:aws:ecs:${estate.region}:${estate.accountId}`,
  };
  return perform(call);
}
