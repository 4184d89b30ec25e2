import type { SimAttachment, SimImage, SimInstance } from '../model/organization.ts';
import type { SimSnapshot, SimLockState } from '../model/snapshot.ts';
import type { SimFastRestore } from '../model/references.ts';

/**
 * An archetype is one situation that snapshots are found in: a volume or its absence, what the
 * volume is attached to, the snapshots taken of it, the AMIs made of those, and what must become
 * of each snapshot. The truth is written down beside the situation, never computed from it.
 */
export interface Archetype {
  readonly name: string;
  /** How many lineages of a full rotation are of this archetype, unless the scenario says. */
  readonly weight: number;
  readonly volume: VolumeShape | AbsentVolume;
  /** At most 4, all of the one volume. */
  readonly snapshots: readonly SnapshotShape[];
  readonly images: readonly ImageShape[];
  /** What else may refer to the snapshots, or to nothing; at most 4. */
  readonly users: readonly UserShape[];
}

/**
 * A volume that DescribeVolumes doesn't show: gone, deleted but in the Recycle Bin, one of a
 * Storage Gateway, or never named.
 */
type AbsentVolume = 'missing' | 'in-recycle-bin' | 'of-gateway' | CopiedVolumeId;

/** The volume ids that copied and imported snapshots carry; they name no volume. */
export type CopiedVolumeId = 'vol-ffff' | 'vol-ffffffff';

export interface VolumeShape {
  readonly attachments: readonly AttachmentShape[];
  /** The service that manages the volume; it is then hidden by default. */
  readonly managedBy?: string;
}

export type AttachmentShape =
  | {
      readonly to: 'instance';
      readonly instanceState: SimInstance['state'];
      readonly state?: SimAttachment['state'];
      readonly managedBy?: string;
    }
  /** An instance id that DescribeInstances doesn't list. */
  | { readonly to: 'unlisted-instance' }
  /** No instance id: attached to a resource of an AWS service. */
  | { readonly to: 'service'; readonly associatedResource: string; readonly owner: string };

export interface SnapshotShape {
  /** Whole days before `now`, both included; the hour is made up, away from the day's borders. */
  readonly ageDays: readonly [number, number];
  readonly verdict: 'STALE' | 'KEEP';
  readonly reasons: readonly string[];
  readonly state?: SimSnapshot['state'];
  readonly storageTier?: SimSnapshot['storageTier'];
  readonly transferType?: NonNullable<SimSnapshot['transferType']>;
  readonly lock?: SimLockState;
  readonly public?: true;
  readonly sharedWith?: readonly string[];
  readonly productCodes?: readonly string[];
  readonly onOutpost?: true;
  readonly tags?: Readonly<Record<string, TagShape>>;
  /** A fixed description; otherwise one that fits is made up. */
  readonly description?: string;
  readonly sizeGiB?: number;
  /** 0 stands for a size AWS has not worked out yet. */
  readonly fullSizeBytes?: number;
}

/**
 * A tag's value. `dateInDays` becomes the date that many days from `now` (negative: past);
 * `arnOf: 'volume'` the ARN of the lineage's volume, whether or not it still exists.
 */
export type TagShape = string | { readonly dateInDays: number } | { readonly arnOf: 'volume' };

interface ImageShape {
  readonly state: SimImage['state'];
  /** Positions in `snapshots`. */
  readonly ofSnapshots: readonly number[];
}

/** Numbers of snapshots are positions in `snapshots`. */
export type UserShape =
  | {
      readonly by: 'launch-template';
      /** The snapshots of each version, the first version's first. */
      readonly versions: readonly (readonly number[])[];
      /** Counted from 1, as AWS does; otherwise the latest. */
      readonly defaultVersion?: number;
      readonly managedBy?: string;
    }
  | { readonly by: 'launch-configuration'; readonly ofSnapshots: readonly number[] }
  /** The snapshots of each deployment, the newest's first. */
  | { readonly by: 'ecs-service'; readonly deployments: readonly (readonly number[])[] }
  | {
      readonly by: 'fast-restore';
      readonly ofSnapshot: number;
      readonly zone: 'a' | 'b';
      readonly state: SimFastRestore['state'];
    }
  /** The AMI that the descriptions of the lineage's snapshots name; at most one in a lineage. */
  | { readonly by: 'image-in-recycle-bin' };

type Extra = Omit<SnapshotShape, 'ageDays' | 'verdict' | 'reasons'>;

const OLD = [45, 1_400] as const;
const YOUNG = [1, 27] as const;

/** A snapshot well past 30 days that has to be found stale. */
export function stale(reason: string, extra: Extra = {}): SnapshotShape {
  return { ageDays: OLD, verdict: 'STALE', reasons: [reason], ...extra };
}

/** A snapshot well past 30 days that has to be kept, for all of these reasons. */
export function keep(reasons: readonly string[], extra: Extra = {}): SnapshotShape {
  return { ageDays: OLD, verdict: 'KEEP', reasons, ...extra };
}

/** A snapshot well under 30 days, kept for that and for these further reasons. */
export function keepYoung(reasons: readonly string[], extra: Extra = {}): SnapshotShape {
  return { ageDays: YOUNG, verdict: 'KEEP', reasons: ['TOO_YOUNG', ...reasons], ...extra };
}

export function attachedTo(...states: readonly SimInstance['state'][]): VolumeShape {
  return {
    attachments: states.map((instanceState) => ({ to: 'instance', instanceState })),
  };
}

/** Exists, attached to nothing. */
export const available: VolumeShape = { attachments: [] };

export function isCopiedVolumeId(volume: Archetype['volume']): volume is CopiedVolumeId {
  return volume === 'vol-ffff' || volume === 'vol-ffffffff';
}

/** An archetype of weight 1 that no image or other user refers to, unless it says otherwise. */
export function archetype(
  name: string,
  shape: Pick<Archetype, 'volume' | 'snapshots'> & Partial<Archetype>,
): Archetype {
  return { weight: 1, images: [], users: [], ...shape, name };
}
