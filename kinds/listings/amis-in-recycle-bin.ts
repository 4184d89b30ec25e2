import { type ImageRecycleBinInfo, paginateListImagesInRecycleBin } from '@aws-sdk/client-ec2';
import { checkId, itemsOfPages } from '../../aws/answers/pages.ts';
import type { Identified, Listing, ReadBy } from './listing.ts';

export type AmiInBin = Identified<ImageRecycleBinInfo, 'ImageId'>;

const OPERATION = 'ec2:ListImagesInRecycleBin';

/** Deregistered AMIs that can still be restored. EC2 doesn't say which snapshots that takes. */
export const amisInRecycleBin: Listing<AmiInBin> = {
  name: 'amis-in-recycle-bin',
  reach: 'regional',
  iam: [OPERATION],
  cost: '1 call per 1,000 AMIs in the bin, before the AMIs and after them',
  list: listAmisInBin,
};

async function* listAmisInBin({ clients }: ReadBy): AsyncGenerator<AmiInBin> {
  const pages = paginateListImagesInRecycleBin({ client: clients.ec2 }, { MaxResults: 1000 });
  for await (const image of itemsOfPages(OPERATION, pages, (page) => page.Images)) {
    checkId(image, 'ImageId', OPERATION);
    yield image;
  }
}
