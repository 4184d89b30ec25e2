import { paginateGetParametersByPath } from '@aws-sdk/client-ssm';
import type { SSMClient } from '@aws-sdk/client-ssm';
import { brokenListing, itemsOfPages } from '../answers/pages.ts';

/**
 * The Regions that have a service, as AWS itself publishes them in SSM's public parameters.
 *
 * @param service as AWS's list names it: `storagegateway`
 * @throws whatever keeps the list from being read to its end; an empty one too, as no service is
 *   nowhere
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters-global-infrastructure.html
 */
export async function listRegionsOfService(ssm: SSMClient, service: string): Promise<string[]> {
  const operation = 'ssm:GetParametersByPath';
  const pages = paginateGetParametersByPath(
    { client: ssm },
    { Path: `/aws/service/global-infrastructure/services/${service}/regions`, MaxResults: 10 },
  );
  const regions: string[] = [];
  for await (const { Value } of itemsOfPages(operation, pages, (page) => page.Parameters)) {
    if (Value === undefined) throw brokenListing(operation, 'a parameter came without its value');
    regions.push(Value);
  }
  if (regions.length === 0) throw brokenListing(operation, `no Region is said to have ${service}`);
  return regions;
}
