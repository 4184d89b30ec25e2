import type { Filter } from './filters.ts';
import { parseFilters, toPredicate } from './filters.ts';
import type { Ec2Call, Ec2Operation } from './operation.ts';
import { BUCKETS } from './operation.ts';
import { ServiceError } from '../call/service.ts';
import { element, itemList } from '../protocols/xml.ts';

interface RegionInfo {
  readonly name: string;
  readonly optInStatus: 'opt-in-not-required' | 'opted-in' | 'not-opted-in';
}

/** DescribeRegions: the Regions enabled for the account, or all of them with AllRegions. */
export const describeRegions: Ec2Operation = {
  accepts: ['AllRegions', 'RegionName', 'Filter'],
  bucket: () => ({ name: 'listing', size: BUCKETS.nonMutating }),
  answer: (call) => {
    const names = call.parameters.list('RegionName');
    const all = regionsOf(call);
    const missing = names.find((name) => !all.some((region) => region.name === name));
    if (missing !== undefined) {
      throw new ServiceError('InvalidParameterValue', `Invalid region provided: ${missing}`);
    }
    const passes = regionPredicate(parseFilters(call.parameters));
    const shown = all
      .filter(({ name }) => names.length === 0 || names.includes(name))
      .filter((region) => isEnabled(region) || call.parameters.isTrue('AllRegions'))
      .filter(passes);
    return itemList('regionInfo', shown.map(describeRegion));
  },
};

/** Whether the account may use the Region's endpoint at all. */
export function isRegionEnabled(
  call: Pick<Ec2Call, 'organization' | 'caller' | 'region'>,
): boolean {
  return regionsOf(call).some((region) => region.name === call.region && isEnabled(region));
}

function regionsOf({ organization, caller }: Pick<Ec2Call, 'organization' | 'caller'>) {
  const account = organization.accounts.find(({ id }) => id === caller.accountId);
  return organization.allRegions.map((name): RegionInfo => {
    const region = account?.regions.find((candidate) => candidate.name === name);
    return { name, optInStatus: region?.optIn ?? 'not-opted-in' };
  });
}

function isEnabled({ optInStatus }: RegionInfo): boolean {
  return optInStatus !== 'not-opted-in';
}

function regionPredicate(filters: readonly Filter[]): (region: RegionInfo) => boolean {
  return toPredicate(filters, {
    'region-name': ({ name }) => [name],
    'opt-in-status': ({ optInStatus }) => [optInStatus],
    endpoint: ({ name }) => [endpointOf(name)],
  });
}

function describeRegion({ name, optInStatus }: RegionInfo): string {
  return (
    element('regionName', name) +
    element('regionEndpoint', endpointOf(name)) +
    element('optInStatus', optInStatus)
  );
}

function endpointOf(region: string): string {
  return `ec2.${region}.amazonaws.com`;
}
