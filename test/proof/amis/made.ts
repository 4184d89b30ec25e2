import { copiedForAmi } from '../../../simulation/kinds/ebs-snapshot/leftovers.ts';
import { ORGANIZATION_ID } from '../../../simulation/scenarios/layout.ts';
import type { SimImage } from '../../../simulation/model/image.ts';
import type { SimEstate, SimOrganization } from '../../../simulation/model/organization.ts';
import { PerEstate } from '../../../simulation/model/per-estate.ts';
import type { SimSnapshot } from '../../../simulation/model/snapshot.ts';
import { seededFraction } from '../../../simulation/services/call/seeded.ts';
import { REGIONS } from '../trial/regions.ts';

const DAY_MS = 86_400_000;
const OLD_DAYS = 400;
const HALF = 0.5;

/** What was put into an account and Region for trials with AMIs, and what others made since. */
export const PUT_AMIS = new PerEstate(() => ({
  /** As they were when they were put there, by their ids. */
  images: new Map<string, SimImage>(),
  snapshotIds: [] as string[],
}));

/** An AMI, or what is left of one: snapshots of several volumes, taken in one moment. */
interface Put {
  readonly name: string;
  readonly volumes: readonly string[];
  readonly image?: Partial<SimImage>;
  /** Nothing is left of it but its snapshots. */
  readonly isGone?: true;
  /** How old what it is made of is; left out: `OLD_DAYS`. */
  readonly days?: number;
}

const ORGANIZATION_ARN = `arn:aws:organizations::310000000001:organization/${ORGANIZATION_ID}`;

/** By names without a number, so that each is of no family. */
const PUT: readonly Put[] = [
  { name: 'unused', volumes: ['1', '2'] },
  // Its snapshot shares blocks with one of the first.
  { name: 'unused-before', volumes: ['1'], days: 500 },
  { name: 'disabled', volumes: ['3'], image: { state: 'disabled' } },
  { name: 'shared', volumes: ['4'], image: { isPublic: true } },
  { name: 'with-the-organization', volumes: [], image: { sharedWith: [ORGANIZATION_ARN] } },
  { name: 'launched', volumes: ['5'] },
  { name: 'gone', volumes: ['6', '7'], isGone: true },
  { name: 'gone-before', volumes: ['8'], isGone: true, days: 500 },
  // What CreateImage made before it failed is in no mapping.
  { name: 'failed', volumes: ['9'], image: { state: 'failed', snapshotIds: [] } },
];
const [UNUSED, SHARES, LAUNCHED, FAILED] = [0, 2, 5, 8];

/** In each account and Region, AMIs that nothing needs, or one thing does, and what others left. */
export function putAmis(
  organization: SimOrganization,
  { seed, volumes }: { readonly seed: number; readonly volumes: boolean },
): void {
  const estates = organization.accounts.flatMap(({ id, regions }) =>
    regions.map(({ name }) => organization.estate(id, name)),
  );
  for (const estate of estates) {
    const idOf = idsIn(estate);
    for (const [index, put] of PUT.entries()) putOne(estate, put, index);
    putAgain(estate, seed);
    const stopped = { state: 'stopped', volumeIds: [] } as const;
    estate.putInstance({ ...stopped, instanceId: idOf('i', 1), imageId: idOf('ami', LAUNCHED) });
    // What was made by hand of the volume of the AMI that failed, later.
    putSnapshot(estate, {
      ...{ snapshotId: idOf('snap', 0xf00), volumeId: volumeOf(estate, '9') },
      ...{ startTime: ago(estate, 200), description: '', volumeSizeGiB: 10 },
    });
    if (volumes) putVolume(estate);
    const other = estates.find(
      (one) => one.region === estate.region && one.accountId !== estate.accountId,
    );
    const isElsewhere = seededFraction(seed, 'elsewhere', idOf('ami', UNUSED)) < HALF;
    // Launched while it was shared, by an account that still has it.
    if (other !== undefined && isElsewhere)
      other.putInstance({ ...stopped, instanceId: idOf('i', 0), imageId: idOf('ami', UNUSED) });
  }
}

