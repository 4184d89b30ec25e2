import { defineKind, type ReferenceSource } from '../kind.ts';
import { volumes } from '../listings/volumes.ts';
import { IN_CONFIGURATION_AND_CODE } from '../ec2/blind-spots.ts';
import { deniedKeysOf } from '../tags/table.ts';
import { VOLUME_PRICES } from '../prices/ebs-volumes.ts';
import { assess } from './assess.ts';
import { describeVolume } from './words/describe.ts';
import { discover } from './discover.ts';
import { EbsVolume, KIND, REASON_BY_REFERENCE } from './facts.ts';
import { LISTINGS } from './fields.ts';
import { INSTANCES, VOLUMES } from './listing.ts';
import { volumeMetrics } from './metrics.ts';
import { POLICY } from './policy.ts';
import { MODIFICATIONS } from './sources/modifications.ts';
import { ROOT_REPLACEMENTS } from './sources/root-replacements.ts';
import { REMOVE_GRANTS, RESTORE_GRANTS } from './removal/grants.ts';
import { isUnattached, UNATTACHED } from './seen.ts';
import { volumeRemoval } from './removal/removal.ts';
import { snapshotsOfVolume } from './snapshots.ts';
import { volumeInWords } from './words/in-words.ts';
import { VOLUME_WORDS } from './words/words.ts';

const METRICS = 'cloudwatch:GetMetricData';
/** Of `snapshotsOfVolume`. */
const SNAPSHOTS = ['ec2:DescribeSnapshots', 'ec2:DescribeImages'];

/** Every place that is looked at, in the order the documentation tells of them. */
const REFERENCES: readonly ReferenceSource[] = [
  {
    ...{ name: 'attachments', reason: 'IN_USE, NOT_READY, MULTI_ATTACH', iam: volumes.iam },
    ...{ cost: volumes.cost, awsRefuses: 'yes, what is attached' },
  },
  { ...of(INSTANCES.listing), awsRefuses: 'yes' },
  {
    ...{ name: 'volume-copies', reason: REASON_BY_REFERENCE['volume-copies'], iam: volumes.iam },
    ...{ cost: 'none: among the volumes', awsRefuses: "AWS doesn't say" },
  },
  { ...of(MODIFICATIONS.listing), awsRefuses: "AWS doesn't say" },
  { ...of(ROOT_REPLACEMENTS.listing), awsRefuses: 'no: nothing is left to go back to' },
  {
    ...{ name: volumeMetrics.name, reason: 'ATTACHED_LATELY', iam: [METRICS], awsRefuses: 'no' },
    cost: '1 call per 156 volumes that look unused; CloudWatch bills the metrics asked for',
  },
].map((source) => ({ skippable: false, ...source }));

export const ebsVolume = defineKind<EbsVolume>({
  kind: KIND,
  reach: 'regional',
  facts: EbsVolume,
  policy: POLICY,
  references: REFERENCES,
  reads: [VOLUMES, INSTANCES, MODIFICATIONS, ROOT_REPLACEMENTS],
  // Many that are detached at once: of an outage, or an answer that lacks them.
  watched: [{ source: 'attachments' }],
  listings: LISTINGS,
  prices: VOLUME_PRICES,
  blindSpots: [
    'whether a Kubernetes cluster still knows a volume: its tag keeps it',
    'volumes lately detached from a stopped instance: they have no metrics',
    'volumes attached for a few minutes just before the scan: metrics come late, and none exist below five minutes',
    ...IN_CONFIGURATION_AND_CODE,
    'fleets and Auto Scaling that attach a volume by its id or its tags',
    'recovery instances of Elastic Disaster Recovery, by other than tags',
    'jobs and people that attach a volume less often than the policy waits',
  ],
  iam: {
    discover: [
      {
        does: 'READ',
        actions: [
          METRICS,
          ...SNAPSHOTS,
          'ec2:ListVolumesInRecycleBin',
          'rbin:GetRule',
          'rbin:ListRules',
        ],
      },
    ],
    remove: REMOVE_GRANTS,
    restore: RESTORE_GRANTS,
  },
  managerTagKeys: [...deniedKeysOf(KIND).values()].flat(),
  discover,
  assess,
  observe: (volume) => (isUnattached(volume) ? [UNATTACHED] : []),
  describe: describeVolume,
  words: VOLUME_WORDS,
  inWords: volumeInWords,
  isPlainlyInUse: ({ verdict, reasons }) => verdict === 'KEEP' && reasons.includes('IN_USE'),
  questions: [volumeMetrics, snapshotsOfVolume],
  removal: volumeRemoval,
});

function of({ name, iam, cost }: Pick<ReferenceSource, 'name' | 'iam' | 'cost'>) {
  const reasons: Readonly<Record<string, string>> = REASON_BY_REFERENCE;
  return { name, iam, cost, reason: reasons[name] ?? 'IN_USE' };
}
