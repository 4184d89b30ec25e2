import { RestoreVolumeFromRecycleBinCommand } from '@aws-sdk/client-ec2';
import { recycleBinOf } from '../../ec2/recycle-bin.ts';
import { listVolumesInBin, volumesInRecycleBin } from '../../listings/volumes-in-recycle-bin.ts';
import { volumesNow } from './listing.ts';

const [LISTING = ''] = volumesInRecycleBin.iam;

/**
 * How a deleted volume comes back: the Recycle Bin keeps it for 7 days at most, where a rule says so.
 * Since 2025-11. It keeps none that failed when it was made, and none of a managed instance.
 *
 * https://docs.aws.amazon.com/ebs/latest/userguide/recycle-bin-factors.html
 */
export const volumeBin = recycleBinOf({
  keeps: { resourceType: 'EBS_VOLUME', mostDays: 7 },
  listing: LISTING,
  list: async function* (ec2, ids) {
    for await (const one of listVolumesInBin(ec2, ids))
      yield { id: one.VolumeId, entered: one.RecycleBinEnterTime, exit: one.RecycleBinExitTime };
  },
  listThere: async function* ({ ec2 }, ids) {
    for await (const { volumeId: id, tags } of volumesNow(ec2, ids)) yield { id, tags };
  },
  restore: async (ec2, VolumeId) => ec2.send(new RestoreVolumeFromRecycleBinCommand({ VolumeId })),
});
