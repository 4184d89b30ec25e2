import type { SimImage } from '../../../model/organization.ts';
import { element, itemList, wrap } from '../../protocols/xml.ts';
import type { Filter, FilterFields } from '../filters.ts';
import { parseFilters, plainValues, toPredicate } from '../filters.ts';
import type { Ec2Call, Ec2Operation } from '../operation.ts';
import { BUCKETS } from '../operation.ts';
import type { Source } from '../paging.ts';
import { arraySource, listPage, onePage } from '../paging.ts';
import { ID_KINDS, findAll } from '../resource-ids.ts';

const LIMITS = { min: 1, max: 1000, clamp: false, idParameter: 'ImageId' } as const;

const FIELDS: FilterFields<SimImage> = {
  'block-device-mapping.snapshot-id': ({ snapshotIds }) => snapshotIds,
  'image-id': ({ imageId }) => [imageId],
  name: ({ name }) => [name],
  'owner-id': ({ ownerId }) => [ownerId],
  state: ({ state }) => [state],
};

/** DescribeImages. "Default: No disabled AMIs are included in the response." */
export const describeImages: Ec2Operation = {
  accepts: [
    'MaxResults',
    'NextToken',
    'ImageId',
    'Owner',
    'IncludeDeprecated',
    'IncludeDisabled',
    'Filter',
  ],
  bucket: () => ({ name: 'listing', size: BUCKETS.nonMutating }),
  answer: (call) => {
    const filters = parseFilters(call.parameters);
    const passes = toPredicate(filters, FIELDS);
    const owners = call.parameters
      .list('Owner')
      .map((owner) => (owner === 'self' ? call.caller.accountId : owner));
    const matches = (image: SimImage) =>
      isShown(call, image) &&
      (owners.length === 0 || owners.includes(image.ownerId)) &&
      passes(image);
    const source = sourceOf(call, filters);
    const { items, nextToken } = listPage(call, { source, matches, limits: LIMITS });
    return itemList('imagesSet', items.map(describeImage)) + nextToken;
  },
};

function isShown({ parameters }: Ec2Call, { state }: SimImage): boolean {
  return state !== 'disabled' || parameters.isTrue('IncludeDisabled');
}

function sourceOf(call: Ec2Call, filters: readonly Filter[]): Source<SimImage> {
  const estate = call.estate();
  const ids = call.parameters.list('ImageId');
  if (ids.length > 0) {
    return arraySource(
      findAll(ID_KINDS.image, ids, (id) => {
        const image = estate.image(id);
        return image && isShown(call, image) ? image : undefined;
      }),
    );
  }
  const named = plainValues(filters, 'image-id')?.flatMap((id) => estate.image(id) ?? []);
  const snapshotIds = plainValues(filters, 'block-device-mapping.snapshot-id');
  const found = named ?? snapshotIds?.flatMap((id) => estate.imagesOfSnapshot(id));
  const distinct = found && [...new Map(found.map((image) => [image.imageId, image])).values()];
  const lookedUp = distinct && onePage(call, distinct);
  return lookedUp ?? ((from, limit) => estate.images(from, limit));
}

function describeImage(image: SimImage): string {
  return (
    element('imageId', image.imageId) +
    element('imageLocation', `${image.ownerId}/${image.name}`) +
    element('imageState', image.state) +
    element('imageOwnerId', image.ownerId) +
    element('isPublic', false) +
    element('imageType', 'machine') +
    element('name', image.name) +
    element('rootDeviceType', 'ebs') +
    element('rootDeviceName', '/dev/xvda') +
    itemList('blockDeviceMapping', image.snapshotIds.map(describeDevice))
  );
}

function describeDevice(snapshotId: string, index: number): string {
  const device = `/dev/xvd${String.fromCharCode('a'.charCodeAt(0) + (index % 26))}`;
  const ebs = element('snapshotId', snapshotId) + element('deleteOnTermination', true);
  return element('deviceName', device) + wrap('ebs', ebs);
}
