import type { SimSnapshot } from '../../../model/snapshot.ts';
import { ServiceError } from '../../call/service.ts';
import { element, itemList } from '../../protocols/xml.ts';
import type { Ec2Call, Ec2Operation } from '../operation.ts';
import { nonMutatingBucket, snapshotArn } from '../operation.ts';
import { findAll } from '../resource-ids.ts';

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
  const [snapshot] = findAll('snapshot', [id], (each) => call.estate().snapshot(each));
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
