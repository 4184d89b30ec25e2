import type { SimEstateView } from '../../model/organization.ts';
import type { SimSnapshot } from '../../model/snapshot.ts';
import { ServiceError } from '../../services/call/service.ts';

const FAST_RESTORE = 'fast restore in ';

/** Why EC2 deletes the snapshot for nobody; undefined when it would. */
export function findDeletionRefusal(
  estate: SimEstateView,
  { snapshotId, tags, lockState }: SimSnapshot,
): ServiceError | undefined {
  if (Object.keys(tags).some((key) => key.startsWith('aws:backup:'))) {
    return new ServiceError(
      'InvalidParameterValue',
      'This snapshot is managed by the AWS Backup service and cannot be deleted via EC2 APIs. If you wish to make this change, please do so via the Backup console.',
    );
  }
  if (lockState !== undefined && lockState !== 'expired') {
    // AWS doesn't document the code for a locked snapshot; this one is picked, so nothing may
    // depend on it beyond "a 4xx that isn't known".
    return new ServiceError(
      'OperationNotPermitted',
      `The snapshot ${snapshotId} is locked and cannot be deleted`,
    );
  }
  const fastRestore = estate.usersOf(snapshotId).find((user) => user.startsWith(FAST_RESTORE));
  if (fastRestore !== undefined) {
    const zone = fastRestore.slice(FAST_RESTORE.length);
    return new ServiceError(
      'InvalidSnapshot.InUse',
      `The snapshot ${snapshotId} is currently enabled for fast restores in ${zone}. Fast snapshot restores must be disabled within all Availability Zones before the snapshot may be deleted.`,
    );
  }
  // Any AMI that isn't deregistered, deprecated and disabled ones included.
  const [image] = estate.imagesOfSnapshot(snapshotId);
  if (image === undefined) return undefined;
  return new ServiceError(
    'InvalidSnapshot.InUse',
    `The snapshot ${snapshotId} is currently in use by ${image.imageId}`,
  );
}
