import type { SimEstate } from './model/organization.ts';
import type { SimSnapshot } from './model/snapshot.ts';

/** The AMI that AWS made a snapshot for, as it writes it. */
function imageNamedIn(description: string): string | undefined {
  const [, created, copied] =
    /^Created by CreateImage\(i-\w+\) for (ami-\w+)(?: from vol-\w+)?$|^Copied for DestinationAmi (ami-\w+) from .* Task created on [\d,]+\.$/.exec(
      description,
    ) ?? [];
  return created ?? copied;
}

/**
 * Made for an AMI that is gone for good: whatever becomes of its volume, nobody needs it for that. A copy
 * names an AMI of somewhere else.
 */
function isLeftBehind(estate: SimEstate, { description, volumeId, transferType }: SimSnapshot) {
  const imageId = imageNamedIn(description);
  if (imageId === undefined || transferType !== undefined || /^vol-f+$/.test(volumeId))
    return false;
  return estate.image(imageId) === undefined && estate.imageInRecycleBin(imageId) === undefined;
}

/** One way to need a snapshot: who does, in words. */
type Need = (estate: SimEstate, snapshot: SimSnapshot) => readonly string[];

/** The volume it was taken of, with something that runs or could run again. */
const byVolume: Need = (estate, snapshot) =>
  isLeftBehind(estate, snapshot) ? [] : usersOf(estate, snapshot);

const usersOf: Need = (estate, { volumeId }) =>
  (estate.volume(volumeId)?.attachments ?? []).flatMap(({ instanceId, associatedResource }) => {
    if (instanceId === undefined) return [`${volumeId} on ${associatedResource ?? 'a service'}`];
    // One that nobody can describe may well run.
    const state = estate.instance(instanceId)?.state ?? 'unknown';
    const isOver = state === 'terminated' || state === 'shutting-down';
    return isOver ? [] : [`${volumeId} on ${instanceId} (${state})`];
  });

/** One that is being made has none of its snapshots in its mapping yet. */
const byImage: Need = (estate, { snapshotId, description }) => {
  const named = estate.image(imageNamedIn(description) ?? '');
  const underWay = named?.state === 'pending' ? [named] : [];
  const all = [...estate.imagesOfSnapshot(snapshotId), ...underWay];
  return all.map(({ imageId, state }) => `${imageId} (${state})`);
};

/** In the bin an AMI doesn't say what it is made of; the snapshot's description does. */
const byImageInBin: Need = (estate, { description }) => {
  const imageId = imageNamedIn(description);
  const isThere = imageId !== undefined && estate.imageInRecycleBin(imageId) !== undefined;
  return isThere ? [`${imageId} in the Recycle Bin`] : [];
};

const byVolumeInBin: Need = (estate, { volumeId }) =>
  estate.volumeInRecycleBin(volumeId) ? [`${volumeId} in the Recycle Bin`] : [];

/** Launch templates and configurations, ECS services, gateways, and fast restore. */
const byReference: Need = (estate, { snapshotId, volumeId }) => [
  ...estate.usersOf(snapshotId),
  ...estate.usersOf(volumeId),
];

const byLock: Need = (_, { lockState }) =>
  lockState !== undefined && lockState !== 'expired' ? [`a lock (${lockState})`] : [];

const byTierChange: Need = (_, { tierChange }) =>
  tierChange?.status.endsWith('in-progress') === true ? [tierChange.status] : [];

const bySharing: Need = (_, snapshot) => [
  ...(snapshot.public ? ['everybody'] : []),
  ...snapshot.sharedWith.map((id) => `account ${id}`),
  ...snapshot.productCodes.map((code) => `buyers of ${code}`),
];

/** Services and people say in tags that a snapshot is theirs. */
const byTag: Need = (estate, { tags }) =>
  Object.entries(tags)
    .filter(([key, value]) => TAGS.test(key) || isKeptUntil(key, value, estate.now()))
    .map(([key]) => `the tag ${key}`);

const TAGS =
  /^(aws:backup:|aws:dlm:|dlm:managed$|ebs\.csi\.aws\.com\/|CSIVolume|velero\.io\/|AWSElasticDisasterRecovery|orgsweep:protect$)/;

function isKeptUntil(key: string, value: string, now: Date): boolean {
  return key === 'orgsweep:keep-until' && new Date(value) > now;
}

const NEEDS = {
  volumes: byVolume,
  'volumes-in-recycle-bin': byVolumeInBin,
  images: byImage,
  'images-in-recycle-bin': byImageInBin,
  references: byReference,
  locks: byLock,
  'tier change': byTierChange,
  sharing: bySharing,
  tags: byTag,
} satisfies Record<string, Need>;

/** Where a need shows. */
export type NeedSource = keyof typeof NEEDS;

/**
 * Who needs the snapshot at this instant, by where it shows: told from the estate's own state,
 * without orgsweep's opinion, policy or listings. Of one that was deleted: who would, were it still
 * there.
 *
 * @throws for a snapshot that never was there
 */
export function needsBySource(
  estate: SimEstate,
  snapshotId: string,
): Readonly<Record<NeedSource, readonly string[]>> {
  const lastDeleted = () =>
    estate.deletions().findLast(({ snapshot }) => snapshot.snapshotId === snapshotId)?.snapshot;
  const snapshot = estate.snapshot(snapshotId) ?? lastDeleted();
  if (snapshot === undefined) throw new Error(`there never was a snapshot ${snapshotId}`);
  const needs = Object.entries(NEEDS).map(([source, need]) => [source, need(estate, snapshot)]);
  return Object.fromEntries(needs) as Record<NeedSource, readonly string[]>;
}

/** All of `needsBySource`. @throws for a snapshot that never was there */
export function needsOf(estate: SimEstate, snapshotId: string): readonly string[] {
  return Object.values(needsBySource(estate, snapshotId)).flat();
}

export function neededNow(estate: SimEstate, snapshotId: string): boolean {
  return needsOf(estate, snapshotId).length > 0;
}
