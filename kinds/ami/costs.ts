import type { KindPrices } from '../../core/prices/kind-prices.ts';
import type { Freed } from '../../core/model/billing.ts';
import { isIdOfCopies } from '../ec2/volume-id.ts';
import type { Look } from '../look.ts';
import {
  SNAPSHOT_BUILT_IN,
  SNAPSHOT_STORAGE,
  STANDARD,
  storageMonthlyCostUsdUpTo,
} from '../prices/snapshot-storage.ts';
import type { Ami } from './facts.ts';

const SNAPSHOT = 'ebs-snapshot';
const STANDARD_TIER = 'standard';

/** An AMI costs nothing: its snapshots do. */
export const AMI_PRICES: KindPrices = {
  queries: [SNAPSHOT_STORAGE],
  builtIn: SNAPSHOT_BUILT_IN,
  used: () => [STANDARD],
};

/**
 * The snapshots that may go once it and all others that name them have gone, with what each costs at
 * most. One that isn't there costs nothing. Where they weren't listed, no price is known of any.
 */
export function freesOf(
  { snapshots, billed }: Ami,
  { region, prices }: Pick<Look, 'region' | 'prices'>,
): Freed[] {
  return snapshots.flatMap(({ snapshotId, holders }) => {
    const freed = { kind: SNAPSHOT, resourceId: snapshotId, holders };
    if (billed === null) return [{ ...freed, monthlyCostUsdUpTo: null }];
    const of = billed[snapshotId];
    if (of === undefined) return [];
    const { storageTier, sizeGiB, volumeId } = of;
    const isShared = storageTier === STANDARD_TIER && volumeId && !isIdOfCopies(volumeId);
    return [
      {
        ...freed,
        monthlyCostUsdUpTo: storageMonthlyCostUsdUpTo(prices, { region, storageTier, sizeGiB }),
        ...(isShared && { sharesWith: volumeId }),
      },
    ];
  });
}
