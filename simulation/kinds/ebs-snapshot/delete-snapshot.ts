import type { SimSnapshot } from '../../model/snapshot.ts';
import { element } from '../../services/protocols/xml.ts';
import { DELETE_SNAPSHOT } from './changes.ts';
import { findDeletionRefusal } from './deletion-refusal.ts';
import { seeSnapshot } from './seen.ts';
import type { Ec2Call, Ec2Operation } from '../../services/ec2/operation.ts';
import {
  BUCKETS,
  placeOf,
  refuseUnlessRoleAllows,
  snapshotArn,
} from '../../services/ec2/operation.ts';
import { ID_KINDS, findAll } from '../../services/ec2/resource-ids.ts';

/** DeleteSnapshot, with the refusals EC2 has for what is still needed. */
export const deleteSnapshot: Ec2Operation = {
  accepts: ['SnapshotId'],
  bucket: () => ({ name: 'DeleteSnapshot', size: BUCKETS.deleteSnapshot }),
  resources: ({ parameters, region }) => [snapshotArn(region, parameters.get('SnapshotId') ?? '')],
  // EC2 has to read a resource to know its tags: what isn't there is NotFound, not unauthorized.
  authorize: (call) => {
    const snapshot = getSnapshot(call);
    const { snapshotId, tags } = seeSnapshot(call.visibility, placeOf(call), snapshot);
    refuseUnlessRoleAllows(call, { arn: snapshotArn(call.region, snapshotId), tags });
  },
  answer: (call) => {
    const snapshot = getSnapshot(call);
    const refusal = findDeletionRefusal(call.estate(), snapshot);
    if (refusal !== undefined) throw refusal;
    const { accessKeyId, role } = call.caller;
    const { snapshotId } = snapshot;
    call.change(DELETE_SNAPSHOT.of(placeOf(call), { snapshotId, by: { role, accessKeyId } }));
    return element('return', true);
  },
};

function getSnapshot(call: Ec2Call): SimSnapshot {
  const id = call.parameters.require('SnapshotId');
  const [snapshot] = findAll(ID_KINDS.snapshot, [id], (each) => {
    const found = call.estate().snapshot(each);
    return found?.ownerId === call.caller.accountId ? found : undefined;
  });
  return snapshot!;
}
