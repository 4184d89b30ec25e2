import { paginateDescribeFastSnapshotRestores } from '@aws-sdk/client-ec2';
import { idOf, itemsOfPages } from '../../../aws/answers/pages.ts';
import type { Asked, Referrer, Source } from './source.ts';

/**
 * Fast snapshot restore, by Availability Zone: somebody pays by the hour to have volumes made from
 * the snapshot at once. Whatever isn't disabled, is on or will be.
 */
export const fastRestores: Source = {
  name: 'fast-restores',
  skippable: true,
  readFor: 'all',
  crossesAccounts: false,
  cost: '1 call per 200 snapshot and zone pairs',
  awsRefuses: 'yes: InvalidSnapshot.InUse',
  iam: ['ec2:DescribeFastSnapshotRestores'],
  list: listFastRestores,
};

async function* listFastRestores({ look }: Asked): AsyncGenerator<Referrer> {
  const pages = paginateDescribeFastSnapshotRestores(
    { client: look.clients.ec2 },
    { MaxResults: 200 },
  );
  const operation = 'ec2:DescribeFastSnapshotRestores';
  for await (const restore of itemsOfPages(operation, pages, (page) => page.FastSnapshotRestores)) {
    if (restore.State === 'disabled') continue;
    yield {
      by: `${restore.AvailabilityZone ?? 'an Availability Zone'} (${restore.State ?? 'unknown'})`,
      snapshotIds: [idOf(restore.SnapshotId, operation)],
    };
  }
}
