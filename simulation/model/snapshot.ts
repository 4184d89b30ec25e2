import type { TieringOperationStatus } from '@aws-sdk/client-ec2';

/** `expired` is a lock of the past: AWS goes on listing it, and deletes the snapshot. */
export type SimLockState = 'compliance-cooloff' | 'compliance' | 'governance' | 'expired';

export interface SimTierChange {
  readonly status: TieringOperationStatus;
  readonly startedAt: Date;
  /** Of a restore for a while that is done. */
  readonly restoredUntil?: Date;
}

export interface SimSnapshot {
  readonly snapshotId: string;
  readonly ownerId: string;
  readonly volumeId: string;
  /** `recovering`: just restored from the Recycle Bin. */
  readonly state: 'pending' | 'completed' | 'error' | 'recovering';
  readonly startTime: Date;
  /** Until then one that is `pending` is, and from then on it is `completed`. */
  readonly completedFrom?: Date;
  readonly volumeSizeGiB: number;
  readonly fullSizeBytes: number;
  readonly storageTier: 'standard' | 'archive';
  /** Of an archived one; AWS doesn't show it in DescribeSnapshots. */
  readonly archivedAt?: Date;
  /** The last move into or out of the archive tier, if it isn't the one of `archivedAt`. */
  readonly tierChange?: SimTierChange;
  readonly encrypted: boolean;
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly transferType?: 'time-based' | 'standard';
  /** EBS Snapshot Lock: AWS refuses to delete it, unless the lock has expired. */
  readonly lockState?: SimLockState | undefined;
  /** Anybody may create volumes from it; such snapshots of other owners show up without OwnerIds. */
  readonly public: boolean;
  /** Accounts that may create volumes from it. No listing shows them. */
  readonly sharedWith: readonly string[];
  readonly productCodes: readonly string[];
  /** Kept on an Outpost instead of in the Region. */
  readonly outpostArn?: string;
  /** The same for all encrypted snapshots of one lineage. */
  readonly dataEncryptionKeyId?: string;
}
