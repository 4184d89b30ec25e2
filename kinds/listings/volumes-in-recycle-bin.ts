import {
  type EC2Client,
  ListVolumesInRecycleBinCommand,
  type VolumeRecycleBinInfo,
} from '@aws-sdk/client-ec2';
import { checkId, itemsOfPages, pagesByToken } from '../../aws/answers/pages.ts';
import type { Identified, Listing } from './listing.ts';

export type VolumeInBin = Identified<VolumeRecycleBinInfo, 'VolumeId'>;

const OPERATION = 'ec2:ListVolumesInRecycleBin';

/** Deleted volumes that can still be restored (1 to 7 days): as good as there. Since 2025-11. */
export const volumesInRecycleBin: Listing<VolumeInBin> = {
  name: 'volumes-in-recycle-bin',
  reach: 'regional',
  iam: [OPERATION],
  cost: '1 call per 500 volumes in the bin',
  list: ({ clients }) => listVolumesInBin(clients.ec2),
};

/** Those of these ids, or all there is. */
export async function* listVolumesInBin(
  ec2: EC2Client,
  ids?: string[],
): AsyncGenerator<VolumeInBin> {
  const some = ids === undefined ? { MaxResults: 500 } : { VolumeIds: ids };
  const pages = pagesByToken(async (NextToken) =>
    ec2.send(new ListVolumesInRecycleBinCommand({ ...some, NextToken })),
  );
  for await (const volume of itemsOfPages(OPERATION, pages, (page) => page.Volumes)) {
    checkId(volume, 'VolumeId', OPERATION);
    yield volume;
  }
}
