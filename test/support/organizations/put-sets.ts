import type { SimEstate } from '../../../simulation/model/organization.ts';

const DAY_MS = 86_400_000;
const INSTANCE = 'i-0123456789abcdef0';

/**
 * Puts a crash-consistent set into an estate: snapshots of volumes of one instance, all of one
 * moment, 200 days ago. The volumes are gone, and each has a newer snapshot, which stays as its last
 * copy.
 *
 * @returns the ids of the set's members
 */
export function putSet(
  estate: SimEstate,
  count: number,
  { number = 1, description = `nightly of ${INSTANCE}` } = {},
): string[] {
  // One moment is one second, so it must not begin in the last milliseconds of one.
  const now = Math.floor(estate.now().getTime() / 1_000) * 1_000;
  const moment = now - (200 - number) * DAY_MS;
  return Array.from({ length: count }, (_, i) => {
    const suffix = (number * 1_000 + i).toString(16).padStart(8, '0');
    const shared = {
      ownerId: estate.accountId,
      volumeId: `vol-05e70000${suffix}1`,
      state: 'completed' as const,
      volumeSizeGiB: 8,
      fullSizeBytes: 4096,
      storageTier: 'standard' as const,
      encrypted: false,
      tags: {},
      public: false,
      sharedWith: [],
      productCodes: [],
    };
    const snapshotId = `snap-05e70000${suffix}1`;
    estate.putSnapshot({ ...shared, snapshotId, description, startTime: new Date(moment + i) });
    estate.putSnapshot({
      ...shared,
      snapshotId: `snap-05e70000${suffix}2`,
      description: `newer ${i}`,
      startTime: new Date(moment + 50 * DAY_MS + i * 60_000),
    });
    return snapshotId;
  });
}
