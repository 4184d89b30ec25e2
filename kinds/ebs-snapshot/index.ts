import { SNAPSHOT_WORDS } from '../../core/words/snapshot-words.ts';
import { defineKind } from '../kind.ts';
import type { ReferenceSource } from '../kind.ts';
import { assess } from './assess.ts';
import { discover, findMarked, groupsNow, recheck, remove } from './aws.ts';
import { snapshotAttributes } from './attributes.ts';
import { VOLUME } from './copies/final-copy.ts';
import { groupsOf } from './copies/groups.ts';
import { LISTINGS } from './fields.ts';
import { describeSnapshot } from './words/describe.ts';
import { EbsSnapshot, KIND, REASON_BY_REFERENCE } from './facts.ts';
import { markByTag } from '../ec2/tagging.ts';
import { IN_CONFIGURATION_AND_CODE } from '../ec2/blind-spots.ts';
import { deniedKeysOf } from '../tags/table.ts';
import { AMI_GONE, AMI_SOURCES, asksForAmi } from './leftovers/gone-ami.ts';
import { withoutAmis } from './leftovers/without-amis.ts';
import { recycleBin } from './recycle-bin.ts';
import { INSTANCES, VOLUMES } from './references.ts';
import { exactSize } from './measure/exact-size.ts';
import { POLICY } from './policy.ts';
import { PRICES } from './prices.ts';
import { classifyRefusal } from './refusal.ts';
import { SOURCES } from './sources/registry.ts';
import { snapshotInWords } from './words/words.ts';

/** Where it depends on what was seen there. */
const REASONS_OF_SEVERAL: Readonly<Record<string, string>> = {
  'tier-changes': 'RESTORED_FROM_ARCHIVE, MOVING_TO_ARCHIVE',
};

/** Every place that is looked at, in the order the documentation tells of them. */
const REFERENCES: readonly ReferenceSource[] = [
  ...[VOLUMES, INSTANCES].map(({ listing: { name, iam, cost } }) => ({
    ...{ name, iam, cost, skippable: false, reason: 'IN_USE', awsRefuses: 'no' },
  })),
  ...SOURCES.map(({ listing: { iam, cost }, ...source }) => ({
    ...{ ...source, iam, cost },
    reason: REASONS_OF_SEVERAL[source.name] ?? REASON_BY_REFERENCE[source.name] ?? 'IN_USE',
  })),
  {
    name: 'snapshot-attributes',
    skippable: true,
    reason: 'SHARED, HAS_PRODUCT_CODE',
    iam: ['ec2:DescribeSnapshotAttribute'],
    cost: '2 calls per snapshot, for those that a plan could remove now and again before each removal',
    awsRefuses: 'no: others lose access',
  },
];

/** EC2 has no account in the ARN of a snapshot. */
const SNAPSHOTS = 'ec2:*::snapshot/*';

export const ebsSnapshot = defineKind<EbsSnapshot>({
  kind: KIND,
  reach: 'regional',
  facts: EbsSnapshot,
  policy: POLICY,
  references: REFERENCES,
  reads: [VOLUMES, INSTANCES, ...SOURCES],
  // A snapshot is made from a volume.
  watched: [{ source: 'volumes', neverEmpty: true }, { source: 'amis' }],
  listings: LISTINGS,
  prices: PRICES,
  blindSpots: [
    'AMIs in the Recycle Bin, except by description',
    'EC2 and Spot fleets, persistent Spot requests, Scheduled Instances',
    ...IN_CONFIGURATION_AND_CODE,
    'Image Builder recipes, Elastic Beanstalk configurations',
    'Systems Manager parameters and runbooks',
    'RunTask and StartTask calls of ECS, and its service revisions',
    'replacements of a root volume, and copies of a snapshot, that are under way',
    'volumes that are just being made',
    'volumes that are always detached when a run scans',
  ],
  iam: {
    discover: [
      {
        does: 'READ',
        actions: [
          'ec2:DescribeSnapshots',
          'ec2:ListSnapshotsInRecycleBin',
          'rbin:GetRule',
          'rbin:ListRules',
          'ec2:DescribeSnapshotAttribute',
        ],
      },
      {
        does: 'READ',
        actions: ['ebs:ListChangedBlocks', 'ebs:ListSnapshotBlocks'],
        resource: SNAPSHOTS,
      },
    ],
    remove: [
      { does: 'MARK', actions: ['ec2:CreateTags'], resource: SNAPSHOTS },
      { does: 'REMOVE', actions: ['ec2:DeleteSnapshot'], resource: SNAPSHOTS },
    ],
    restore: [
      { does: 'READ', actions: ['ec2:DescribeSnapshots', 'ec2:ListSnapshotsInRecycleBin'] },
      {
        does: 'BRING_BACK',
        actions: ['ec2:RestoreSnapshotFromRecycleBin'],
        resource: SNAPSHOTS,
      },
      { does: 'PROTECT', actions: ['ec2:CreateTags'], resource: SNAPSHOTS },
    ],
  },
  managerTagKeys: [...deniedKeysOf(KIND).values()].flat(),
  discover,
  assess,
  madeBy: [VOLUME],
  describe: describeSnapshot,
  words: SNAPSHOT_WORDS,
  inWords: snapshotInWords,
  withoutHolders: withoutAmis,
  isPlainlyInUse: ({ verdict, reasons }) => verdict === 'KEEP' && reasons.includes('IN_USE'),
  questions: [snapshotAttributes],
  asks: { from: 'ORGANIZATION', reasons: [AMI_GONE], sources: AMI_SOURCES, of: asksForAmi },
  groups: { of: groupsOf, now: groupsNow, origin: VOLUME },
  removal: {
    after: [VOLUME],
    recheck,
    classifyRefusal,
    steps: [
      {
        name: 'delete',
        fence: { by: 'MARKER', mark: markByTag, findMarked },
        run: { one: async (clients, { resourceId }) => remove(clients, resourceId) },
        undo: [recycleBin],
      },
    ],
  },
  exactSize,
});
