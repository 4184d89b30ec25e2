import type { SimSnapshot } from '../../model/snapshot.ts';
import { element, itemList } from '../../services/protocols/xml.ts';
import type { FilterFields } from '../../services/ec2/filters.ts';
import { parseFilters, toPredicate } from '../../services/ec2/filters.ts';
import type { Ec2Call, Ec2Operation } from '../../services/ec2/operation.ts';
import { nonMutatingBucket } from '../../services/ec2/operation.ts';
import type { Source } from '../../services/ec2/paging.ts';
import { arraySource, listPage } from '../../services/ec2/paging.ts';
import { ID_KINDS, findAll } from '../../services/ec2/resource-ids.ts';
import { findVisibleSnapshot } from './snapshots.ts';
import { DAY_MS } from '../../model/units.ts';

const LIMITS = { min: 5, max: 1000, clamp: false, idParameter: 'SnapshotId' } as const;

const FIELDS: FilterFields<SimSnapshot> = {
  'lock-state': ({ lockState }) => (lockState === undefined ? [] : [lockState]),
};

/** DescribeLockedSnapshots. Locks that have expired are in it too. */
export const describeLockedSnapshots: Ec2Operation = {
  accepts: ['MaxResults', 'NextToken', 'SnapshotId', 'Filter'],
  bucket: nonMutatingBucket,
  answer: (call) => {
    const passes = toPredicate(parseFilters(call.parameters), FIELDS);
    const matches = (one: SimSnapshot) => one.lockState !== undefined && passes(one);
    const source = sourceOf(call);
    const { items, nextToken } = listPage(call, { source, matches, limits: LIMITS });
    return itemList('snapshotSet', items.map(describeLock)) + nextToken;
  },
};

function sourceOf(call: Ec2Call): Source<SimSnapshot> {
  const ids = call.parameters.list('SnapshotId');
  if (ids.length === 0) return (from, limit) => call.estate().lockedSnapshots(from, limit);
  return arraySource(findAll(ID_KINDS.snapshot, ids, (id) => findVisibleSnapshot(call, id)));
}

/** Locked as soon as it was taken: for a day if that is over, otherwise for as long as can be. */
function describeLock({ ownerId, snapshotId, lockState, startTime }: SimSnapshot): string {
  const days = lockState === 'expired' ? 1 : 36_500;
  return (
    element('ownerId', ownerId) +
    element('snapshotId', snapshotId) +
    element('lockState', lockState) +
    element('lockDuration', days) +
    element('lockCreatedOn', startTime) +
    element('lockDurationStartTime', startTime) +
    element('lockExpiresOn', new Date(startTime.getTime() + days * DAY_MS))
  );
}
