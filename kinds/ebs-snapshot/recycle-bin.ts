import {
  paginateListSnapshotsInRecycleBin,
  RestoreSnapshotFromRecycleBinCommand,
} from '@aws-sdk/client-ec2';
import { itemsOfPages } from '../../aws/answers/pages.ts';
import { recycleBinOf } from '../ec2/recycle-bin.ts';
import { byFilter } from '../listings/filter.ts';
import { listSnapshots } from './listing.ts';

const LISTING = 'ec2:ListSnapshotsInRecycleBin';

/** How a removed snapshot comes back: the Recycle Bin keeps it where a rule says so. */
export const recycleBin = recycleBinOf({
  keeps: { resourceType: 'EBS_SNAPSHOT', mostDays: 365 },
  listing: LISTING,
  list: async function* (client, ids) {
    const input = ids === undefined ? { MaxResults: 1000 } : { SnapshotIds: ids };
    const pages = paginateListSnapshotsInRecycleBin({ client }, input);
    for await (const one of itemsOfPages(LISTING, pages, (page) => page.Snapshots))
      yield { id: one.SnapshotId, entered: one.RecycleBinEnterTime, exit: one.RecycleBinExitTime };
  },
  listThere: async function* ({ ec2, accountId }, ids) {
    const listed = byFilter('snapshot-id', ids, (filters) =>
      listSnapshots(ec2, accountId, filters),
    );
    for await (const { snapshotId: id, tags } of listed) yield { id, tags };
  },
  restore: async (ec2, SnapshotId) =>
    ec2.send(new RestoreSnapshotFromRecycleBinCommand({ SnapshotId })),
});
