import type { Verdict } from '../../core/model/verdict.ts';
import { defineKind, type ReferenceSource } from '../kind.ts';
import { IN_CONFIGURATION_AND_CODE } from '../ec2/blind-spots.ts';
import { deniedKeysOf } from '../tags/table.ts';
import { ALLOWED_AMIS } from './allowed-amis.ts';
import { assess } from './assess.ts';
import { imageAttributes } from './attributes.ts';
import { discover } from './discover.ts';
import { Ami, KIND } from './facts.ts';
import { LISTINGS } from './fields.ts';
import { AMIS } from './listing.ts';
import { AMI_PRICES } from './costs.ts';
import { POLICY } from './policy.ts';
import { amiSnapshots } from './snapshots.ts';
import { REASON_BY_REFERENCE } from './sources/names.ts';
import { SOURCES } from './sources/registry.ts';
import { describeAmi } from './words/describe.ts';
import { amiInWords } from './words/in-words.ts';
import { AMI_WORDS } from './words/words.ts';

const ATTRIBUTES = ['ec2:DescribeImageAttribute'];

/** Every place that is looked at, in the order the documentation tells of them. */
const REFERENCES: readonly ReferenceSource[] = [
  ...SOURCES.map(({ listing: { iam, cost }, name, ...source }) => ({
    ...{ ...source, name, iam, cost },
    reason: REASON_BY_REFERENCE[name],
  })),
  {
    ...{ name: imageAttributes.name, skippable: imageAttributes.skippable, iam: ATTRIBUTES },
    reason: REASON_BY_REFERENCE['image-attributes'],
    cost: '1 call per AMI that looks unused',
    awsRefuses: 'no: others lose access',
  },
];

/**
 * What may name the AMI of another account, and is read in every target. What is read only where some
 * AMI may be unused hands on what it names too, but nobody can wait for it: what shares an AMI keeps
 * it, and an AMI that isn't shared is launched by no other account.
 */
const CROSSING = SOURCES.filter(
  ({ crossesAccounts, readFor }) => crossesAccounts && readFor === 'all',
).map(({ name }) => name);

/** It is found and told of. orgsweep removes none: see docs/adr/0136. */
export const ami = defineKind<Ami>({
  kind: KIND,
  reach: 'regional',
  facts: Ami,
  policy: POLICY,
  references: REFERENCES,
  reads: [AMIS, ALLOWED_AMIS, ...SOURCES],
  watched: [{ source: 'instances' }],
  listings: LISTINGS,
  prices: AMI_PRICES,
  blindSpots: [
    'launches of the last 24 hours, which AWS may not have recorded yet',
    'accounts outside of the organization that launched an AMI while it was shared',
    ...IN_CONFIGURATION_AND_CODE,
    'pipelines of AWS Data Pipeline, job flows of EMR and other files that name an AMI',
    'people who go back to an old AMI by hand',
  ],
  iam: {
    discover: [{ does: 'READ', actions: [...ATTRIBUTES, 'ec2:DescribeSnapshots'] }],
    remove: [],
    restore: [],
  },
  managerTagKeys: [...deniedKeysOf(KIND).values()].flat(),
  discover,
  assess,
  describe: describeAmi,
  words: AMI_WORDS,
  inWords: amiInWords,
  isPlainlyInUse,
  asks: {
    // What launches an AMI is in the AMI's own Region.
    from: 'REGION',
    sources: CROSSING,
    of: ({ imageId }) => CROSSING.map((source) => ({ source, key: imageId })),
  },
  questions: [imageAttributes, amiSnapshots],
});

const PLAIN_USES = new Set<string>([REASON_BY_REFERENCE.instances, 'LAUNCHED_LATELY']);

/** What a template or a parameter names is listed: people want to know which, and since when it is idle. */
function isPlainlyInUse({ verdict, reasons }: Verdict): boolean {
  return verdict === 'KEEP' && reasons.some((reason) => PLAIN_USES.has(reason));
}
