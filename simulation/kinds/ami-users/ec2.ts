import type { SimEstateView } from '../../model/organization.ts';
import { arraySource, listPage, type PageLimits } from '../../services/ec2/paging.ts';
import { type Ec2Operation, nonMutatingBucket } from '../../services/ec2/operation.ts';
import { element, itemList, wrap } from '../../services/protocols/xml.ts';
import { AMI_USERS } from './state.ts';

/** A listing of EC2 that is asked for as a whole, page by page. */
function listing<T>(
  list: string,
  max: number,
  all: (estate: SimEstateView) => readonly T[],
  describe: (one: T) => string,
): Ec2Operation {
  const limits: PageLimits = { min: 1, max, clamp: false, alwaysPaged: true };
  return {
    accepts: ['MaxResults', 'NextToken', 'maxResults', 'nextToken'],
    bucket: nonMutatingBucket,
    answer: (call) => {
      const source = arraySource(all(call.estate()));
      const { items, nextToken } = listPage(call, { source, matches: () => true, limits });
      return itemList(list, items.map(describe)) + nextToken;
    },
  };
}

/** Cancelled ones show for two days; all are shown here. */
const describeSpotFleetRequests = listing(
  'spotFleetRequestConfigSet',
  1000,
  (estate) => AMI_USERS.of(estate).spotFleets,
  ({ id, state, imageIds }) =>
    element('spotFleetRequestId', id) +
    element('spotFleetRequestState', state) +
    wrap(
      'spotFleetRequestConfig',
      itemList(
        'launchSpecifications',
        imageIds.map(
          (imageId) => element('imageId', imageId) + element('instanceType', 'm5.large'),
        ),
      ),
    ),
);

/** "If a fleet is of type instant, you must specify the fleet ID, otherwise it does not appear." */
const describeFleets = listing(
  'fleetSet',
  1000,
  (estate) => AMI_USERS.of(estate).ec2Fleets.filter(({ type }) => type !== 'instant'),
  ({ id, state, type, imageIds }) => {
    const overrides = itemList(
      'overrides',
      imageIds.map((imageId) => element('instanceType', 'm5.large') + element('imageId', imageId)),
    );
    return (
      element('fleetId', id) +
      element('fleetState', state) +
      element('type', type) +
      itemList('launchTemplateConfigs', [overrides])
    );
  },
);

const describeSpotInstanceRequests = listing(
  'spotInstanceRequestSet',
  1000,
  (estate) => AMI_USERS.of(estate).spotRequests,
  ({ id, state, imageId }) =>
    element('spotInstanceRequestId', id) +
    element('state', state) +
    wrap('launchSpecification', element('imageId', imageId)),
);

const describeFastLaunchImages = listing(
  'fastLaunchImageSet',
  200,
  (estate) => AMI_USERS.of(estate).fastLaunches,
  ({ imageId, state }) => element('imageId', imageId) + element('state', state),
);

const describeExportImageTasks = listing(
  'exportImageTaskSet',
  500,
  (estate) => AMI_USERS.of(estate).exports,
  ({ taskId, imageId, status }) =>
    element('exportImageTaskId', taskId) + element('imageId', imageId) + element('status', status),
);

const describeStoreImageTasks = listing(
  'storeImageTaskResultSet',
  200,
  (estate) => AMI_USERS.of(estate).stores,
  ({ imageId, state }) =>
    element('amiId', imageId) +
    element('bucket', 'image-archive') +
    element('s3objectKey', `${imageId}.bin`) +
    element('storeTaskState', state),
);

/** What of EC2 names an AMI without having been launched from it. */
export const EC2_OPERATIONS: Readonly<Record<string, Ec2Operation>> = {
  DescribeExportImageTasks: describeExportImageTasks,
  DescribeFastLaunchImages: describeFastLaunchImages,
  DescribeFleets: describeFleets,
  DescribeSpotFleetRequests: describeSpotFleetRequests,
  DescribeSpotInstanceRequests: describeSpotInstanceRequests,
  DescribeStoreImageTasks: describeStoreImageTasks,
};
