import { z } from 'zod';
import type { SimEstate, SimOrganization } from '../../model/organization.ts';
import type { Endpoint } from '../../services/call/endpoint.ts';
import { enterEstate } from '../../services/dispatch/regional.ts';
import { parseInput } from '../../services/protocols/json-input.ts';
import { makeRestJsonEndpoint } from '../../services/protocols/rest-json-endpoint.ts';
import { pageOf } from './page.ts';
import { AMI_USERS } from './state.ts';

const SERVICE = 'batch';
const INVALID = 'ClientException';

const Describe = z.strictObject({
  maxResults: z.int().min(1).max(100).default(100),
  nextToken: z.string().optional(),
});

/** DescribeComputeEnvironments of AWS Batch. */
export function makeBatch(organization: SimOrganization): Endpoint {
  return makeRestJsonEndpoint({
    name: SERVICE,
    operations: {
      '/v1/describecomputeenvironments': [
        'DescribeComputeEnvironments',
        (request, operation) =>
          describe(
            enterEstate({ service: SERVICE, operation }, request, organization),
            request.body,
          ),
      ],
    },
  });
}

function describe(estate: SimEstate, body: Buffer): unknown {
  const { maxResults, nextToken: token } = parseInput(Describe, body, INVALID);
  const { items, nextToken } = pageOf(estate, AMI_USERS.of(estate).computeEnvironments, {
    ...{ listing: 'compute environments', size: maxResults, token, invalid: INVALID },
  });
  return {
    computeEnvironments: items.map(({ name, imageId, overrideImageIds }) => ({
      computeEnvironmentName: name,
      computeEnvironmentArn: `arn:aws:batch:${estate.region}:${estate.accountId}:compute-environment/${name}`,
      state: 'ENABLED',
      status: 'VALID',
      computeResources: {
        type: 'EC2',
        ...(imageId !== undefined && { imageId }),
        ...(overrideImageIds && {
          ec2Configuration: overrideImageIds.map((imageIdOverride) => ({
            imageType: 'ECS_AL2023',
            imageIdOverride,
          })),
        }),
      },
    })),
    ...(nextToken !== undefined && { nextToken }),
  };
}
