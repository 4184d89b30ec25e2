import type { SimImage } from '../../../model/organization.ts';
import { element, itemList, tagSet, wrap } from '../../protocols/xml.ts';
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
    const isOf = ({ ownerId, ownerAlias }: SimImage) =>
      owners.length === 0 || owners.some((owner) => owner === ownerId || owner === ownerAlias);
    const matches = (image: SimImage) => isShown(call, image) && isOf(image) && passes(image);
    const source = sourceOf(call, filters);
    const { items, nextToken } = listPage(call, { source, matches, limits: LIMITS });
    const { bornAt } = call.estate().origin;
    return (
      itemList(
        'imagesSet',
        items.map((image) => describeImage(image, bornAt)),
      ) + nextToken
    );
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

const DAY_MS = 86_400_000;
/** Of what nobody said when it was made, and launched. */
const USUAL_AGE_DAYS = 400;
const USUAL_IDLE_DAYS = 5;

/** What is being made, or failed, was never launched. */
function wasUsable({ state }: SimImage): boolean {
  return state === 'available' || state === 'disabled';
}

function describeImage(image: SimImage, bornAt: Date): string {
  const before = (days: number) => new Date(bornAt.getTime() - days * DAY_MS);
  const { createTime = before(USUAL_AGE_DAYS) } = image;
  const { lastLaunchedAt = wasUsable(image) ? before(USUAL_IDLE_DAYS) : null } = image;
  return (
    element('imageId', image.imageId) +
    element('imageLocation', `${image.ownerId}/${image.name}`) +
    element('imageState', image.state) +
    element('imageOwnerId', image.ownerId) +
    element('imageOwnerAlias', image.ownerAlias) +
    element('creationDate', createTime) +
    element('lastLaunchedTime', lastLaunchedAt ?? undefined) +
    element('deprecationTime', image.deprecatedAt) +
    element('isPublic', image.isPublic ?? false) +
    element('imageType', image.imageType ?? 'machine') +
    element('name', image.name) +
    element('description', image.description) +
    element('architecture', image.architecture ?? 'x86_64') +
    element('virtualizationType', 'hvm') +
    element('rootDeviceType', image.rootDeviceType ?? 'ebs') +
    element('rootDeviceName', '/dev/xvda') +
    element('deregistrationProtection', image.deregistrationProtection ?? 'disabled') +
    element('publicSsmParameterName', image.publicSsmParameter) +
    element('sourceImageId', image.source?.imageId) +
    element('sourceImageRegion', image.source?.region) +
    itemList('productCodes', (image.productCodes ?? []).map(describeProductCode)) +
    itemList('imageWatermarkSet', (image.watermarks ?? []).map(describeWatermark)) +
    itemList('blockDeviceMapping', image.snapshotIds.map(describeDevice)) +
    tagSet(image.tags ?? {})
  );
}

export function describeProductCode(code: string): string {
  return element('productCode', code) + element('type', 'marketplace');
}

function describeWatermark(key: string): string {
  return element('watermarkKey', key);
}

function describeDevice(snapshotId: string, index: number): string {
  const device = `/dev/xvd${String.fromCharCode('a'.charCodeAt(0) + (index % 26))}`;
  const ebs = element('snapshotId', snapshotId) + element('deleteOnTermination', true);
  return element('deviceName', device) + wrap('ebs', ebs);
}
