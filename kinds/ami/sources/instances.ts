import { instances as listing, type ListedInstance } from '../../listings/instances.ts';
import type { AmiSource } from './source.ts';

/** A terminated one is gone, and EC2 shows it for about an hour. */
const TERMINATED = 'terminated';

/**
 * Instances in every state: what was launched from an AMI goes on without it, but its root volume can't
 * be replaced, nor the like of it launched.
 */
export const instances: AmiSource<ListedInstance> = {
  name: 'instances',
  skippable: false,
  readFor: 'all',
  namesAlways: true,
  // The AMI may be shared by another account.
  crossesAccounts: true,
  awsRefuses: 'no: the next launch fails',
  listing,
  take: ({ InstanceId, ImageId, State }) =>
    State?.Name === TERMINATED ? null : { by: InstanceId, keys: ImageId ? [ImageId] : [] },
};
