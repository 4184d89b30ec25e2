import {
  type ListedLaunchConfiguration,
  launchConfigurations as listing,
} from '../../listings/launch-configurations.ts';
import { snapshotsOfDevices, type SnapshotSource } from './source.ts';

export const launchConfigurations: SnapshotSource<ListedLaunchConfiguration> = {
  name: 'launch-configurations',
  skippable: true,
  readFor: 'candidates',
  crossesAccounts: true,
  awsRefuses: 'no: the next launch fails',
  listing,
  take: ({ LaunchConfigurationName, BlockDeviceMappings }) => ({
    by: LaunchConfigurationName,
    keys: snapshotsOfDevices(BlockDeviceMappings),
  }),
};
