import type { SimSnapshot } from '../../model.ts';
import { commonRefusal } from '../refusals.ts';
import { ServiceError } from '../service.ts';
import { element } from '../xml.ts';
import type { Ec2Call, Ec2Operation } from './operation.ts';
import { BUCKETS, MARKER_TAG, snapshotArn } from './operation.ts';
import { findAll } from './resource-ids.ts';

/** DeleteSnapshot, with the refusals EC2 has for what is still needed. */
export const deleteSnapshot: Ec2Operation = {
  accepts: ['SnapshotId'],
  bucket: () => ({ name: 'DeleteSnapshot', size: BUCKETS.deleteSnapshot }),
  resources: ({ parameters, region }) => [snapshotArn(region, parameters.get('SnapshotId') ?? '')],
  // EC2 has to read a resource to know its tags: what isn't there is NotFound, not unauthorized.
  authorize: (call) => {
    const snapshot = getSnapshot(call);
    const { caller, region, visibility } = call;
    const seen = visibility.see({ accountId: caller.accountId, region }, snapshot);
    if (caller.role === 'deletion' && !mayDelete(seen)) throw commonRefusal('ec2', 'DENIED');
  },
  answer: (call) => {
    const snapshot = getSnapshot(call);
    refuseNeeded(call, snapshot);
    const { caller, region, visibility } = call;
    visibility.deleted({ accountId: caller.accountId, region }, snapshot);
    call.estate().deleteSnapshot(snapshot.snapshotId);
    return element('return', true);
  },
};

/** The deletion role's conditions on the snapshot's tags, as late as EC2 shows them. */
function mayDelete({ tags }: SimSnapshot): boolean {
  const protects = (key: string) =>
    key === 'orgsweep:protect' || key.startsWith('aws:backup:') || key.startsWith('aws:dlm:');
  return tags[MARKER_TAG.key] === MARKER_TAG.value && !Object.keys(tags).some(protects);
}

function getSnapshot(call: Ec2Call): SimSnapshot {
  const id = call.parameters.require('SnapshotId');
  const [snapshot] = findAll('snapshot', [id], (each) => {
    const found = call.estate().snapshot(each);
    return found?.ownerId === call.caller.accountId ? found : undefined;
  });
  return snapshot!;
}

function refuseNeeded(call: Ec2Call, snapshot: SimSnapshot): void {
  const { snapshotId, tags, lockState } = snapshot;
  if (Object.keys(tags).some((key) => key.startsWith('aws:backup:'))) {
    throw new ServiceError(
      'InvalidParameterValue',
      'This snapshot is managed by the AWS Backup service and cannot be deleted via EC2 APIs. If you wish to make this change, please do so via the Backup console.',
    );
  }
  if (lockState !== undefined && lockState !== 'expired') {
    // AWS doesn't document the code for a locked snapshot; this one is picked, so nothing may
    // depend on it beyond "a 4xx that isn't known".
    throw new ServiceError(
      'OperationNotPermitted',
      `The snapshot ${snapshotId} is locked and cannot be deleted`,
    );
  }
  // Any AMI that isn't deregistered, deprecated and disabled ones included.
  const [image] = call.estate().imagesOfSnapshot(snapshotId);
  if (image !== undefined) {
    throw new ServiceError(
      'InvalidSnapshot.InUse',
      `The snapshot ${snapshotId} is currently in use by ${image.imageId}`,
    );
  }
}
