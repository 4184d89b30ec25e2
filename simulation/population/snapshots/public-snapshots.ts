import type { SimSnapshot } from '../../model/snapshot.ts';
import { choose, hash32, hashKey } from '../hash.ts';
import { idCodec } from '../resource-ids.ts';
import { DAY_MS } from '../../model/units.ts';

const PER_REGION = 6;
const PUBLISHERS = ['600700800901', '600700800902', '600700800903'] as const;

/**
 * Snapshots that other owners let anybody use. DescribeSnapshots without OwnerIds lists them
 * beside one's own; nobody here may delete them.
 */
export function makePublicSnapshots(
  seed: number,
  region: string,
  now: Date,
): readonly SimSnapshot[] {
  const key = hashKey('public', seed, region);
  const ids = idCodec('snap', key);
  const volumes = idCodec('vol', key);
  return Array.from({ length: PER_REGION }, (_, index) => ({
    snapshotId: ids.encode(index),
    ownerId: choose(PUBLISHERS, key, index),
    volumeId: volumes.encode(index),
    state: 'completed',
    startTime: new Date(now.getTime() - (100.3 + (hash32(key, index, 1) % 2_000)) * DAY_MS),
    volumeSizeGiB: 8,
    fullSizeBytes: 2 ** 31,
    storageTier: 'standard',
    encrypted: false,
    description: `Public data set ${index + 1}`,
    tags: {},
    public: true,
    sharedWith: [],
    productCodes: [],
  }));
}
