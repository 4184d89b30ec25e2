import { z } from 'zod';
import type { SimOrganization } from '../model/organization.ts';
import type { Endpoint } from './call/endpoint.ts';
import { makeJsonEndpoint } from './protocols/json-endpoint.ts';
import { parseInput } from './protocols/json-input.ts';
import { parameterOperations } from './ssm-parameters.ts';
import { takePage } from './protocols/listing.ts';
import { refuseDenied } from './dispatch/regional.ts';
import { ServiceError } from './call/service.ts';
import type { SimRequest } from './call/service.ts';

const SERVICE_REGIONS = /^\/aws\/service\/global-infrastructure\/services\/([^/]+)\/regions\/?$/;
const MAX_PAGE_SIZE = 10;

const GetParametersByPath = z.strictObject({
  Path: z.string().startsWith('/'),
  Recursive: z.boolean().optional(),
  WithDecryption: z.boolean().optional(),
  MaxResults: z.int().min(1).max(MAX_PAGE_SIZE).default(MAX_PAGE_SIZE),
  NextToken: z.string().optional(),
});

const GetParameter = z.strictObject({
  Name: z.string().min(1),
  WithDecryption: z.boolean().optional(),
});

/** What the hub's account has in Parameter Store, in its Region. */
export interface SimParameters {
  readonly region: string;
  readonly values: Readonly<Record<string, string>>;
}

/**
 * GetParametersByPath for the parameters in which AWS says where its services exist (any other path
 * has no parameters, and that is no error), GetParameter for the hub's own, and listings of what each
 * account has.
 */
export function makeSsm(organization: SimOrganization, own?: SimParameters): Endpoint {
  return makeJsonEndpoint({
    name: 'ssm',
    target: 'AmazonSSM',
    operations: {
      ...parameterOperations(organization),
      GetParameter: (request, operation) => {
        refuseDenied({ service: 'ssm', operation }, request, organization);
        return getParameter(request, organization, own);
      },
      GetParametersByPath: (request, operation) => {
        refuseDenied({ service: 'ssm', operation }, request, organization);
        return listServiceRegions(request, organization);
      },
    },
  });
}

function getParameter(
  request: SimRequest,
  { hubAccountId }: SimOrganization,
  own: SimParameters | undefined,
): unknown {
  const { Name } = parseInput(GetParameter, request.body, 'ValidationException');
  const isThere = request.caller.accountId === hubAccountId && request.region === own?.region;
  const value = isThere && Object.hasOwn(own.values, Name) ? own.values[Name] : undefined;
  if (value === undefined) throw new ServiceError('ParameterNotFound', '');
  return { Parameter: describe(Name, value, request, hubAccountId) };
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

/** AWS's own parameters are nobody's: their ARNs have no account. */
function describe(name: string, value: string, { region }: SimRequest, accountId = ''): unknown {
  return {
    ARN: `arn:aws:ssm:${region}:${accountId}:parameter${name}`,
    DataType: 'text',
    LastModifiedDate: Date.UTC(2020, 0, 1) / 1000,
    Name: name,
    Type: 'String',
    Value: value,
    Version: 1,
  };
}
