import { CreateVolumeCommand, type CreateVolumeCommandInput } from '@aws-sdk/client-ec2';
import { z } from 'zod';
import { brokenListing } from '../../../aws/answers/pages.ts';
import type { SpokeClients } from '../../../aws/sessions/aws-clients.ts';
import { digestOf } from '../../../core/plan/digest.ts';
import { MADE_AGAIN_FROM } from '../../../core/tags/final-copy.ts';
import { isMarkedForRemoval, MARKER } from '../../../core/tags/marker.ts';
import { protectByTag } from '../../ec2/tagging.ts';
import { tagsOf } from '../../ec2/tags.ts';
import { byFilter } from '../../listings/filter.ts';
import type { BringingBack, Taken } from '../../removal.ts';
import type { EbsVolume } from '../facts.ts';
import { ownSnapshots } from '../../ec2/own-snapshots.ts';
import { volumesNow, volumesWithTag } from './listing.ts';
import { waitUntilMade } from './until-made.ts';

const OPERATION = 'ec2:CreateVolume';
const HOUR_MS = 3_600_000;

/** What it takes to make a volume again, besides the copy of what is on it. */
const Was = z.object({
  availabilityZone: z.string(),
  type: z.string(),
  sizeGiB: z.number(),
  iops: z.number().nullable(),
  throughputMiBps: z.number().nullable(),
  isMultiAttach: z.boolean(),
  encrypted: z.boolean(),
  kmsKeyId: z.string().nullable(),
  /** Its owner's: AWS's own can't be given. */
  tags: z.record(z.string(), z.string()),
});
type Was = z.infer<typeof Was>;

/** A deleted volume is made again of its final copy: what the bin doesn't have, or not any more. */
export const fromCopy = {
  way: 'MADE',
  whatIsNew:
    'It is another volume, made of the final copy: its id is new, and data is slow until it was read once.',
  record: toRecord,
  findWhole: async ({ clients }, made) => {
    const whole = new Set<string>();
    const listed = byFilter('snapshot-id', made, (filters) => ownSnapshots(clients.ec2, filters));
    for await (const { SnapshotId, State, Tags } of listed)
      if (State === 'completed' && !isMarkedForRemoval(tagsOf(Tags))) whole.add(SnapshotId);
    return whole;
  },
  find: findAgain,
  bringBack: async (clients, taken, clock) => {
    const input = toRequest(taken, clock.now());
    const { VolumeId } = await clients.ec2.send(new CreateVolumeCommand(input));
    if (!VolumeId) throw brokenListing(OPERATION, 'the answer came without its volume');
    await waitUntilMade(clients.ec2, VolumeId, clock);
    return VolumeId;
  },
  protect: protectByTag,
} satisfies BringingBack<EbsVolume>;

function toRecord(volume: EbsVolume): Was {
  const own = Object.entries(volume.tags).filter(
    ([key]) => !/^aws:/i.test(key) && key !== MARKER.key && key !== MADE_AGAIN_FROM,
  );
  return Was.parse({
    ...volume,
    // Each volume is in a zone. One whose zone AWS doesn't tell isn't made again: it is refused.
    availabilityZone: volume.availabilityZone ?? '',
    tags: Object.fromEntries(own),
  });
}

/** The volume itself, or one that was made of its copy before. One that failed is none. */
async function findAgain({ ec2 }: SpokeClients, { resourceId, made }: Taken) {
  for await (const { volumeId, volume } of volumesNow(ec2, [resourceId]))
    if (volume.State !== 'error') return volumeId;
  for await (const { volumeId, volume } of volumesWithTag(ec2, MADE_AGAIN_FROM, [resourceId]))
    if (volume.State !== 'error' && volume.SnapshotId === made) return volumeId;
  return null;
}

function toRequest({ resourceId, record, made }: Taken, now: Date): CreateVolumeCommandInput {
  const was = Was.parse(record);
  const { type, iops, throughputMiBps, kmsKeyId } = was;
  const tags = { ...was.tags, [MADE_AGAIN_FROM]: resourceId };
  return {
    // A later restore, of one that is gone again, is another request.
    ClientToken: digestOf([resourceId, made, Math.floor(now.getTime() / HOUR_MS)]).slice(0, 64),
    SnapshotId: made ?? undefined,
    AvailabilityZone: was.availabilityZone,
    VolumeType: type as NonNullable<CreateVolumeCommandInput['VolumeType']>,
    Size: was.sizeGiB,
    // DescribeVolumes shows figures for types that take none.
    ...(iops !== null && TAKE_IOPS.includes(type) && { Iops: iops }),
    ...(throughputMiBps !== null && type === 'gp3' && { Throughput: throughputMiBps }),
    ...(was.isMultiAttach && { MultiAttachEnabled: true }),
    // Without a key AWS takes the account's own, which may not be the same.
    ...(was.encrypted && { Encrypted: true, ...(kmsKeyId !== null && { KmsKeyId: kmsKeyId }) }),
    TagSpecifications: [
      {
        ResourceType: 'volume',
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      },
    ],
  };
}

const TAKE_IOPS = ['gp3', 'io1', 'io2'];
