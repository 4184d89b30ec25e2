import { CreateSnapshotCommand, type Snapshot } from '@aws-sdk/client-ec2';
import { brokenListing } from '../../../aws/answers/pages.ts';
import type { SpokeClients } from '../../../aws/sessions/aws-clients.ts';
import { MOST_CLOCK_DIFFERENCE_MS } from '../../../core/model/clock-difference.ts';
import {
  finalCopyUntil,
  FINAL_COPY_OF,
  MADE_FROM_VOLUME,
  REQUEST_TAG,
} from '../../../core/tags/final-copy.ts';
import { KEEP_UNTIL_TAG } from '../../../core/tags/protection.ts';
import { tagsOf } from '../../ec2/tags.ts';
import { filterOn } from '../../listings/filter.ts';
import type { Thing, Tried } from '../../removal.ts';
import type { EbsVolume } from '../facts.ts';
import { ownSnapshots } from '../../ec2/own-snapshots.ts';

const OPERATION = 'ec2:CreateSnapshot';
const MOST_OF_A_VALUE = 256;

/** All that the request tags the copy with: by these it is orgsweep's own. */
export const TAGS_OF_COPY = [FINAL_COPY_OF, KEEP_UNTIL_TAG, REQUEST_TAG, MADE_FROM_VOLUME] as const;

/** The copy that an earlier try made. EC2 takes no client token for it, so it is known by its tag. */
export async function findCopy(
  { ec2 }: SpokeClients,
  { resourceId, token, begunAt }: Tried,
): Promise<string | null> {
  const filters = [filterOn('volume-id', [resourceId]), filterOn(`tag:${REQUEST_TAG}`, [token])];
  for await (const snapshot of ownSnapshots(ec2, filters))
    if (isOfEarlierTry(snapshot, resourceId, begunAt)) return snapshot.SnapshotId;
  return null;
}

/**
 * Makes a last snapshot of a volume, `pending` for minutes to hours. One that an earlier try made is not
 * made a second time.
 */
export async function copyVolume(
  clients: SpokeClients,
  thing: Thing<EbsVolume>,
): Promise<{ made: string }> {
  const { resourceId, facts, token, at } = thing;
  const earlier = await findCopy(clients, thing);
  if (earlier !== null) return { made: earlier };
  const tags: Record<(typeof TAGS_OF_COPY)[number], string> = {
    [FINAL_COPY_OF]: resourceId,
    [KEEP_UNTIL_TAG]: finalCopyUntil(at),
    [REQUEST_TAG]: token,
    [MADE_FROM_VOLUME]: inFewWords(facts),
  };
  const { SnapshotId } = await clients.ec2.send(
    new CreateSnapshotCommand({
      VolumeId: resourceId,
      Description: `Final copy of ${resourceId}, made by orgsweep before it deletes the volume`,
      TagSpecifications: [
        {
          ResourceType: 'snapshot',
          Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
        },
      ],
    }),
  );
  if (!SnapshotId) throw brokenListing(OPERATION, 'the answer came without its snapshot');
  return { made: SnapshotId };
}

/** By more than its request: who knows the names of all that is in the token can work that out before. */
function isOfEarlierTry(
  { State, StartTime, Tags }: Snapshot,
  volumeId: string,
  begunAt: Date,
): boolean {
  if (State !== 'pending' && State !== 'completed') return false;
  if (tagsOf(Tags)[FINAL_COPY_OF] !== volumeId) return false;
  return Number(StartTime) >= begunAt.getTime() - MOST_CLOCK_DIFFERENCE_MS;
}

/** For whoever makes a volume of the copy by hand. */
function inFewWords(volume: EbsVolume): string {
  const { availabilityZone, type, sizeGiB, iops, throughputMiBps, kmsKeyId } = volume;
  const words = [
    availabilityZone,
    type,
    `${sizeGiB} GiB`,
    iops === null ? null : `${iops} IOPS`,
    throughputMiBps === null ? null : `${throughputMiBps} MiB/s`,
    kmsKeyId,
  ];
  return words
    .filter((word) => word !== null)
    .join(' ')
    .slice(0, MOST_OF_A_VALUE);
}
