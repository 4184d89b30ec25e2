import type { SimEstate } from '../model/organization.ts';
import { SCALING_GROUPS, type SimScalingGroup } from '../model/launching.ts';
import { ServiceError } from './call/service.ts';
import type { QueryCall } from './protocols/query-endpoint.ts';
import { arraySource } from './ec2/paging.ts';
import { takePage } from './protocols/listing.ts';
import { element, wrap } from './protocols/xml.ts';

/** What a page of a listing of Auto Scaling goes by. */
export interface AutoScalingPaging {
  readonly size: number;
  readonly invalidToken: () => ServiceError;
}

/** DescribeAutoScalingGroups. A name that is nobody's is passed over. */
export function describeGroups(
  { parameters }: QueryCall,
  estate: SimEstate,
  paging: AutoScalingPaging,
): string {
  const names = parameters.list('AutoScalingGroupNames.member');
  const { items, nextToken } = takePage({
    ...paging,
    source: arraySource([...SCALING_GROUPS.of(estate).values()]),
    token: parameters.get('NextToken'),
    listing: `${estate.accountId} ${estate.region} groups ${JSON.stringify(names)}`,
    matches: ({ name }: SimScalingGroup) => names.length === 0 || names.includes(name),
  });
  const members = items.map((group) =>
    wrap(
      'member',
      element('AutoScalingGroupName', group.name) +
        element('MinSize', 0) +
        element('MaxSize', 3) +
        element('DesiredCapacity', 0) +
        mixed(group.overrideImageIds),
    ),
  );
  return wrap('AutoScalingGroups', members.join('')) + element('NextToken', nextToken);
}

/** DescribeInstanceRefreshes of one group. */
export function describeRefreshes(
  { parameters }: QueryCall,
  estate: SimEstate,
  paging: AutoScalingPaging,
): string {
  const name = parameters.get('AutoScalingGroupName') ?? '';
  const group = SCALING_GROUPS.of(estate).get(name);
  if (group === undefined) {
    throw new ServiceError(
      'ValidationError',
      `AutoScalingGroup name not found - AutoScalingGroup ${name} not found`,
    );
  }
  const { items, nextToken } = takePage({
    ...paging,
    source: arraySource(group.refreshes),
    token: parameters.get('NextToken'),
    listing: `${estate.accountId} ${estate.region} refreshes ${name}`,
  });
  const members = items.map(({ id, status, overrideImageIds }) =>
    wrap(
      'member',
      element('InstanceRefreshId', id) +
        element('AutoScalingGroupName', name) +
        element('Status', status) +
        wrap('DesiredConfiguration', mixed(overrideImageIds)),
    ),
  );
  return wrap('InstanceRefreshes', members.join('')) + element('NextToken', nextToken);
}

function mixed(imageIds: readonly string[]): string {
  if (imageIds.length === 0) return '';
  const overrides = imageIds.map((imageId) =>
    wrap('member', element('InstanceType', 't3.micro') + element('ImageId', imageId)),
  );
  return wrap(
    'MixedInstancesPolicy',
    wrap('LaunchTemplate', wrap('Overrides', overrides.join(''))),
  );
}
