import type { SimVolume } from '../../model/organization.ts';
import { ServiceError } from '../../services/call/service.ts';
import type { Ec2Call, Ec2Operation } from '../../services/ec2/operation.ts';
import { BUCKETS, placeOf, refuseUnlessRoleAllows } from '../../services/ec2/operation.ts';
import { findAll, ID_KINDS } from '../../services/ec2/resource-ids.ts';
import { element } from '../../services/protocols/xml.ts';
import { DELETE_VOLUME, RESTORE_VOLUME } from './changes.ts';
import { seeVolume, volumeArn } from './seen.ts';

/** DeleteVolume, with the few refusals that EC2 has: it looks at nothing but attachments and state. */
export const deleteVolume: Ec2Operation = {
  accepts: ['VolumeId'],
  bucket: () => ({ name: 'DeleteVolume', size: BUCKETS.deleteSnapshot }),
  resources: (call) => [volumeArn(call, call.parameters.get('VolumeId') ?? '')],
  authorize: (call) => refuseUnlessMarked(call, getVolume(call)),
  answer: (call) => {
    const { volumeId, attachments, state, managedBy } = getVolume(call);
    const [attachment] = attachments;
    if (attachment !== undefined) {
      const { instanceId = attachment.associatedResource } = attachment;
      throw new ServiceError(
        'VolumeInUse',
        `Volume ${volumeId} is currently attached to ${instanceId ?? 'a managed resource'}`,
      );
    }
    if (state !== 'available' && state !== 'error') {
      throw new ServiceError(
        'IncorrectState',
        `The volume '${volumeId}' is in the '${state}' state. It must be 'available'.`,
      );
    }
    // AWS doesn't document the code; nothing may depend on it beyond "a 4xx that isn't known".
    if (managedBy !== undefined)
      throw new ServiceError('OperationNotPermitted', `${volumeId} is managed by ${managedBy}`);
    const { role, accessKeyId } = call.caller;
    call.change(DELETE_VOLUME.of(placeOf(call), { volumeId, by: { role, accessKeyId } }));
    return element('return', true);
  },
};

/** RestoreVolumeFromRecycleBin: it comes back with its id, its tags, and all that it was. */
export const restoreVolumeFromRecycleBin: Ec2Operation = {
  accepts: ['VolumeId'],
  bucket: () => ({ name: 'RestoreVolumeFromRecycleBin', size: BUCKETS.mutating }),
  resources: (call) => [volumeArn(call, call.parameters.get('VolumeId') ?? '')],
  authorize: (call) => {
    const volumeId = call.parameters.get('VolumeId') ?? '';
    const tags = call.estate().volumeInRecycleBin(volumeId)?.volume?.tags ?? {};
    refuseUnlessRoleAllows(call, { arn: volumeArn(call, volumeId), tags });
  },
  answer: (call) => {
    const id = call.parameters.require('VolumeId');
    findAll(ID_KINDS.volume, [id], (each) => call.estate().volumeInRecycleBin(each));
    call.change(RESTORE_VOLUME.of(placeOf(call), { volumeId: id }));
    return element('return', true);
  },
};

/** By the tags as EC2 shows them now. @throws {ServiceError} UnauthorizedOperation */
export function refuseUnlessMarked(call: Ec2Call, volume: SimVolume): void {
  const { volumeId, tags } = seeVolume(call, volume);
  refuseUnlessRoleAllows(call, { arn: volumeArn(call, volumeId), tags });
}

/** @throws {ServiceError} InvalidVolume.NotFound */
export function getVolume(call: Ec2Call): SimVolume {
  const id = call.parameters.require('VolumeId');
  const [volume] = findAll(ID_KINDS.volume, [id], (each) => call.estate().volume(each));
  return volume!;
}
