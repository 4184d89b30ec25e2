import { ListVolumesInRecycleBinCommand, type VolumeRecycleBinInfo } from '@aws-sdk/client-ec2';
import { checkId, itemsOfPages, pagesByToken } from '../../aws/answers/pages.ts';
import type { Identified, Listing, ReadBy } from './listing.ts';

export type VolumeInBin = Identified<VolumeRecycleBinInfo, 'VolumeId'>;

const OPERATION = 'ec2:ListVolumesInRecycleBin';

/** Deleted volumes that can still be restored (1 to 7 days): as good as there. Since 2025-11. */
export const volumesInRecycleBin: Listing<VolumeInBin> = {
  name: 'volumes-in-recycle-bin',
  reach: 'regional',
  iam: [OPERATION],
  cost: '1 call per 500 volumes in the bin',
  list: listVolumesInBin,
};

async function* listVolumesInBin({ clients }: ReadBy): AsyncGenerator<VolumeInBin> {
  const pages = pagesByToken(async (NextToken) =>
    clients.ec2.send(new ListVolumesInRecycleBinCommand({ MaxResults: 500, NextToken })),
  );
  for await (const volume of itemsOfPages(OPERATION, pages, (page) => page.Volumes)) {
    checkId(volume, 'VolumeId', OPERATION);
    yield volume;
  }
}
