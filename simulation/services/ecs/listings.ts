import { z } from 'zod';
import { parseInput } from '../protocols/json-input.ts';
import { takePage } from '../protocols/listing.ts';
import { ServiceError } from '../call/service.ts';
import type { EcsCall } from './operation.ts';
import { INVALID, clusterName, serviceArn } from './operation.ts';

/** ListServices "returns up to 10 results" when nobody says how many, ListClusters 100. */
const DEFAULT_SERVICES = 10;
const MAX_PAGE_SIZE = 100;
const PageSize = z.int().min(1).max(MAX_PAGE_SIZE);

const ListClusters = z.strictObject({
  maxResults: PageSize.default(MAX_PAGE_SIZE),
  nextToken: z.string().optional(),
});

const ListServices = z.strictObject({
  cluster: z.string().optional(),
  maxResults: PageSize.default(DEFAULT_SERVICES),
  nextToken: z.string().optional(),
});

/** The ARNs of all clusters, those without a service included. */
export function listClusters(call: EcsCall): unknown {
  const { maxResults, nextToken } = parseInput(ListClusters, call.body, INVALID);
  const names = call.estate.ecsClusters();
  const page = takePage({
    source: (from, limit) => {
      const end = from + limit;
      return { items: names.slice(from, end), next: end < names.length ? end : null };
    },
    size: maxResults,
    token: nextToken,
    listing: `${call.arnPrefix} clusters`,
    invalidToken,
  });
  return {
    clusterArns: page.items.map((name) => `${call.arnPrefix}:cluster/${name}`),
    ...(page.nextToken !== undefined && { nextToken: page.nextToken }),
  };
}

/** The ARNs of the services of one cluster. */
export function listServices(call: EcsCall): unknown {
  const { cluster, maxResults, nextToken } = parseInput(ListServices, call.body, INVALID);
  const name = clusterName(call, cluster);
  const page = takePage({
    source: (from, limit) => call.estate.ecsServices(from, limit),
    size: maxResults,
    token: nextToken,
    listing: `${call.arnPrefix} services ${name}`,
    matches: (service) => service.clusterName === name,
    invalidToken,
  });
  return {
    serviceArns: page.items.map((service) => serviceArn(call, name, service.name)),
    ...(page.nextToken !== undefined && { nextToken: page.nextToken }),
  };
}

function invalidToken(): ServiceError {
  return new ServiceError(INVALID, 'Invalid token.');
}
