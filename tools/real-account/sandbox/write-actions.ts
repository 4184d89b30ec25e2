/** Make something, or change nothing that was there before. */
const CREATE = [
  'ec2:CopySnapshot',
  'ec2:CreateSnapshot',
  'ec2:CreateVolume',
  'ec2:RegisterImage',
  'ec2:RestoreSnapshotFromRecycleBin',
];

/** Act on what is there: the policy allows them on what has the tag of this script alone. */
const ACT_ON_OURS = [
  'ec2:CreateTags',
  'ec2:DeleteSnapshot',
  'ec2:DeleteVolume',
  'ec2:DeregisterImage',
  'ec2:DisableImage',
  'ec2:LockSnapshot',
  'ec2:UnlockSnapshot',
];

/** IAM actions of the writing probes, by what they may act on. */
export const WRITES_BY_REACH = {
  create: CREATE,
  ours: ACT_ON_OURS,
  rules: ['rbin:CreateRule', 'rbin:DeleteRule'],
  bucket: [
    's3:CreateBucket',
    's3:DeleteBucket',
    's3:DeleteObject',
    's3:GetObject',
    's3:ListBucket',
    's3:PutObject',
  ],
} as const;

/** What the writing clients of EC2 and the Recycle Bin let out. */
export const WRITE_ACTIONS: readonly string[] = [
  ...CREATE,
  ...ACT_ON_OURS,
  ...WRITES_BY_REACH.rules,
];
