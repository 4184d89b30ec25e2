import { paginateDescribeSnapshotTierStatus } from '@aws-sdk/client-ec2';
import { itemsOfPages } from '../../../aws/answers/pages.ts';
import { makePace } from '../../../aws/answers/pace.ts';
import type { Look } from '../../kind.ts';
import { chunksOf, filterOn, MAX_FILTER_VALUES } from '../../listings/filter.ts';
import type { ListedSnapshot } from '../listing.ts';

const OPERATION = 'ec2:DescribeSnapshotTierStatus';

/**
 * When archived snapshots came into the archive tier, by snapshot id; nothing is asked where none
 * is. This decides about no snapshot, only about what its removal would save: where EC2 doesn't
 * answer, those that it didn't get to have no time, and nothing else is the worse for it.
 */
export async function findArchivalTimes(
  { clients, clock }: Pick<Look, 'clients' | 'clock'>,
  snapshots: Iterable<ListedSnapshot>,
): Promise<ReadonlyMap<string, string>> {
  const times = new Map<string, string>();
  const turn = makePace(clock);
  try {
    for (const some of chunksOf(archivedAmong(snapshots), MAX_FILTER_VALUES)) {
      await turn();
      const pages = paginateDescribeSnapshotTierStatus(
        { client: clients.ec2 },
        { Filters: [filterOn('snapshot-id', some)] },
      );
      for await (const one of itemsOfPages(OPERATION, pages, (page) => page.SnapshotTierStatuses)) {
        const { SnapshotId, ArchivalCompleteTime: at } = one;
        if (SnapshotId === undefined || at === undefined || Number.isNaN(at.getTime())) continue;
        times.set(SnapshotId, at.toISOString());
      }
    }
  } catch {
    // Denied, throttled to the end, broken off: its findings say that they don't know.
  }
  return times;
}

function archivedAmong(snapshots: Iterable<ListedSnapshot>): string[] {
  const ids: string[] = [];
  for (const { snapshotId, storageTier } of snapshots)
    if (storageTier === 'archive') ids.push(snapshotId);
  return ids;
}
