import {
  type DescribeFastSnapshotRestoreSuccessItem,
  paginateDescribeFastSnapshotRestores,
} from '@aws-sdk/client-ec2';
import { checkId, itemsOfPages } from '../../../aws/answers/pages.ts';
import type { Identified, ReadBy } from '../../listings/listing.ts';
import type { SnapshotSource } from './source.ts';

type FastRestore = Identified<DescribeFastSnapshotRestoreSuccessItem, 'SnapshotId'>;

const OPERATION = 'ec2:DescribeFastSnapshotRestores';

/**
 * Fast snapshot restore, by Availability Zone: somebody pays by the hour to have volumes made from
 * the snapshot at once. Whatever isn't disabled, is on or will be.
 */
export const fastRestores: SnapshotSource<FastRestore> = {
  name: 'fast-restores',
  skippable: true,
  readFor: 'all',
  crossesAccounts: false,
  awsRefuses: 'yes: InvalidSnapshot.InUse',
  listing: {
    name: 'fast-restores',
    reach: 'regional',
    cost: '1 call per 200 snapshot and zone pairs',
    iam: [OPERATION],
    list: listFastRestores,
  },
  take: ({ SnapshotId, AvailabilityZone, State }) =>
    State === 'disabled'
      ? null
      : {
          by: `${AvailabilityZone ?? 'an Availability Zone'} (${State ?? 'unknown'})`,
          keys: [SnapshotId],
        },
};

async function* listFastRestores({ clients }: ReadBy): AsyncGenerator<FastRestore> {
  const pages = paginateDescribeFastSnapshotRestores({ client: clients.ec2 }, { MaxResults: 200 });
  for await (const restore of itemsOfPages(OPERATION, pages, (page) => page.FastSnapshotRestores)) {
    checkId(restore, 'SnapshotId', OPERATION);
    yield restore;
  }
}
