import {
  type AutoScalingClient,
  type InstanceRefresh,
  paginateDescribeInstanceRefreshes,
} from '@aws-sdk/client-auto-scaling';
import { toAwsFailure } from '../../../../aws/answers/aws-error.ts';
import { checkId, itemsOfPages } from '../../../../aws/answers/pages.ts';
import { makePace } from '../../../../aws/answers/pace.ts';
import { AUTO_SCALING } from '../../../listings/launch-configurations.ts';
import type { Identified, ReadBy } from '../../../listings/listing.ts';
import type { AmiSource } from '../source.ts';
import { amisOfOverrides, listGroups } from './auto-scaling-groups.ts';

type Refresh = Identified<InstanceRefresh, 'InstanceRefreshId'>;

const OPERATION = 'autoscaling:DescribeInstanceRefreshes';

/** What a group has now is in the group itself. Any state that isn't known counts as under way. */
const OVER = new Set(['Successful', 'Failed', 'Cancelled', 'RollbackFailed', 'RollbackSuccessful']);

/** Instance refreshes under way: what a group is to have, and gets only when the refresh has ended. */
export const instanceRefreshes: AmiSource<Refresh> = {
  name: 'instance-refreshes',
  skippable: true,
  readFor: 'candidates',
  crossesAccounts: true,
  awsRefuses: 'no: the refresh fails',
  listing: {
    name: 'instance-refreshes',
    reach: 'regional',
    cost: '1 call per Auto Scaling group, and 1 per 100 of them',
    iam: ['autoscaling:DescribeAutoScalingGroups', OPERATION],
    list: listRefreshes,
  },
  take: ({ InstanceRefreshId, AutoScalingGroupName, Status, DesiredConfiguration }) =>
    OVER.has(Status ?? '')
      ? null
      : {
          by: `${AutoScalingGroupName ?? 'a group'} (instance refresh ${InstanceRefreshId})`,
          keys: amisOfOverrides(DesiredConfiguration?.MixedInstancesPolicy),
        },
};

async function* listRefreshes({ clients, clock }: ReadBy): AsyncGenerator<Refresh> {
  const client = clients.of(AUTO_SCALING);
  const turn = makePace(clock);
  for await (const { AutoScalingGroupName } of listGroups(client)) {
    await turn();
    yield* await refreshesOf(client, AutoScalingGroupName);
  }
}

/** Of six weeks, as long as AWS keeps them. */
async function refreshesOf(
  client: AutoScalingClient,
  AutoScalingGroupName: string,
): Promise<Refresh[]> {
  const pages = paginateDescribeInstanceRefreshes(
    { client },
    { AutoScalingGroupName, MaxRecords: 100 },
  );
  const refreshes: Refresh[] = [];
  try {
    for await (const one of itemsOfPages(OPERATION, pages, (page) => page.InstanceRefreshes)) {
      checkId(one, 'InstanceRefreshId', OPERATION);
      refreshes.push(one);
    }
  } catch (error) {
    // Deleted since it was listed.
    const { code, message } = toAwsFailure(error);
    if (code !== 'ValidationError' || !/not found/i.test(message)) throw error;
  }
  return refreshes;
}
