import { z } from 'zod';
import type { SimOrganization } from '../model.ts';
import type { Endpoint } from './endpoint.ts';
import { makeJsonEndpoint } from './json-endpoint.ts';
import { parseInput } from './json-input.ts';
import { takePage } from './listing.ts';
import { refuseDenied } from './regional.ts';
import { ServiceError } from './service.ts';
import type { SimRequest } from './service.ts';

const SERVICE_REGIONS = /^\/aws\/service\/global-infrastructure\/services\/([^/]+)\/regions\/?$/;
const MAX_PAGE_SIZE = 10;

const GetParametersByPath = z.strictObject({
  Path: z.string().startsWith('/'),
  Recursive: z.boolean().optional(),
  WithDecryption: z.boolean().optional(),
  MaxResults: z.int().min(1).max(MAX_PAGE_SIZE).default(MAX_PAGE_SIZE),
  NextToken: z.string().optional(),
});

/**
 * GetParametersByPath for the parameters in which AWS says where its services exist. Any other path
 * has no parameters, and that is no error.
 */
export function makeSsm(organization: SimOrganization): Endpoint {
  return makeJsonEndpoint({
    name: 'ssm',
    target: 'AmazonSSM',
    operations: {
      GetParametersByPath: (request, operation) => {
        refuseDenied({ service: 'ssm', operation }, request, organization);
        return listServiceRegions(request, organization);
      },
    },
  });
}

function listServiceRegions(request: SimRequest, organization: SimOrganization): unknown {
  const input = parseInput(GetParametersByPath, request.body, 'ValidationException');
  const service = SERVICE_REGIONS.exec(input.Path)?.[1];
  const regions = service === undefined ? [] : organization.serviceRegions(service);
  const { items, nextToken } = takePage({
    source: (from, limit) => {
      const end = from + limit;
      return { items: regions.slice(from, end), next: end < regions.length ? end : null };
    },
    size: input.MaxResults,
    token: input.NextToken,
    listing: `${request.caller.accountId} ${request.region} ${input.Path}`,
    invalidToken: () => new ServiceError('InvalidNextToken', 'The specified token is not valid.'),
  });
  return {
    Parameters: items.map((region) =>
      describe(`${input.Path.replace(/\/$/, '')}/${region}`, region, request),
    ),
    ...(nextToken !== undefined && { NextToken: nextToken }),
  };
}

function describe(name: string, value: string, { region }: SimRequest): unknown {
  return {
    ARN: `arn:aws:ssm:${region}::parameter${name}`,
    DataType: 'text',
    LastModifiedDate: Date.UTC(2020, 0, 1) / 1000,
    Name: name,
    Type: 'String',
    Value: value,
    Version: 1,
  };
}
