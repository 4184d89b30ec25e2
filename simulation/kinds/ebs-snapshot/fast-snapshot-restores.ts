import type { SimFastRestore } from '../../model/references.ts';
import { element, itemList } from '../../services/protocols/xml.ts';
import type { FilterFields } from '../../services/ec2/filters.ts';
import { parseFilters, toPredicate } from '../../services/ec2/filters.ts';
import type { Ec2Operation } from '../../services/ec2/operation.ts';
import { nonMutatingBucket } from '../../services/ec2/operation.ts';
import { listPage } from '../../services/ec2/paging.ts';

const LIMITS = { min: 0, max: 200, clamp: false } as const;

const FIELDS: FilterFields<SimFastRestore> = {
  'availability-zone': ({ availabilityZone }) => [availabilityZone],
  'snapshot-id': ({ snapshotId }) => [snapshotId],
  state: ({ state }) => [state],
};

/** DescribeFastSnapshotRestores: one item a snapshot and zone, those switched off long ago too. */
export const describeFastSnapshotRestores: Ec2Operation = {
  accepts: ['MaxResults', 'NextToken', 'Filter'],
  bucket: nonMutatingBucket,
  answer: (call) => {
    const matches = toPredicate(parseFilters(call.parameters), FIELDS);
    const source = (from: number, limit: number) => call.estate().fastRestores(from, limit);
    const { items, nextToken } = listPage(call, { source, matches, limits: LIMITS });
    const described = items.map((one) => describe(one, call.caller.accountId));
    return itemList('fastSnapshotRestoreSet', described) + nextToken;
  },
};

function describe(one: SimFastRestore, ownerId: string): string {
  return (
    element('snapshotId', one.snapshotId) +
    element('availabilityZone', one.availabilityZone) +
    element('state', one.state) +
    element('stateTransitionReason', 'Client.UserInitiated - Lifecycle state transition') +
    element('ownerId', ownerId)
  );
}
