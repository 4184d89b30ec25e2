import { amis as listing, listAmis, type ListedAmi } from '../../listings/amis.ts';
import { byFilter } from '../../listings/filter.ts';
import { snapshotsOfDevices, type SnapshotSource } from './source.ts';

const SNAPSHOT_FILTER = 'block-device-mapping.snapshot-id';

/** EC2 itself refuses to delete a snapshot that an AMI uses. */
export const amis: SnapshotSource<ListedAmi> = {
  name: 'amis',
  skippable: true,
  readFor: 'all',
  crossesAccounts: true,
  awsRefuses: 'yes: InvalidSnapshot.InUse, for disabled AMIs too',
  listing,
  take: ({ ImageId, BlockDeviceMappings }) => ({
    by: ImageId,
    keys: snapshotsOfDevices(BlockDeviceMappings),
  }),
  listFor: ({ look, snapshots }) =>
    byFilter(SNAPSHOT_FILTER, snapshots.keys(), (filters) => listAmis(look.clients.ec2, filters)),
};
