import type { SimBinnedVolume } from '../../model/references.ts';
import { element, itemList } from '../../services/protocols/xml.ts';
import type { Ec2Call, Ec2Operation } from '../../services/ec2/operation.ts';
import { nonMutatingBucket, placeOf } from '../../services/ec2/operation.ts';
import { arraySource, listPage } from '../../services/ec2/paging.ts';
import { ID_KINDS, findAll } from '../../services/ec2/resource-ids.ts';
import { VOLUMES } from './seen.ts';

const LIMITS = { min: 5, max: 500, clamp: false, idParameter: 'VolumeId' } as const;

/** ListVolumesInRecycleBin: deleted volumes, which DescribeVolumes doesn't know any more. */
export const listVolumesInRecycleBin: Ec2Operation = {
  accepts: ['MaxResults', 'NextToken', 'VolumeId'],
  bucket: nonMutatingBucket,
  answer: (call) => {
    const estate = call.estate();
    const ids = call.parameters.list('VolumeId');
    const source =
      ids.length > 0
        ? arraySource(findAll(ID_KINDS.volume, ids, (id) => shownInBin(call, id)))
        : (from: number, limit: number) => estate.volumesInRecycleBin(from, limit);
    const { items, nextToken } = listPage(call, {
      source,
      matches: ({ volumeId }) => shownInBin(call, volumeId) !== undefined,
      limits: LIMITS,
    });
    const described = items.map((volume) => describeVolume(volume, call.region));
    return itemList('volumeSet', described) + nextToken;
  },
};

/** Shown a little after it was deleted. */
function shownInBin(call: Ec2Call, volumeId: string): SimBinnedVolume | undefined {
  const isShown = call.visibility.of(VOLUMES).showsInBin(placeOf(call), volumeId);
  return isShown ? call.estate().volumeInRecycleBin(volumeId) : undefined;
}

function describeVolume(volume: SimBinnedVolume, region: string): string {
  const { volume: was } = volume;
  return (
    element('volumeId', volume.volumeId) +
    element('volumeType', was?.type ?? 'gp3') +
    element('state', 'available') +
    element('iops', was?.iops) +
    element('throughput', was?.throughputMiBps) +
    element('snapshotId', was?.snapshotId) +
    element('sourceVolumeId', was?.sourceVolumeId) +
    element('size', volume.sizeGiB) +
    element('availabilityZone', was?.availabilityZone ?? `${region}a`) +
    element('createTime', volume.createTime) +
    element('recycleBinEnterTime', volume.enterTime) +
    element('recycleBinExitTime', volume.exitTime)
  );
}
