import type { Filter } from '@aws-sdk/client-ec2';
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
    names: [ImageId],
  }),
  listFor: async function* ({ look, snapshots, originAmis }) {
    const list = (filters: Filter[]) => listAmis(look.clients.ec2, filters);
    yield* byFilter(SNAPSHOT_FILTER, snapshots.keys(), list);
    // One that is being made, or failed, is there and names none of its snapshots.
    yield* byFilter('image-id', originAmis, list);
  },
};
