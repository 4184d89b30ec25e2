import {
  DescribeSnapshotAttributeCommand,
  paginateDescribeInstances,
  paginateDescribeLaunchTemplates,
  paginateDescribeVolumes,
} from '@aws-sdk/client-ec2';
import { toAwsFailure } from '../../../aws/answers/aws-error.ts';
import { itemsOfPages } from '../../../aws/answers/pages.ts';
import { answeredInWords } from '../../../core/outcome/answered.ts';
import { listSnapshots } from '../../../kinds/ebs-snapshot/listing.ts';
import { collect } from '../../../kinds/listings/collect.ts';
import { differs, notSettled, type Probe, same, sameIf } from '../probe.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';

/** The ids that a listing has, with what AWS services manage or as EC2 lists by itself. */
const MANAGED_LISTINGS = {
  DescribeVolumes: ({ ec2 }: Sandbox['reading'], asked: Asked) =>
    itemsOfPages(
      'ec2:DescribeVolumes',
      paginateDescribeVolumes({ client: ec2 }, { ...asked, MaxResults: 500 }),
      ({ Volumes }) => Volumes?.map(({ VolumeId }) => VolumeId),
    ),
  DescribeInstances: ({ ec2 }: Sandbox['reading'], asked: Asked) =>
    itemsOfPages(
      'ec2:DescribeInstances',
      paginateDescribeInstances({ client: ec2 }, { ...asked, MaxResults: 1000 }),
      ({ Reservations }) =>
        Reservations?.flatMap(({ Instances = [] }) =>
          Instances.map(({ InstanceId }) => InstanceId),
        ),
    ),
  DescribeLaunchTemplates: ({ ec2 }: Sandbox['reading'], asked: Asked) =>
    itemsOfPages(
      'ec2:DescribeLaunchTemplates',
      paginateDescribeLaunchTemplates({ client: ec2 }, { ...asked, MaxResults: 200 }),
      ({ LaunchTemplates }) => LaunchTemplates?.map(({ LaunchTemplateId }) => LaunchTemplateId),
    ),
};

type Asked = { readonly IncludeManagedResources?: true };

/** What of it isn't about what is absent, and no listing of its own. */
export const ANSWER_PROBES: readonly Probe[] = [
  {
    name: 'snapshot-attribute-lists',
    fact: 'DescribeSnapshotAttribute names the snapshot, and sends its list also where it is empty.',
    assumedIn: 'kinds/ebs-snapshot/attributes.ts',
    otherwise:
      'Without the list a snapshot is held, so nothing would ever be deleted. Without the name its account and Region is a gap.',
    matters: 'COVERAGE',
    sends: 'READS',
    costUsd: 0,
    iam: ['ec2:DescribeSnapshots', 'ec2:DescribeSnapshotAttribute'],
    expected: 'both lists, and the name',
    run: async ({ reading, accountId }) => {
      for await (const { snapshotId } of listSnapshots(reading.ec2, accountId)) {
        const missing = await missingIn(reading, snapshotId);
        return missing.length === 0
          ? same('both lists, and the name')
          : differs(`without ${missing.join(' and ')}`);
      }
      return notSettled('the account has no snapshot in this Region: --write makes one');
    },
  },
  ...Object.entries(MANAGED_LISTINGS).map(([operation, list]): Probe => ({
    name: `managed-resources-${operation}`,
    fact: `${operation} takes IncludeManagedResources with no permission but its own, and hides nothing for it.`,
    ofAll:
      'Each of them takes IncludeManagedResources with no permission but its own, and hides nothing for it.',
    assumedIn: 'kinds/listings/',
    otherwise:
      'Every account and Region would be a gap; or what AWS services manage would stay hidden, and its snapshots would look unused.',
    matters: 'SAFETY',
    sends: 'READS',
    costUsd: 0,
    iam: [`ec2:${operation}`],
    expected: 'at least what it lists without',
    run: async ({ reading }) => {
      const byItself = await collect(list(reading, {}));
      let all: ReadonlySet<string | undefined>;
      try {
        all = new Set(await collect(list(reading, { IncludeManagedResources: true })));
      } catch (error) {
        // Without it the same call was answered: what is refused is the parameter.
        const failure = toAwsFailure(error);
        if (!/^(Unknown|Invalid)Parameter|^UnauthorizedOperation$/.test(failure.code)) throw error;
        return differs(answeredInWords(failure));
      }
      const hidden = byItself.filter((id) => !all.has(id));
      const count = `${all.size} with it, ${byItself.length} without`;
      return sameIf(
        hidden.length === 0,
        hidden.length === 0 ? count : `${count}: not with it: ${hidden.join(', ')}`,
      );
    },
  })),
  {
    name: 'time-of-answers',
    fact: 'Answers of EC2 tell the time, and a right clock is less than five minutes from it.',
    assumedIn: 'clock/aws-time.ts',
    otherwise: 'orgsweep could not tell that its clock is wrong, and would delete nothing.',
    matters: 'SAFETY',
    sends: 'READS',
    costUsd: 0,
    iam: ['ec2:DescribeSnapshots'],
    expected: 'a time within 300 s of this clock',
    run: async ({ reading, accountId, awsTime }) => {
      for await (const _ of listSnapshots(reading.ec2, accountId)) break;
      const { awsAt, ownAt } = awsTime.latest();
      if (awsAt === null) return differs('no answer told a time');
      const apart = Math.abs(Date.parse(awsAt) - Date.parse(ownAt)) / 1000;
      // Whose clock is wrong, this doesn't say.
      return apart < 300
        ? same(`${Math.round(apart)} s apart`)
        : notSettled(`${Math.round(apart)} s apart: check the clock of this machine first`);
    },
  },
];

async function missingIn({ ec2 }: Sandbox['reading'], SnapshotId: string) {
  const ask = async (Attribute: 'createVolumePermission' | 'productCodes') =>
    ec2.send(new DescribeSnapshotAttributeCommand({ SnapshotId, Attribute }));
  const permissions = await ask('createVolumePermission');
  const codes = await ask('productCodes');
  const isThere = {
    CreateVolumePermissions: permissions.CreateVolumePermissions !== undefined,
    ProductCodes: codes.ProductCodes !== undefined,
    SnapshotId: [permissions, codes].every((answer) => answer.SnapshotId === SnapshotId),
  };
  return Object.entries(isThere).flatMap(([name, there]) => (there ? [] : [name]));
}