/** Another one of the same snapshots: in half of all launched lately, so that they free nothing. */
function putAgain(estate: SimEstate, seed: number): void {
  const { accountId, region } = estate;
  const idOf = idsIn(estate);
  const isLaunched = seededFraction(seed, 'launched', accountId, region) < HALF;
  const { snapshotIds = [] } = estate.image(idOf('ami', SHARES)) ?? {};
  putImage(estate, {
    ...{ imageId: idOf('ami', PUT.length), name: 'registered-again', snapshotIds },
    lastLaunchedAt: isLaunched ? ago(estate, 5) : null,
  });
}

/** Unattached, and all that was ever made of it an AMI left behind. */
function putVolume(estate: SimEstate): void {
  const [volumeId, createTime] = [volumeOf(estate, '8'), ago(estate, 600)];
  const volume = { volumeId, sizeGiB: 100, createTime, tags: {}, attachments: [] };
  estate.putVolume({ ...volume, state: 'available' });
}

/** The AMI that CreateImage failed to make, though its snapshot is there. */
export function failedImageIdIn(estate: SimEstate): string {
  return idsIn(estate)('ami', FAILED);
}

/** Seventeen digits: of the account, its Region, and a number. */
function idsIn({ accountId, region }: SimEstate) {
  const own = `${accountId}${REGIONS.findIndex((name) => name === region)}`;
  return (prefix: string, number: number) =>
    `${prefix}-${own}${number.toString(16).padStart(4, '0')}`;
}

function volumeOf(estate: SimEstate, volume: string): string {
  return idsIn(estate)('vol', 0xa00 + Number(volume));
}

function putOne(
  estate: SimEstate,
  { name, volumes, image, isGone, days }: Put,
  index: number,
): void {
  const idOf = idsIn(estate);
  const imageId = idOf('ami', index);
  const startTime = ago(estate, days ?? OLD_DAYS);
  const snapshotIds = volumes.map((volume, at) => {
    const snapshotId = idOf('snap', 16 * index + at);
    putSnapshot(estate, {
      ...{ snapshotId, startTime, volumeId: volumeOf(estate, volume) },
      description: `Created by CreateImage(${idOf('i', 0x100 + index)}) for ${imageId}`,
      volumeSizeGiB: 20 * (index + 1) + 10 * at,
    });
    return snapshotId;
  });
  if (isGone !== true) putImage(estate, { imageId, name, snapshotIds, ...image });
}

export function putImage(
  estate: SimEstate,
  { imageId, ...of }: Pick<SimImage, 'imageId'> & Partial<SimImage>,
): void {
  const image: SimImage = {
    ...{ imageId, ownerId: estate.accountId, name: imageId, state: 'available', snapshotIds: [] },
    createTime: ago(estate, OLD_DAYS),
    lastLaunchedAt: null,
    ...of,
  };
  estate.putImage(image);
  PUT_AMIS.of(estate).images.set(imageId, image);
}

function putSnapshot(
  estate: SimEstate,
  of: Pick<SimSnapshot, 'snapshotId' | 'volumeId' | 'startTime' | 'description' | 'volumeSizeGiB'>,
): void {
  estate.putSnapshot({
    ...{ ownerId: estate.accountId, state: 'completed', storageTier: 'standard', tags: {} },
    ...{ fullSizeBytes: of.volumeSizeGiB * 2 ** 29, encrypted: false, public: false },
    ...{ sharedWith: [], productCodes: [], ...of },
  });
  PUT_AMIS.of(estate).snapshotIds.push(of.snapshotId);
}

/** As CopyImage makes it of one that is there, with snapshots of its own. */
export function copyImage(estate: SimEstate, of: SimImage, imageId: string): void {
  const hex = imageId.slice('ami-'.length, -1);
  const startTime = estate.now();
  const snapshotIds = of.snapshotIds.map((id, index) => {
    const snapshotId = `snap-${hex}${index.toString(16)}`;
    const description = copiedForAmi(imageId, startTime);
    const { volumeSizeGiB = 8 } = estate.snapshot(id) ?? {};
    putSnapshot(estate, {
      ...{ snapshotId, volumeId: 'vol-ffffffff', startTime, description, volumeSizeGiB },
    });
    return snapshotId;
  });
  putImage(estate, { imageId, name: `copy-${imageId}`, snapshotIds, createTime: startTime });
}

function ago(estate: SimEstate, days: number): Date {
  // Away from the borders of a day.
  return new Date(estate.now().getTime() - (days + 0.3) * DAY_MS);
}
