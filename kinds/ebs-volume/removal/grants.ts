import type { Grant } from '../../grant.ts';
import { TAGS_OF_COPY } from './copy.ts';

const VOLUMES = 'ec2:*:*:volume/*';
/** EC2 has no account in the ARN of a snapshot. */
const SNAPSHOTS = 'ec2:*::snapshot/*';

export const REMOVE_GRANTS: readonly Grant[] = [
  { does: 'MARK', actions: ['ec2:CreateTags'], resource: VOLUMES },
  // Whether an earlier try made the copy.
  { does: 'READ', actions: ['ec2:DescribeSnapshots'], steps: ['copy'] },
  {
    ...{ does: 'MAKE', actions: ['ec2:CreateSnapshot'], steps: ['copy'] },
    ...{ from: VOLUMES, resource: SNAPSHOTS },
    tags: { action: 'ec2:CreateTags', keys: TAGS_OF_COPY },
  },
  {
    ...{ does: 'REMOVE', actions: ['ec2:DeleteVolume'], resource: VOLUMES, steps: ['delete'] },
    unless: [{ key: 'ec2:ManagedResourceOperator', is: 'PRESENT' }],
  },
];

export const RESTORE_GRANTS: readonly Grant[] = [
  {
    does: 'READ',
    actions: ['ec2:DescribeSnapshots', 'ec2:DescribeVolumes', 'ec2:ListVolumesInRecycleBin'],
  },
  {
    ...{ does: 'BRING_BACK', actions: ['ec2:RestoreVolumeFromRecycleBin'], steps: ['delete'] },
    resource: VOLUMES,
  },
  {
    ...{ does: 'MAKE', actions: ['ec2:CreateVolume'], steps: ['delete'] },
    ...{ from: SNAPSHOTS, resource: VOLUMES },
    tags: { action: 'ec2:CreateTags', keys: 'AS_BEFORE' },
  },
  // AWS documents these for who makes an encrypted volume:
  // https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption-requirements.html
  {
    ...{ does: 'USE_KEYS', through: 'ec2', resource: 'kms:*:*:key/*', steps: ['delete'] },
    actions: [
      'kms:CreateGrant',
      'kms:Decrypt',
      'kms:DescribeKey',
      'kms:GenerateDataKeyWithoutPlaintext',
      'kms:ReEncryptFrom',
      'kms:ReEncryptTo',
    ],
  },
  { does: 'PROTECT', actions: ['ec2:CreateTags'], resource: VOLUMES },
];
