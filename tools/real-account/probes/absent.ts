import {
  DescribeLaunchTemplateVersionsCommand,
  DescribeSnapshotAttributeCommand,
} from '@aws-sdk/client-ec2';
import { ListServicesCommand } from '@aws-sdk/client-ecs';
import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { toAwsFailure } from '../../../aws/answers/aws-error.ts';
import { findRecycleBinRule } from '../../../aws/services/recycle-bin-rules.ts';
import { answeredInWords } from '../../../core/outcome/answered.ts';
import { listSnapshots } from '../../../kinds/ebs-snapshot/listing.ts';
import { filterOn, MAX_FILTER_VALUES } from '../../../kinds/listings/filter.ts';
import { recycleBin } from '../../../kinds/ebs-snapshot/recycle-bin.ts';
import { ECS } from '../../../kinds/ebs-snapshot/sources/ecs-services.ts';
import { differs, type Probe, same, sameIf } from '../probe.ts';
import { refused, saysWhatItThinks } from '../refusals.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';

/** Of the right form, and nobody's. */
const NO_SNAPSHOT = 'snap-0ffffffffffffffff';
const NO_TEMPLATE = 'lt-0ffffffffffffffff';
const NO_NAME = 'orgsweep-real-account-no-such-thing';
/** As the Recycle Bin's identifiers are: 11 letters and digits. */
const NO_RULE = 'zzzzzzzzzzz';

interface AbsentCode {
  readonly what: string;
  readonly code: string;
  readonly assumedIn: string;
  readonly iam: string;
  readonly otherwise: string;
  readonly send: (sandbox: Sandbox) => Promise<unknown>;
}

const CODES: readonly AbsentCode[] = [
  {
    what: 'snapshot',
    code: 'InvalidSnapshot.NotFound',
    assumedIn: 'kinds/ebs-snapshot/attributes.ts',
    iam: 'ec2:DescribeSnapshotAttribute',
    otherwise: 'A snapshot that went away during a scan would make its account and Region a gap.',
    send: async ({ reading }) =>
      reading.ec2.send(
        new DescribeSnapshotAttributeCommand({
          SnapshotId: NO_SNAPSHOT,
          Attribute: 'createVolumePermission',
        }),
      ),
  },
  {
    what: 'launch-template',
    code: 'InvalidLaunchTemplateId.NotFound',
    assumedIn: 'kinds/listings/launch-template-versions.ts',
    iam: 'ec2:DescribeLaunchTemplateVersions',
    otherwise: 'A template that went away during a scan would make its account and Region a gap.',
    send: async ({ reading }) =>
      reading.ec2.send(
        new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId: NO_TEMPLATE }),
      ),
  },
  {
    what: 'cluster',
    code: 'ClusterNotFoundException',
    assumedIn: 'kinds/ebs-snapshot/sources/ecs-services.ts',
    iam: 'ecs:ListServices',
    otherwise: 'A cluster that went away during a scan would make its account and Region a gap.',
    send: async ({ reading }) =>
      reading.of(ECS).send(new ListServicesCommand({ cluster: NO_NAME })),
  },
  {
    what: 'parameter',
    code: 'ParameterNotFound',
    assumedIn: 'aws/hub/hub-description.ts',
    iam: 'ssm:GetParameter',
    otherwise: 'A command with a misspelt --hub would end in a raw error.',
    send: async ({ hub }) => hub.ssm.send(new GetParameterCommand({ Name: `/${NO_NAME}` })),
  },
];

const absentCodes = CODES.map(({ what, code, assumedIn, iam, otherwise, send }): Probe => ({
  name: `absent-${what}`,
  fact: `AWS answers ${code} for a ${what.replace('-', ' ')} that isn't there.`,
  assumedIn,
  otherwise,
  matters: 'COVERAGE',
  sends: 'READS',
  costUsd: 0,
  iam: [iam],
  expected: code,
  run: async (sandbox) =>
    refused(
      async () => send(sandbox),
      (failure) => failure.code === code,
    ),
}));

/** What AWS answers about what isn't there. */
export const ABSENT_PROBES: readonly Probe[] = [
  ...absentCodes,
  {
    name: 'absent-rule',
    fact: 'The Recycle Bin answers ResourceNotFoundException for a rule that is not there.',
    assumedIn: 'aws/services/recycle-bin-rules.ts',
    otherwise: 'A rule that was deleted in between would stop deletions with an error.',
    matters: 'SAFETY',
    sends: 'READS',
    costUsd: 0,
    iam: ['rbin:GetRule'],
    expected: 'no rule',
    run: async ({ reading }) => {
      try {
        const rule = await findRecycleBinRule(reading.rbin, 'EBS_SNAPSHOT', NO_RULE);
        return sameIf(rule === null, rule === null ? 'no rule' : 'a rule');
      } catch (error) {
        const failure = toAwsFailure(error);
        if (!saysWhatItThinks(failure)) throw error;
        return differs(answeredInWords(failure));
      }
    },
  },
  {
    name: 'absent-from-bin',
    fact: 'Asked by id for a snapshot that is not in the Recycle Bin, EC2 lists nothing, or answers a code that ends in .NotFound.',
    assumedIn: 'kinds/ebs-snapshot/recycle-bin.ts',
    otherwise: 'A deletion that is still on its way into the bin would look like a failure.',
    matters: 'SAFETY',
    sends: 'READS',
    costUsd: 0,
    iam: ['ec2:ListSnapshotsInRecycleBin'],
    expected: 'not in the bin',
    run: async ({ reading }) => {
      try {
        const { size } = await recycleBin.find(reading, [NO_SNAPSHOT]);
        return sameIf(size === 0, size === 0 ? 'not in the bin' : 'in the bin');
      } catch (error) {
        const failure = toAwsFailure(error);
        if (!saysWhatItThinks(failure)) throw error;
        return differs(answeredInWords(failure));
      }
    },
  },
  {
    name: 'filter-of-absent-ids',
    fact: `A filter of ${MAX_FILTER_VALUES} ids that are not there gives an empty list, not an error.`,
    assumedIn: 'kinds/listings/filter.ts',
    otherwise: 'The second look before a deletion would fail whenever one snapshot is gone.',
    matters: 'SAFETY',
    sends: 'READS',
    costUsd: 0,
    iam: ['ec2:DescribeSnapshots'],
    expected: '0 listed',
    run: async ({ reading, accountId }) => {
      const ids = Array.from(
        { length: MAX_FILTER_VALUES },
        (_, index) => `snap-0ffffffffffff${index.toString(16).padStart(4, '0')}`,
      );
      const filters = [filterOn('snapshot-id', ids)];
      try {
        for await (const { snapshotId } of listSnapshots(reading.ec2, accountId, filters))
          return differs(`${snapshotId} was listed`);
      } catch (error) {
        const failure = toAwsFailure(error);
        if (!saysWhatItThinks(failure)) throw error;
        return differs(answeredInWords(failure));
      }
      return same('0 listed');
    },
  },
];
