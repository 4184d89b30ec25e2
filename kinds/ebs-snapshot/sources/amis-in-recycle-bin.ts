import { type AmiInBin, amisInRecycleBin as listing } from '../../listings/amis-in-recycle-bin.ts';
import type { SnapshotSource } from './source.ts';

const AMI_ID = /\bami-[0-9a-f]+\b/g;

/**
 * Deregistered AMIs that can still be restored, but not without their snapshots, which EC2 doesn't
 * protect. It doesn't say either which those are: only the description that CreateImage gives its
 * snapshots names the AMI.
 * https://docs.aws.amazon.com/ebs/latest/userguide/recycle-bin-factors.html
 */
export const amisInRecycleBin: SnapshotSource<AmiInBin> = {
  name: 'amis-in-recycle-bin',
  skippable: true,
  readFor: 'all',
  isRecycleBin: true,
  crossesAccounts: false,
  awsRefuses: "no: the AMI can't be restored any more",
  listing,
  take: ({ ImageId }) => ({ by: ImageId, keys: [ImageId], names: [ImageId] }),
  keysOf: ({ description }) => [...new Set(description.match(AMI_ID))],
};
