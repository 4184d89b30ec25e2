import {
  AutoScalingClient,
  type LaunchConfiguration,
  paginateDescribeLaunchConfigurations,
} from '@aws-sdk/client-auto-scaling';
import { checkId, itemsOfPages } from '../../aws/answers/pages.ts';
import type { AwsService } from '../../aws/sessions/aws-clients.ts';
import type { Identified, Listing, ReadBy } from './listing.ts';

export type ListedLaunchConfiguration = Identified<LaunchConfiguration, 'LaunchConfigurationName'>;

export const AUTO_SCALING: AwsService<AutoScalingClient> = {
  prefix: 'autoscaling',
  make: (config) => new AutoScalingClient(config),
};

const OPERATION = 'autoscaling:DescribeLaunchConfigurations';

/** Launch configurations of Auto Scaling, the templates' predecessors: they can't be changed. */
export const launchConfigurations: Listing<ListedLaunchConfiguration> = {
  name: 'launch-configurations',
  reach: 'regional',
  iam: [OPERATION],
  cost: '1 call per 100 launch configurations',
  list: listLaunchConfigurations,
};

async function* listLaunchConfigurations({
  clients,
}: ReadBy): AsyncGenerator<ListedLaunchConfiguration> {
  const pages = paginateDescribeLaunchConfigurations(
    { client: clients.of(AUTO_SCALING) },
    { MaxRecords: 100 },
  );
  for await (const one of itemsOfPages(OPERATION, pages, (page) => page.LaunchConfigurations)) {
    checkId(one, 'LaunchConfigurationName', OPERATION);
    yield one;
  }
}
