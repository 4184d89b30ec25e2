import { z } from 'zod';
import type { SimEstate, SimOrganization } from '../model/organization.ts';
import { PARAMETERS, type SimParameter } from '../model/launching.ts';
import { ServiceError, type SimRequest } from './call/service.ts';
import { enterEstate } from './dispatch/regional.ts';
import { parseInput } from './protocols/json-input.ts';
import { arraySource } from './ec2/paging.ts';
import { takePage } from './protocols/listing.ts';

const INVALID = 'ValidationException';
const MAX_PAGE_SIZE = 50;
const MOST_NAMES = 10;

const DescribeParameters = z.strictObject({
  ParameterFilters: z
    .array(
      z.strictObject({
        Key: z.enum(['Type', 'DataType', 'Name']),
        Option: z.literal('Equals').optional(),
        Values: z.array(z.string()).min(1),
      }),
    )
    .default([]),
  MaxResults: z.int().min(1).max(MAX_PAGE_SIZE).default(MAX_PAGE_SIZE),
  NextToken: z.string().optional(),
});

const GetParameters = z.strictObject({
  Names: z.array(z.string().min(1)).min(1).max(MOST_NAMES),
  WithDecryption: z.boolean().optional(),
});

const GetParameterHistory = z.strictObject({
  Name: z.string().min(1),
  WithDecryption: z.boolean().optional(),
  MaxResults: z.int().min(1).max(MAX_PAGE_SIZE).default(MAX_PAGE_SIZE),
  NextToken: z.string().optional(),
});

/** DescribeParameters, GetParameters and GetParameterHistory of what an account has in a Region. */
export function parameterOperations(organization: SimOrganization) {
  const entered =
    (perform: (request: SimRequest, estate: SimEstate) => unknown) =>
    (request: SimRequest, operation: string) =>
      perform(request, enterEstate({ service: 'ssm', operation }, request, organization));
  return {
    DescribeParameters: entered(describeParameters),
    GetParameters: entered(getParameters),
    GetParameterHistory: entered(getParameterHistory),
  };
}

/** It tells no values. */
function describeParameters({ body }: SimRequest, estate: SimEstate): unknown {
  const { ParameterFilters, MaxResults, NextToken } = parseInput(DescribeParameters, body, INVALID);
  const passes = (parameter: SimParameter) =>
    ParameterFilters.every(({ Key, Values }) =>
      Values.includes(
        { Type: parameter.type, DataType: parameter.dataType, Name: parameter.name }[Key],
      ),
    );
  const all = [...PARAMETERS.of(estate).values()];
  const { items, nextToken } = takePage({
    source: arraySource(all),
    size: MaxResults,
    token: NextToken,
    listing: `${estate.accountId} ${estate.region} ${JSON.stringify(ParameterFilters)}`,
    matches: passes,
    invalidToken,
  });
  return {
    Parameters: items.map(({ name, type, dataType, versions }) => ({
      Name: name,
      Type: type,
      DataType: dataType,
      Version: versions.length,
      LastModifiedDate: Date.UTC(2020, 0, 1) / 1000,
      Tier: 'Standard',
    })),
    ...(nextToken !== undefined && { NextToken: nextToken }),
  };
}

/** Names that aren't there are named as invalid, and are no error. */
function getParameters({ body }: SimRequest, estate: SimEstate): unknown {
  const { Names, WithDecryption = false } = parseInput(GetParameters, body, INVALID);
  const parameters = PARAMETERS.of(estate);
  const found = Names.flatMap((name) => parameters.get(name) ?? []);
  return {
    Parameters: found.map((parameter) =>
      describe(parameter, parameter.versions.length, WithDecryption),
    ),
    InvalidParameters: Names.filter((name) => !parameters.has(name)),
  };
}

function getParameterHistory({ body }: SimRequest, estate: SimEstate): unknown {
  const input = parseInput(GetParameterHistory, body, INVALID);
  const parameter = PARAMETERS.of(estate).get(input.Name);
  if (parameter === undefined) {
    throw new ServiceError('ParameterNotFound', `Parameter ${input.Name} not found.`);
  }
  const { items, nextToken } = takePage({
    source: arraySource(parameter.versions.map((_, index) => index + 1)),
    size: input.MaxResults,
    token: input.NextToken,
    listing: `${estate.accountId} ${estate.region} history ${input.Name}`,
    invalidToken,
  });
  return {
    Parameters: items.map((version) => ({
      ...describe(parameter, version, input.WithDecryption ?? false),
      Labels: parameter.versions[version - 1]?.labels ?? [],
    })),
    ...(nextToken !== undefined && { NextToken: nextToken }),
  };
}

function describe(
  { name, type, dataType, versions }: SimParameter,
  version: number,
  open: boolean,
) {
  const value = versions[version - 1]?.value ?? '';
  const isSealed = type === 'SecureString' && !open;
  return {
    Name: name,
    Type: type,
    DataType: dataType,
    Version: version,
    Value: isSealed ? `AQICAHh${Buffer.from(name).toString('base64')}` : value,
    LastModifiedDate: Date.UTC(2020, 0, version) / 1000,
  };
}

function invalidToken(): ServiceError {
  return new ServiceError('InvalidNextToken', 'The specified token is not valid.');
}
