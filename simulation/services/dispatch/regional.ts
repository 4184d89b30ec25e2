import type { SimEstate, SimOrganization } from '../../model/organization.ts';
import { isRegionEnabled } from '../ec2/regions.ts';
import type { Endpoint } from '../call/endpoint.ts';
import { denialMessage, findDenial } from '../iam/iam.ts';
import { commonRefusal } from '../call/refusals.ts';
import { ServiceError } from '../call/service.ts';
import type { SimRequest } from '../call/service.ts';

/**
 * A service that some Regions don't have. There AWS has no endpoint of that name, and no answer of
 * any kind comes: on one address for all services, that is a connection that breaks off.
 */
export function whereItExists(
  service: string,
  organization: SimOrganization,
  endpoint: Endpoint,
): Endpoint {
  return {
    ...endpoint,
    open: (request) => {
      const open = endpoint.open(request);
      if (organization.serviceRegions(service).includes(request.region)) return open;
      const { operation, accountId } = open;
      const nothing = { status: 200, headers: {}, body: '', breakOff: 'reset' as const };
      return { operation, accountId, answer: async () => nothing };
    },
  };
}

/**
 * The caller's estate in the request's Region.
 *
 * @throws {ServiceError} where the Region isn't enabled, or the caller may not
 */
export function enterEstate(
  { service, operation }: { readonly service: string; readonly operation: string },
  { caller, region }: SimRequest,
  organization: SimOrganization,
): SimEstate {
  if (!isRegionEnabled({ organization, caller, region })) {
    throw commonRefusal(service, 'UNKNOWN_KEY');
  }
  refuseDenied({ service, operation }, { caller, region }, organization);
  return organization.estate(caller.accountId, region);
}

/** @throws {ServiceError} in the service's own words, with the reason that IAM gives */
export function refuseDenied(
  { service, operation }: { readonly service: string; readonly operation: string },
  { caller, region }: Pick<SimRequest, 'caller' | 'region'>,
  organization: SimOrganization,
): void {
  const access = { caller, action: `${service}:${operation}`, resource: '*', region };
  const why = findDenial(organization, access);
  if (why === undefined) return;
  const { code, status } = commonRefusal(service, 'DENIED');
  throw new ServiceError(code, denialMessage(access, why), status);
}
