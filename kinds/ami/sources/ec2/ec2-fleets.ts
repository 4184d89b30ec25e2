import { type FleetData, paginateDescribeFleets } from '@aws-sdk/client-ec2';
import { checkId, itemsOfPages } from '../../../../aws/answers/pages.ts';
import type { Identified, ReadBy } from '../../../listings/listing.ts';
import { amiIdsIn } from '../../../ec2/ami-id.ts';
import type { AmiSource } from '../source.ts';

type Fleet = Identified<FleetData, 'FleetId'>;

const OPERATION = 'ec2:DescribeFleets';

/** A deleted one launches nothing again, even where its instances go on. */
const OVER = new Set(['deleted', 'deleted_running', 'deleted_terminating']);

/**
 * EC2 fleets: the AMIs that their overrides name. EC2 lists none of type `instant`, the only one whose
 * overrides may name a parameter: it launches once, when it is made, and never again. What a fleet
 * names by a launch template, its versions have.
 */
export const ec2Fleets: AmiSource<Fleet> = {
  name: 'ec2-fleets',
  skippable: true,
  readFor: 'candidates',
  crossesAccounts: true,
  awsRefuses: 'no: the next launch fails',
  listing: {
    name: 'ec2-fleets',
    reach: 'regional',
    cost: '1 call per 1,000 EC2 fleets',
    iam: [OPERATION],
    list: listFleets,
  },
  take: ({ FleetId, FleetState, LaunchTemplateConfigs = [] }) =>
    OVER.has(FleetState ?? '')
      ? null
      : {
          by: FleetId,
          keys: amiIdsIn(
            ...LaunchTemplateConfigs.flatMap(({ Overrides = [] }) =>
              Overrides.map(({ ImageId }) => ImageId),
            ),
          ),
        },
};

async function* listFleets({ clients }: ReadBy): AsyncGenerator<Fleet> {
  const pages = paginateDescribeFleets({ client: clients.ec2 }, { MaxResults: 1000 });
  for await (const fleet of itemsOfPages(OPERATION, pages, (page) => page.Fleets)) {
    checkId(fleet, 'FleetId', OPERATION);
    yield fleet;
  }
}
