import { OURS } from './sandbox/made.ts';
import type { Probe } from './probe.ts';
import { DENIED_ACTIONS } from './probes/denials.ts';
import { ABSENT_ROLE } from './probes/others.ts';
import { PROBES } from './table.ts';
import { WRITES_BY_REACH } from './sandbox/write-actions.ts';

/** For what is asked before any probe. */
const ASKED_FIRST = ['organizations:DescribeOrganization'];
/** Of making a volume, and of removing what was made. */
const OF_MAKING = [
  'ec2:DescribeAvailabilityZones',
  'ec2:DescribeImages',
  'ec2:DescribeSnapshots',
  'ec2:DescribeVolumes',
  'rbin:ListRules',
];
const CHANGING = new Set<string>([...Object.values(WRITES_BY_REACH).flat(), 'sts:AssumeRole']);
/** What may set tags while it makes something. */
const TAGGING = ['CopySnapshot', 'CreateSnapshot', 'CreateVolume', 'RegisterImage'];

/** The IAM policy that the script needs; without `--write`, its first two statements do. */
export function policyDocument() {
  return {
    Version: '2012-10-17',
    Statement: [
      { Sid: 'Read', Effect: 'Allow', Action: readActions(PROBES), Resource: '*' },
      {
        Sid: 'ToSeeADenial',
        Effect: 'Deny',
        Action: [...DENIED_ACTIONS].toSorted(),
        Resource: '*',
      },
      { Sid: 'Make', Effect: 'Allow', Action: [...WRITES_BY_REACH.create], Resource: '*' },
      {
        Sid: 'TagWhatIsMade',
        Effect: 'Allow',
        Action: ['ec2:CreateTags'],
        Resource: '*',
        Condition: { StringEquals: { 'ec2:CreateAction': TAGGING } },
      },
      {
        Sid: 'ChangeWhatWasMade',
        Effect: 'Allow',
        Action: [...WRITES_BY_REACH.ours],
        Resource: '*',
        Condition: { StringEquals: { [`aws:ResourceTag/${OURS.Key}`]: OURS.Value } },
      },
      { Sid: 'Rule', Effect: 'Allow', Action: [...WRITES_BY_REACH.rules], Resource: '*' },
      {
        Sid: 'Bucket',
        Effect: 'Allow',
        Action: [...WRITES_BY_REACH.bucket],
        Resource: ['arn:aws:s3:::orgsweep-real-account-*'],
      },
      {
        Sid: 'AskForASession',
        Effect: 'Allow',
        Action: ['sts:AssumeRole'],
        Resource: `arn:aws:iam::*:role/${ABSENT_ROLE}`,
      },
    ],
  };
}

function readActions(probes: readonly Probe[]): string[] {
  const named = probes.flatMap(({ iam }) => iam).filter((action) => !CHANGING.has(action));
  return [...new Set([...ASKED_FIRST, ...OF_MAKING, ...named])].toSorted();
}
