import type { SimBinnedImage } from '../../../model/references.ts';
import { element, itemList } from '../../protocols/xml.ts';
import type { Ec2Operation } from '../operation.ts';
import { nonMutatingBucket } from '../operation.ts';
import { arraySource, listPage } from '../paging.ts';
import { ID_KINDS, findAll } from '../resource-ids.ts';

const LIMITS = { min: 1, max: 1000, clamp: false, idParameter: 'ImageId' } as const;

/** ListImagesInRecycleBin. It doesn't say which snapshots the AMIs are made of. */
export const listImagesInRecycleBin: Ec2Operation = {
  accepts: ['MaxResults', 'NextToken', 'ImageId'],
  bucket: nonMutatingBucket,
  answer: (call) => {
    const estate = call.estate();
    const ids = call.parameters.list('ImageId');
    const source =
      ids.length > 0
        ? arraySource(findAll(ID_KINDS.image, ids, (id) => estate.imageInRecycleBin(id)))
        : (from: number, limit: number) => estate.imagesInRecycleBin(from, limit);
    const { items, nextToken } = listPage(call, {
      source,
      matches: () => true,
      limits: LIMITS,
    });
    return itemList('imageSet', items.map(describeImage)) + nextToken;
  },
};

function describeImage(image: SimBinnedImage): string {
  return (
    element('imageId', image.imageId) +
    element('name', image.name) +
    element('description', image.description) +
    element('recycleBinEnterTime', image.enterTime) +
    element('recycleBinExitTime', image.exitTime)
  );
}
