import {
  type DescribeFastLaunchImagesSuccessItem,
  paginateDescribeFastLaunchImages,
} from '@aws-sdk/client-ec2';
import { checkId, itemsOfPages } from '../../../../aws/answers/pages.ts';
import type { Identified, ReadBy } from '../../../listings/listing.ts';
import type { AmiSource } from '../source.ts';

type FastLaunchImage = Identified<DescribeFastLaunchImagesSuccessItem, 'ImageId'>;

const OPERATION = 'ec2:DescribeFastLaunchImages';

/**
 * Windows AMIs that EC2 keeps prepared for fast launches, at somebody's cost. One that is switched off
 * isn't listed; in any state that it is listed in, EC2 holds snapshots of it.
 */
export const fastLaunchImages: AmiSource<FastLaunchImage> = {
  name: 'fast-launch-images',
  skippable: true,
  readFor: 'all',
  crossesAccounts: false,
  awsRefuses: 'not documented',
  listing: {
    name: 'fast-launch-images',
    reach: 'regional',
    cost: '1 call per 200 AMIs with fast launch',
    iam: [OPERATION],
    list: listFastLaunchImages,
  },
  take: ({ ImageId, State }) => ({ by: State ?? 'unknown', keys: [ImageId] }),
};

async function* listFastLaunchImages({ clients }: ReadBy): AsyncGenerator<FastLaunchImage> {
  const pages = paginateDescribeFastLaunchImages({ client: clients.ec2 }, { MaxResults: 200 });
  for await (const one of itemsOfPages(OPERATION, pages, (page) => page.FastLaunchImages)) {
    checkId(one, 'ImageId', OPERATION);
    yield one;
  }
}
