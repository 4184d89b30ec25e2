import type { SimSnapshot } from '../../model/snapshot.ts';
import { ServiceError } from '../../services/call/service.ts';
import { element, itemList } from '../../services/protocols/xml.ts';
import type { Ec2Call, Ec2Operation } from '../../services/ec2/operation.ts';
import { nonMutatingBucket, snapshotArn } from '../../services/ec2/operation.ts';
import { ID_KINDS, findAll } from '../../services/ec2/resource-ids.ts';

/** DescribeSnapshotAttribute: one attribute of one of the account's own snapshots. */
export const describeSnapshotAttribute: Ec2Operation = {
  accepts: ['Attribute', 'SnapshotId'],
  bucket: nonMutatingBucket,
  resources: ({ parameters, region }) => [snapshotArn(region, parameters.get('SnapshotId') ?? '')],
  answer: (call) => {
    const attribute = call.parameters.require('Attribute');
    const snapshot = findOwn(call, call.parameters.require('SnapshotId'));
    return element('snapshotId', snapshot.snapshotId) + describe(attribute, snapshot);
  },
};

function findOwn(call: Ec2Call, id: string): SimSnapshot {
  const [snapshot] = findAll(ID_KINDS.snapshot, [id], (each) => call.estate().snapshot(each));
  return snapshot!;
}

function describe(attribute: string, snapshot: SimSnapshot): string {
  switch (attribute) {
    case 'createVolumePermission': {
      const users = snapshot.sharedWith.map((accountId) => element('userId', accountId));
      const groups = snapshot.public ? [element('group', 'all')] : [];
      return itemList('createVolumePermission', [...groups, ...users]);
    }
    case 'productCodes': {
      const codes = snapshot.productCodes.map(
        (code) => element('productCode', code) + element('type', 'marketplace'),
      );
      return itemList('productCodes', codes);
    }
    default:
      throw new ServiceError(
        'InvalidParameterValue',
        `Value (${attribute}) for parameter attribute is invalid. Unknown attribute.`,
      );
  }
}
