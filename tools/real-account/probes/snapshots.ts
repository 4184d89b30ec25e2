import {
  DisableImageCommand,
  LockSnapshotCommand,
  RegisterImageCommand,
} from '@aws-sdk/client-ec2';
import type { SpokeClients } from '../../../aws/sessions/aws-clients.ts';
import { classifyRefusal } from '../../../kinds/ebs-snapshot/refusal.ts';
import { findMarked, remove } from '../../../kinds/ebs-snapshot/aws.ts';
import { markByTag } from '../../../kinds/ec2/tagging.ts';
import { listSnapshots } from '../../../kinds/ebs-snapshot/listing.ts';
import { filterOn } from '../../../kinds/listings/filter.ts';
import { amis } from '../../../kinds/ebs-snapshot/sources/amis.ts';
import { collect } from '../../../kinds/listings/collect.ts';
import { lookIn } from '../look.ts';
import { idIn, OURS } from '../sandbox/made.ts';
import { differs, notSettled, type Probe, same, sameIf, type Seen } from '../probe.ts';
import { refused } from '../refusals.ts';
import { waitFor } from '../sandbox/wait.ts';
import { ON_PARTS, withParts } from './with-parts.ts';

/** As in steps/remove/marking.ts. @internal A test holds it against the other. */
export const MARKER_SHOWS_SECONDS = 8;
/** As in core/removal/tries.ts. @internal A test holds it against the other. */
export const DELETION_SHOWS_SECONDS = 3;
const IMAGE_SHOWS_SECONDS = 120;

