import type { SimSnapshot } from '../../model/snapshot.ts';
import { fraction, hash32, type HashKey, hashKey } from '../hash.ts';
import { DAY_MS, GIB } from '../../model/units.ts';

/** EBS keeps snapshots in blocks of 512 KiB. */
export const BLOCK_BYTES = 512 * 1024;
/** Has no divisor in common with any number of blocks: times it, every index becomes another one. */
const LARGE_PRIME = 7_368_787;
/** After how many days a block is written again, and how many in a hundred are such blocks. */
const WRITTEN_EVERY = [
  { days: 1, upTo: 2 },
  { days: 14, upTo: 8 },
  { days: 120, upTo: 25 },
] as const;

/** What a snapshot holds: which of its volume's blocks, and in which version. */
export interface SimBlocks {
  /** As many as the volume has. */
  readonly count: number;
  has(index: number): boolean;
  /** The same number in two snapshots of a lineage: not written in between. */
  version(index: number): number;
}

/** Snapshots with the same one share blocks. A copy has a lineage of its own. */
export function lineageOf({ volumeId, snapshotId }: SimSnapshot): string {
  return /^vol-f+$/.test(volumeId) ? snapshotId : volumeId;
}

/**
 * The blocks of a snapshot, as many as EC2 says in its full size, worked out one by one. They depend
 * on the lineage and on when the snapshot was taken, so that it doesn't matter which others are there.
 */
export function blocksOf(seed: number, snapshot: SimSnapshot): SimBlocks {
  const key = hashKey(seed, snapshot.ownerId, lineageOf(snapshot), 'blocks');
  const count = (snapshot.volumeSizeGiB * GIB) / BLOCK_BYTES;
  const held = Math.ceil(snapshot.fullSizeBytes / BLOCK_BYTES);
  const day = snapshot.startTime.getTime() / DAY_MS;
  const first = hash32(key, 0, 1);
  return {
    count,
    has: (index) => index < count && (index * LARGE_PRIME + first) % count < held,
    version: (index) => versionAt(key, index, day),
  };
}

function versionAt(key: HashKey, index: number, day: number): number {
  const sort = hash32(key, index, 2) % 100;
  const { days } = WRITTEN_EVERY.find(({ upTo }) => sort < upTo) ?? { days: null };
  return days === null ? 0 : Math.floor(day / days + fraction(key, index, 3));
}
