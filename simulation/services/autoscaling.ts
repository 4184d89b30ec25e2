import type { SimEstate, SimOrganization } from '../model/organization.ts';
import type { SimLaunchConfiguration } from '../model/references.ts';
import { describeGroups, describeRefreshes } from './auto-scaling-groups.ts';
import type { Endpoint } from './call/endpoint.ts';
import { takePage } from './protocols/listing.ts';
import { makeQueryEndpoint } from './protocols/query-endpoint.ts';
import type { QueryCall } from './protocols/query-endpoint.ts';
import type { QueryParameters } from './protocols/query-protocol.ts';
import { enterEstate } from './dispatch/regional.ts';
import { ServiceError } from './call/service.ts';
import type { SimRequest } from './call/service.ts';
import { element, wrap } from './protocols/xml.ts';

const XMLNS = 'http://autoscaling.amazonaws.com/doc/2011-01-01/';
const NAMES = 'LaunchConfigurationNames.member';
const DEFAULT_PAGE_SIZE = 50;
const MAX_PAGE_SIZE = 100;

/** DescribeLaunchConfigurations, DescribeAutoScalingGroups and DescribeInstanceRefreshes. */
export function makeAutoScaling(organization: SimOrganization): Endpoint {
  return makeQueryEndpoint({
    name: 'autoscaling',
    xmlns: XMLNS,
    answer: (call) => answer(call, organization),
  });
}

function answer(call: QueryCall, organization: SimOrganization): string {
  const { operation, parameters, request } = call;
  const enter = () => enterEstate({ service: 'autoscaling', operation }, request, organization);
  const paging = () => ({
    size: pageSizeOf(parameters),
    invalidToken: () => invalid('The token is not valid.'),
  });
  switch (operation) {
    case 'DescribeAutoScalingGroups':
      return describeGroups(call, enter(), paging());
    case 'DescribeInstanceRefreshes':
      return describeRefreshes(call, enter(), paging());
    case 'DescribeLaunchConfigurations':
      return describeConfigurations(call, enter());
    default:
      throw new ServiceError('InvalidAction', `Could not find operation ${operation}`);
  }
}

function describeConfigurations({ parameters, request }: QueryCall, estate: SimEstate): string {
  const names = parameters.list(NAMES);
  const { items, nextToken } = takePage({
    source: (from, limit) => estate.launchConfigurations(from, limit),
    size: pageSizeOf(parameters),
    token: parameters.get('NextToken'),
    listing: `${estate.accountId} ${estate.region} ${JSON.stringify(names)}`,
    // A name that is nobody's is passed over.
    matches: ({ name }) => names.length === 0 || names.includes(name),
    invalidToken: () => invalid('The token is not valid.'),
  });
  const members = items.map((one) => wrap('member', describe(one, request)));
  return wrap('LaunchConfigurations', members.join('')) + element('NextToken', nextToken);
}

function pageSizeOf(parameters: QueryParameters): number {
  const size = Number(parameters.get('MaxRecords') ?? DEFAULT_PAGE_SIZE);
  if (Number.isInteger(size) && size >= 1 && size <= MAX_PAGE_SIZE) return size;
  throw invalid(`MaxRecords must be between 1 and ${MAX_PAGE_SIZE}.`);
}

function describe(
  { name, imageId, snapshotIds }: SimLaunchConfiguration,
  { region, caller }: SimRequest,
): string {
  const devices = snapshotIds.map((snapshotId, index) => {
    const device = `/dev/xvd${String.fromCharCode('a'.charCodeAt(0) + (index % 26))}`;
    const ebs = wrap('Ebs', element('SnapshotId', snapshotId));
    return wrap('member', element('DeviceName', device) + ebs);
  });
  return (
    element('LaunchConfigurationName', name) +
    element(
      'LaunchConfigurationARN',
      `arn:aws:autoscaling:${region}:${caller.accountId}:launchConfiguration:1:launchConfigurationName/${name}`,
    ) +
    element('ImageId', imageId) +
    element('InstanceType', 't3.micro') +
    element('CreatedTime', '2020-01-01T00:00:00Z') +
    wrap('BlockDeviceMappings', devices.join(''))
  );
}

function invalid(message: string): ServiceError {
  return new ServiceError('ValidationError', message);
}
