import type { SimBinnedImage, SimBinnedVolume } from '../../../model/references.ts';
import { element, itemList } from '../../protocols/xml.ts';
import type { Ec2Operation } from '../operation.ts';
import { nonMutatingBucket } from '../operation.ts';
import { arraySource, listPage } from '../paging.ts';
import { findAll } from '../resource-ids.ts';

const VOLUME_LIMITS = { min: 5, max: 500, clamp: false, idParameter: 'VolumeId' } as const;
const IMAGE_LIMITS = { min: 1, max: 1000, clamp: false, idParameter: 'ImageId' } as const;

/** ListVolumesInRecycleBin: deleted volumes, which DescribeVolumes doesn't know any more. */
export const listVolumesInRecycleBin: Ec2Operation = {
  accepts: ['MaxResults', 'NextToken', 'VolumeId'],
  bucket: nonMutatingBucket,
  answer: (call) => {
    const estate = call.estate();
    const ids = call.parameters.list('VolumeId');
    const source =
      ids.length > 0
        ? arraySource(findAll('volume', ids, (id) => estate.volumeInRecycleBin(id)))
        : (from: number, limit: number) => estate.volumesInRecycleBin(from, limit);
    const { items, nextToken } = listPage(call, {
      source,
      matches: () => true,
      limits: VOLUME_LIMITS,
    });
    const described = items.map((volume) => describeVolume(volume, call.region));
    return itemList('volumeSet', described) + nextToken;
  },
};

/** ListImagesInRecycleBin. It doesn't say which snapshots the AMIs are made of. */
export const listImagesInRecycleBin: Ec2Operation = {
  accepts: ['MaxResults', 'NextToken', 'ImageId'],
  bucket: nonMutatingBucket,
  answer: (call) => {
    const estate = call.estate();
    const ids = call.parameters.list('ImageId');
    const source =
      ids.length > 0
        ? arraySource(findAll('image', ids, (id) => estate.imageInRecycleBin(id)))
        : (from: number, limit: number) => estate.imagesInRecycleBin(from, limit);
    const { items, nextToken } = listPage(call, {
      source,
      matches: () => true,
      limits: IMAGE_LIMITS,
    });
    return itemList('imageSet', items.map(describeImage)) + nextToken;
  },
};

function describeVolume(volume: SimBinnedVolume, region: string): string {
  return (
    element('volumeId', volume.volumeId) +
    element('volumeType', 'gp3') +
    element('state', 'available') +
    element('size', volume.sizeGiB) +
    element('availabilityZone', `${region}a`) +
    element('createTime', volume.createTime) +
    element('recycleBinEnterTime', volume.enterTime) +
    element('recycleBinExitTime', volume.exitTime)
  );
}

function describeImage(image: SimBinnedImage): string {
  return (
    element('imageId', image.imageId) +
    element('name', image.name) +
    element('description', image.description) +
    element('recycleBinEnterTime', image.enterTime) +
    element('recycleBinExitTime', image.exitTime)
  );
}