/** In this order: what is marked first is deleted next, and then once more. */
export const SNAPSHOT_PROBES: readonly Probe[] = [
  {
    ...ON_PARTS,
    name: 'marker-shows',
    fact: `A tag that was just set shows in a filter within ${MARKER_SHOWS_SECONDS} seconds.`,
    assumedIn: 'steps/remove/marking.ts',
    otherwise: 'Deletions would stop, told as MARKER_NOT_SEEN, though nothing is wrong.',
    matters: 'COVERAGE',
    iam: ['ec2:CreateTags', 'ec2:DescribeSnapshots'],
    expected: `within ${MARKER_SHOWS_SECONDS} s`,
    run: withParts(async (sandbox, { deleted }, writing) => {
      await markByTag(writing, [deleted]);
      const { found, seconds } = await waitFor(sandbox.clock, { atMostSeconds: 60 }, async () =>
        (await findMarked(lookIn(sandbox), [deleted])).has(deleted) ? true : undefined,
      );
      return found === undefined
        ? differs('it did not show in 60 s')
        : sameIf(seconds <= MARKER_SHOWS_SECONDS, `after ${seconds} s`);
    }),
  },
  {
    ...ON_PARTS,
    name: 'deletion-shows',
    fact: `A deleted snapshot is not listed any more after ${DELETION_SHOWS_SECONDS} seconds.`,
    assumedIn: 'core/removal/tries.ts',
    otherwise: 'A deletion would be sent twice, or be told as one that did not happen.',
    matters: 'WORDS',
    iam: ['ec2:DeleteSnapshot', 'ec2:DescribeSnapshots'],
    expected: `within ${DELETION_SHOWS_SECONDS} s`,
    run: withParts(async ({ clock, reading, accountId }, { deleted }, writing) => {
      await remove(writing, deleted);
      const { found, seconds } = await waitFor(clock, { atMostSeconds: 60 }, async () => {
        const filters = [filterOn('snapshot-id', [deleted])];
        const listed = await collect(listSnapshots(reading.ec2, accountId, filters));
        return listed.length === 0 ? true : undefined;
      });
      return found === undefined
        ? differs('it was still listed after 60 s')
        : sameIf(seconds <= DELETION_SHOWS_SECONDS, `after ${seconds} s`);
    }),
  },
  {
    ...ON_PARTS,
    name: 'deleted-twice',
    fact: 'The second DeleteSnapshot of one snapshot answers InvalidSnapshot.NotFound.',
    assumedIn: 'kinds/ebs-snapshot/refusal.ts',
    otherwise: 'What somebody else deleted would be told as a failure.',
    matters: 'WORDS',
    iam: ['ec2:DeleteSnapshot'],
    expected: 'InvalidSnapshot.NotFound',
    run: withParts(async (_, { deleted }, writing) => {
      // The first may be answered as the one before it was.
      await remove(writing, deleted).catch(() => undefined);
      return refused(
        async () => remove(writing, deleted),
        (failure) => classifyRefusal(failure).outcome === 'ALREADY_GONE',
      );
    }),
  },
  {
    ...ON_PARTS,
    name: 'delete-locked',
    fact: 'EC2 refuses to delete a locked snapshot, and its code or its words say that it is locked.',
    assumedIn: 'kinds/ebs-snapshot/refusal.ts',
    otherwise:
      'A locked snapshot would be told as FAILED instead of PROTECTED. It stays either way.',
    matters: 'WORDS',
    iam: ['ec2:LockSnapshot', 'ec2:DeleteSnapshot'],
    expected: 'a refusal that is read as PROTECTED, LOCKED',
    run: withParts(async (_, { locked: SnapshotId }, writing) => {
      const lock = { SnapshotId, LockMode: 'governance', LockDuration: 1 } as const;
      await writing.ec2.send(new LockSnapshotCommand(lock));
      return refused(
        async () => remove(writing, SnapshotId),
        (failure) => {
          const { outcome, reason } = { reason: undefined, ...classifyRefusal(failure) };
          return outcome === 'PROTECTED' && reason === 'LOCKED';
        },
      );
    }),
  },
  {
    ...ON_PARTS,
    name: 'delete-used-by-ami',
    fact: 'A disabled AMI is listed with IncludeDisabled, and EC2 refuses to delete its snapshot with the id of the AMI in its words.',
    assumedIn: 'kinds/ebs-snapshot/sources/amis.ts',
    otherwise: 'A snapshot that only a disabled AMI uses would be planned, and refused or lost.',
    matters: 'SAFETY',
    iam: ['ec2:RegisterImage', 'ec2:DisableImage', 'ec2:DescribeImages', 'ec2:DeleteSnapshot'],
    expected: 'listed, and a refusal that is read as PROTECTED, USED_BY_AMI',
    run: withParts(async (sandbox, { inImage }, writing) => {
      const imageId = await makeImage(writing, inImage);
      const times = { atMostSeconds: IMAGE_SHOWS_SECONDS, everySeconds: 5 };
      const listed = async () => {
        const all = await collect(lookIn(sandbox).read(amis));
        const own = all.find(({ by }) => by === imageId);
        return own?.keys.includes(inImage) === true ? true : undefined;
      };
      const before = await waitFor(sandbox.clock, times, listed);
      if (before.found === undefined) return notSettled('EC2 did not list the AMI it made');
      await writing.ec2.send(new DisableImageCommand({ ImageId: imageId }));
      await sandbox.clock.sleep(10_000);
      if ((await listed()) === undefined) return differs('the disabled AMI was not listed');
      return refused(
        async () => remove(writing, inImage),
        (failure) => {
          const { outcome, reason } = { reason: undefined, ...classifyRefusal(failure) };
          return outcome === 'PROTECTED' && reason === 'USED_BY_AMI';
        },
      );
    }),
  },
  {
    ...ON_PARTS,
    name: 'volume-of-copy',
    fact: 'DescribeSnapshots shows a copy with a volume id that is no volume, all f.',
    assumedIn: 'kinds/ebs-snapshot/facts.ts',
    otherwise: 'A copy would look like a snapshot whose volume is gone, and so unused.',
    matters: 'SAFETY',
    iam: ['ec2:CopySnapshot', 'ec2:DescribeSnapshots'],
    expected: 'vol-ffff…',
    run: withParts(async ({ reading, accountId }, { copy }) =>
      volumeOfCopy(reading, accountId, copy),
    ),
  },
];

async function makeImage({ ec2 }: SpokeClients, SnapshotId: string): Promise<string> {
  const { ImageId } = await ec2.send(
    new RegisterImageCommand({
      Name: `orgsweep-real-account-${SnapshotId}`,
      Architecture: 'x86_64',
      VirtualizationType: 'hvm',
      RootDeviceName: '/dev/xvda',
      BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { SnapshotId } }],
      TagSpecifications: [{ ResourceType: 'image', Tags: [OURS] }],
    }),
  );
  return idIn(ImageId, 'ec2:RegisterImage');
}

async function volumeOfCopy({ ec2 }: SpokeClients, accountId: string, copy: string): Promise<Seen> {
  const filters = [filterOn('snapshot-id', [copy])];
  for await (const { volumeId } of listSnapshots(ec2, accountId, filters)) {
    const shown = volumeId ?? 'no volume id';
    return /^vol-f+$/.test(shown) ? same(shown) : differs(shown);
  }
  return notSettled('the copy was not listed');
}
