import { defineKind } from '../kind.ts';
import { assess } from './assess.ts';
import { discover, findMarked, mark, recheck, remove } from './aws.ts';
import { describeSnapshot, siblingsOf } from './describe.ts';
import { EbsSnapshot } from './facts.ts';
import { undo } from './recycle-bin.ts';
import { classifyRefusal } from './refusal.ts';

export const ebsSnapshot = defineKind<EbsSnapshot>({
  kind: 'ebs-snapshot',
  reach: 'regional',
  facts: EbsSnapshot,
  removedAfter: [],
  references: [
    { name: 'volumes', skippable: false },
    { name: 'instances', skippable: false },
    // EC2 itself refuses to delete a snapshot that an AMI uses.
    { name: 'amis', skippable: true },
  ],
  blindSpots: [
    'AMIs in the Recycle Bin',
    'EC2 and Spot fleets',
    'ECS volume configurations',
    'fast snapshot restore',
    'Image Builder recipes',
    'launch configurations',
    'launch templates',
    'sharing with other accounts',
    'snapshot locks',
    'Storage Gateway volumes',
    "the volumes' Recycle Bin",
  ],
  iam: {
    discover: [
      'ec2:DescribeImages',
      'ec2:DescribeInstances',
      'ec2:DescribeSnapshots',
      'ec2:DescribeVolumes',
      'ec2:ListSnapshotsInRecycleBin',
      'rbin:GetRule',
      'rbin:ListRules',
    ],
    remove: ['ec2:CreateTags', 'ec2:DeleteSnapshot'],
    restore: [
      'ec2:CreateTags',
      'ec2:DescribeSnapshots',
      'ec2:ListSnapshotsInRecycleBin',
      'ec2:RestoreSnapshotFromRecycleBin',
    ],
  },
  discover,
  assess,
  describe: describeSnapshot,
  isPlainlyInUse: ({ verdict, reasons }) => verdict === 'KEEP' && reasons.includes('IN_USE'),
  siblings: siblingsOf,
  recheck,
  mark,
  findMarked,
  remove,
  classifyRefusal,
  undo,
});
