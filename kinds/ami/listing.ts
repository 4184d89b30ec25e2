import type { Image } from '@aws-sdk/client-ec2';
import { tagsOf } from '../ec2/tags.ts';
import { amis, type ListedAmi } from '../listings/amis.ts';
import type { Excerpt } from '../listings/listing.ts';
import type { Ami } from './facts.ts';

/** What an AMI itself says, without anything that refers to it. */
export type AmiListed = Omit<
  Ami,
  | 'snapshots'
  | 'billed'
  | 'family'
  | 'usedBy'
  | 'sharedWith'
  | 'allowedAmis'
  | 'incompleteReferences'
  | 'notLookedAt'
  | 'notOffered'
> & {
  readonly snapshotIds: readonly string[];
};

/** EC2 shows it for some minutes. */
const GONE = 'deregistered';

/** Without an owner nobody knows whose it is: it is nobody's here, and `discover` refuses the listing. */
export const NO_OWNER = '';

export const AMIS: Excerpt<ListedAmi, AmiListed> = {
  listing: amis,
  take: (image) => (image.State === GONE ? null : toListed(image)),
};

function toListed(image: ListedAmi): AmiListed {
  const { Tags, BlockDeviceMappings = [], ProductCodes = [] } = image;
  return {
    imageId: image.ImageId,
    ownerId: image.OwnerId ?? NO_OWNER,
    ownerAlias: image.ImageOwnerAlias || null,
    name: image.Name ?? '',
    description: image.Description ?? '',
    state: image.State ?? 'unknown',
    imageType: image.ImageType ?? 'unknown',
    createdAt: toTimestamp(image.CreationDate),
    lastLaunchedAt: image.LastLaunchedTime
      ? (toTimestamp(image.LastLaunchedTime) ?? 'unreadable')
      : null,
    deprecatedAt: toTimestamp(image.DeprecationTime),
    isPublic: image.Public ?? false,
    publicSsmParameter: image.PublicSsmParameterName || null,
    deregistrationProtection: image.DeregistrationProtection || null,
    productCodes: ProductCodes.map(({ ProductCodeId }) => ProductCodeId ?? 'unknown'),
    sourceImageId: image.SourceImageId || null,
    sourceImageRegion: image.SourceImageRegion || null,
    sourceInstanceId: image.SourceInstanceId || null,
    watermarks: watermarksOf(image),
    rootDeviceType: image.RootDeviceType ?? 'unknown',
    virtualizationType: image.VirtualizationType ?? null,
    bootMode: image.BootMode ?? null,
    architecture: image.Architecture ?? null,
    platform: image.PlatformDetails || image.Platform || null,
    tags: tagsOf(Tags),
    snapshotIds: [...new Set(BlockDeviceMappings.flatMap(({ Ebs }) => Ebs?.SnapshotId || []))],
  };
}

function watermarksOf({ ImageWatermarks = [] }: Image): AmiListed['watermarks'] {
  return ImageWatermarks.map(({ WatermarkKey, SourceImageId, SourceImageRegion }) => ({
    key: WatermarkKey ?? 'unknown',
    sourceImageId: SourceImageId ?? null,
    sourceRegion: SourceImageRegion ?? null,
  }));
}

/** EC2 has the times of AMIs as text. */
function toTimestamp(text: string | undefined): string | null {
  const time = new Date(text || NaN);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}
