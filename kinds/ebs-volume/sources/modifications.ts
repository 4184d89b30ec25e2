import {
  paginateDescribeVolumesModifications,
  type VolumeModification,
  VolumeModificationState,
} from '@aws-sdk/client-ec2';
import { checkId, itemsOfPages } from '../../../aws/answers/pages.ts';
import { filterOn } from '../../listings/filter.ts';
import type { Identified, Source } from '../../listings/listing.ts';

type Modification = Identified<VolumeModification, 'VolumeId'>;

const OPERATION = 'ec2:DescribeVolumesModifications';
const UNDER_WAY = [VolumeModificationState.modifying, VolumeModificationState.optimizing];

/** Volumes whose size, type or performance somebody is changing: they are about to use them. */
export const MODIFICATIONS: Source<Modification, 'volume-modifications'> = {
  ...{ name: 'volume-modifications', skippable: false, crossesAccounts: false },
  listing: {
    name: 'volume-modifications',
    reach: 'regional',
    iam: [OPERATION],
    cost: '1 call where a volume is unattached; few are modified at a time',
    list: async function* ({ clients }) {
      const pages = paginateDescribeVolumesModifications(
        { client: clients.ec2 },
        {
          IncludeManagedResources: true,
          MaxResults: 500,
          Filters: [filterOn('modification-state', UNDER_WAY)],
        },
      );
      for await (const one of itemsOfPages(OPERATION, pages, (page) => page.VolumesModifications)) {
        checkId(one, 'VolumeId', OPERATION);
        yield one;
      }
    },
  },
  take: ({ VolumeId, ModificationState = 'modifying' }) => ({
    by: ModificationState,
    keys: [VolumeId],
  }),
};
