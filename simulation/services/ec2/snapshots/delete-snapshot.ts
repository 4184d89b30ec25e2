import type { SimSnapshot } from '../../../model/snapshot.ts';
import { element } from '../../protocols/xml.ts';
import { findDeletionRefusal } from './deletion-refusal.ts';
import type { Ec2Call, Ec2Operation } from '../operation.ts';
import { BUCKETS, placeOf, refuseUnlessRoleAllows, snapshotArn } from '../operation.ts';
import { findAll } from '../resource-ids.ts';

/** DeleteSnapshot, with the refusals EC2 has for what is still needed. */
export const deleteSnapshot: Ec2Operation = {
  accepts: ['SnapshotId'],
  bucket: () => ({ name: 'DeleteSnapshot', size: BUCKETS.deleteSnapshot }),
  resources: ({ parameters, region }) => [snapshotArn(region, parameters.get('SnapshotId') ?? '')],
  // EC2 has to read a resource to know its tags: what isn't there is NotFound, not unauthorized.
  authorize: (call) => {
    const snapshot = getSnapshot(call);
    refuseUnlessRoleAllows(call, call.visibility.see(placeOf(call), snapshot));
  },
  answer: (call) => {
    const snapshot = getSnapshot(call);
    const refusal = findDeletionRefusal(call.estate(), snapshot);
    if (refusal !== undefined) throw refusal;
    const { accessKeyId, role } = call.caller;
    const { snapshotId } = snapshot;
    call.change({
      kind: 'delete-snapshot',
      ...placeOf(call),
      snapshotId,
      by: { role, accessKeyId },
    });
    return element('return', true);
  },
};

function getSnapshot(call: Ec2Call): SimSnapshot {
  const id = call.parameters.require('SnapshotId');
  const [snapshot] = findAll('snapshot', [id], (each) => {
    const found = call.estate().snapshot(each);
    return found?.ownerId === call.caller.accountId ? found : undefined;
  });
  return snapshot!;
}
