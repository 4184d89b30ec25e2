import {
  CopySnapshotCommand,
  CreateSnapshotCommand,
  CreateVolumeCommand,
  DescribeAvailabilityZonesCommand,
  type EC2Client,
} from '@aws-sdk/client-ec2';
import type { SpokeClients } from '../../../aws/sessions/aws-clients.ts';
import type { Clock } from '../../../clock/clock.ts';
import { listSnapshots } from '../../../kinds/ebs-snapshot/listing.ts';
import { filterOn } from '../../../kinds/listings/filter.ts';
import { listVolumes } from '../../../kinds/listings/volumes.ts';
import { waitFor } from './wait.ts';

/** On all that the script makes; `--clean` finds it by this. */
export const OURS = { Key: 'orgsweep:real-account', Value: 'true' } as const;
/** What the rule of the script keeps in the Recycle Bin. */
export const BINNED = { Key: 'orgsweep:real-account-bin', Value: 'true' } as const;

/** One snapshot for each probe that ends one, so that no probe depends on another. */
const PARTS = ['deleted', 'locked', 'inImage', 'binned'] as const;
type Part = (typeof PARTS)[number];

export type Made = {
  readonly volumeId: string;
  /** An encrypted copy of one of them. */
  readonly copy: string;
} & Readonly<Record<Part, string>>;

/** EC2 takes one snapshot of a volume in 15 seconds. */
const BETWEEN_SNAPSHOTS_MS = 16_000;

/**
 * Makes an empty volume of 1 GiB, its snapshots and a copy, all tagged, and waits until they are
 * complete.
 *
 * @throws what EC2 answers, or an Error where something isn't ready in time
 */
export async function makeParts(
  { clock, reading }: { clock: Clock; reading: SpokeClients },
  writing: SpokeClients,
): Promise<Made> {
  const volumeId = await makeVolume(reading.ec2, writing.ec2);
  await ready(clock, 'the volume', async () => {
    for await (const { State: state } of listVolumes(reading.ec2, [
      filterOn('volume-id', [volumeId]),
    ])) {
      if (state === 'available') return true;
    }
    return undefined;
  });
  const ids: Partial<Record<Part, string>> = {};
  for (const part of PARTS) {
    if (part !== PARTS[0]) await clock.sleep(BETWEEN_SNAPSHOTS_MS);
    ids[part] = await makeSnapshot(writing.ec2, volumeId, part);
  }
  const snapshots = ids as Record<Part, string>;
  await completed(clock, reading, Object.values(snapshots));
  const copy = await makeCopy(writing.ec2, snapshots.locked, reading.region);
  await completed(clock, reading, [copy]);
  return { volumeId, copy, ...snapshots };
}

async function completed(clock: Clock, reading: SpokeClients, wanted: readonly string[]) {
  const { ec2, accountId } = reading;
  await ready(clock, 'a snapshot', async () => {
    let complete = 0;
    for await (const { state } of listSnapshots(ec2, accountId, [
      filterOn('snapshot-id', wanted),
    ])) {
      if (state === 'completed') complete += 1;
    }
    return complete === wanted.length ? true : undefined;
  });
}

async function makeVolume(reading: EC2Client, writing: EC2Client): Promise<string> {
  const { AvailabilityZones: zones } = await reading.send(
    new DescribeAvailabilityZonesCommand({
      Filters: [filterOn('state', ['available']), filterOn('zone-type', ['availability-zone'])],
    }),
  );
  const zone = zones?.[0]?.ZoneName;
  if (zone === undefined) throw new Error('the Region has no Availability Zone for a volume');
  const { VolumeId } = await writing.send(
    new CreateVolumeCommand({
      AvailabilityZone: zone,
      Size: 1,
      VolumeType: 'gp3',
      TagSpecifications: [{ ResourceType: 'volume', Tags: [OURS] }],
    }),
  );
  return idIn(VolumeId, 'ec2:CreateVolume');
}

async function makeSnapshot(ec2: EC2Client, VolumeId: string, part: Part): Promise<string> {
  const { SnapshotId } = await ec2.send(
    new CreateSnapshotCommand({
      VolumeId,
      Description: `orgsweep real-account: ${part}`,
      TagSpecifications: [
        { ResourceType: 'snapshot', Tags: part === 'binned' ? [OURS, BINNED] : [OURS] },
      ],
    }),
  );
  return idIn(SnapshotId, 'ec2:CreateSnapshot');
}

async function makeCopy(ec2: EC2Client, of: string, region: string): Promise<string> {
  const { SnapshotId } = await ec2.send(
    new CopySnapshotCommand({
      SourceRegion: region,
      SourceSnapshotId: of,
      Encrypted: true,
      Description: 'orgsweep real-account: copy',
      TagSpecifications: [{ ResourceType: 'snapshot', Tags: [OURS] }],
    }),
  );
  return idIn(SnapshotId, 'ec2:CopySnapshot');
}

/** @throws {Error} for an answer without the id of what was made */
export function idIn(id: string | undefined, operation: string): string {
  if (id === undefined) throw new Error(`${operation} answered without an id`);
  return id;
}

/** @throws {Error} where it isn't so within ten minutes */
async function ready(
  clock: Clock,
  what: string,
  look: () => Promise<true | undefined>,
): Promise<void> {
  const times = { atMostSeconds: 600, everySeconds: 5 };
  const { found, seconds } = await waitFor(clock, times, look);
  if (found === undefined) throw new Error(`${what} was not ready after ${seconds} s`);
}
