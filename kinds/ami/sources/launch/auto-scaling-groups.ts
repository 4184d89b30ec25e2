import {
  type AutoScalingClient,
  type AutoScalingGroup,
  type MixedInstancesPolicy,
  paginateDescribeAutoScalingGroups,
} from '@aws-sdk/client-auto-scaling';
import { checkId, itemsOfPages } from '../../../../aws/answers/pages.ts';
import { AUTO_SCALING } from '../../../listings/launch-configurations.ts';
import type { Identified } from '../../../listings/listing.ts';
import { amiIdsIn } from '../../../ec2/ami-id.ts';
import type { AmiSource } from '../source.ts';

export type Group = Identified<AutoScalingGroup, 'AutoScalingGroupName'>;

const OPERATION = 'autoscaling:DescribeAutoScalingGroups';

/**
 * The AMIs that the overrides of a mixed group name themselves. Those of its launch templates and its
 * launch configuration are in the sources of these, whatever version a group or an override has.
 */
export const autoScalingGroups: AmiSource<Group> = {
  name: 'auto-scaling-groups',
  skippable: true,
  readFor: 'candidates',
  crossesAccounts: true,
  awsRefuses: 'no: the next launch fails',
  listing: {
    name: 'auto-scaling-groups',
    reach: 'regional',
    cost: '1 call per 100 Auto Scaling groups',
    iam: [OPERATION],
    list: ({ clients }) => listGroups(clients.of(AUTO_SCALING)),
  },
  take: ({ AutoScalingGroupName, MixedInstancesPolicy: policy }) => ({
    by: AutoScalingGroupName,
    keys: amisOfOverrides(policy),
  }),
};

export async function* listGroups(client: AutoScalingClient): AsyncGenerator<Group> {
  const pages = paginateDescribeAutoScalingGroups({ client }, { MaxRecords: 100 });
  for await (const group of itemsOfPages(OPERATION, pages, (page) => page.AutoScalingGroups)) {
    checkId(group, 'AutoScalingGroupName', OPERATION);
    yield group;
  }
}

export function amisOfOverrides(policy: MixedInstancesPolicy | undefined): string[] {
  return amiIdsIn(...(policy?.LaunchTemplate?.Overrides ?? []).map(({ ImageId }) => ImageId));
}
