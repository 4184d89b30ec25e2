import {
  type ListedLaunchConfiguration,
  launchConfigurations as listing,
} from '../../../listings/launch-configurations.ts';
import { amiIdsIn } from '../../../ec2/ami-id.ts';
import type { AmiSource } from '../source.ts';

/** Launch configurations, attached to a group or not: a group may be given one at any time. */
export const launchConfigurations: AmiSource<ListedLaunchConfiguration> = {
  name: 'launch-configurations',
  skippable: true,
  readFor: 'candidates',
  namesAlways: true,
  crossesAccounts: true,
  awsRefuses: 'no: the next launch fails',
  listing,
  take: ({ LaunchConfigurationName, ImageId }) => ({
    by: LaunchConfigurationName,
    keys: amiIdsIn(ImageId),
  }),
};
