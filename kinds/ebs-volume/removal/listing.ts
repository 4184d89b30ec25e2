import type { EC2Client } from '@aws-sdk/client-ec2';
import { MARKER } from '../../../core/tags/marker.ts';
import { tagsOf } from '../../ec2/tags.ts';
import { byFilter, filterOn } from '../../listings/filter.ts';
import { type ListedVolume, listVolumes } from '../../listings/volumes.ts';
import type { Look } from '../../look.ts';

/** AWS shows what was deleted for some minutes. */
const GONE = ['deleting', 'deleted'];

interface VolumeNow {
  readonly volumeId: string;
  readonly volume: ListedVolume;
  readonly tags: Readonly<Record<string, string>>;
}

/** Those of these volumes that are there; as many as there are. */
export async function* volumesNow(
  ec2: EC2Client,
  volumeIds: readonly string[],
): AsyncGenerator<VolumeNow> {
  for await (const one of byFilter('volume-id', volumeIds, (filters) => listVolumes(ec2, filters)))
    if (isThere(one)) yield toNow(one);
}

/** Volumes that have this tag with one of these values. */
export async function* volumesWithTag(
  ec2: EC2Client,
  key: string,
  values: readonly string[],
): AsyncGenerator<VolumeNow> {
  for await (const one of listVolumes(ec2, [filterOn(`tag:${key}`, values)]))
    if (isThere(one)) yield toNow(one);
}

/** Which of at most 200 volumes a describe shows with the marker: EC2 is eventually consistent. */
export async function findMarkedVolumes(
  { clients }: Look,
  volumeIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (volumeIds.length === 0) return new Set();
  const filters = [filterOn('volume-id', volumeIds), filterOn(`tag:${MARKER.key}`, [MARKER.value])];
  const found = new Set<string>();
  for await (const { VolumeId } of listVolumes(clients.ec2, filters)) found.add(VolumeId);
  return found;
}

function isThere({ State }: ListedVolume): boolean {
  return !GONE.includes(State ?? '');
}

function toNow(volume: ListedVolume): VolumeNow {
  return { volumeId: volume.VolumeId, volume, tags: tagsOf(volume.Tags) };
}
