import type { Snapshot } from '@aws-sdk/client-ec2';
import { brokenListing } from '../../aws/answers/pages.ts';
import { FINAL_COPY_OF } from '../../core/tags/final-copy.ts';
import { readKeepUntil } from '../../core/tags/keep-until.ts';
import { isMarkedForRemoval } from '../../core/tags/marker.ts';
import { KEEP_UNTIL_TAG } from '../../core/tags/protection.ts';
import { tagsOf } from '../ec2/tags.ts';
import { listAmis } from '../listings/amis.ts';
import { byFilter, filterOn, MAX_FILTER_VALUES } from '../listings/filter.ts';
import type { Identified } from '../listings/listing.ts';
import type { Look } from '../look.ts';
import type { Answers, Question } from '../question.ts';
import { readTags } from '../tags/read-tags.ts';
import { type EbsVolume, SNAPSHOTS_OF_VOLUME, type VolumeCopy } from './facts.ts';
import { ownSnapshots } from '../ec2/own-snapshots.ts';

const OPERATION = 'ec2:DescribeSnapshots';
const MOST_VOLUMES = 1_000;
/** What their tags mean, in the table of tags. */
const KIND_OF_COPIES = 'ebs-snapshot';
/**
 * It goes when somebody deregisters that AMI, or went with it already. Its beginning is enough, though
 * the kind of snapshots wants the whole of it: what begins so is no copy here, and what isn't wholly so
 * is no leftover there. Each keeps where the two differ.
 */
const MADE_FOR_AMI = /^Created by CreateImage\b/;

/**
 * Which snapshots there are of a volume: whether it may go, or is copied first. No answer is never
 * taken for no snapshot. An empty one makes a copy more than is needed at worst.
 */
export const snapshotsOfVolume: Question<EbsVolume, VolumeCopy[]> = {
  name: SNAPSHOTS_OF_VOLUME,
  askedOf: 'removable',
  skippable: false,
  batchSize: MAX_FILTER_VALUES,
  mostPerTarget: MOST_VOLUMES,
  cost: '1 call per 200 volumes that could be deleted now, and 1 per 200 snapshots of them',
  // Nothing was ever written to it, and nothing ever deletes it.
  withoutAsking: ({ state }) => (state === 'error' ? [] : undefined),
  ask: askSnapshots,
  answered: (volume, copies) => ({ ...volume, copies }),
};

async function askSnapshots(
  { clients, accountId }: Look,
  volumes: readonly EbsVolume[],
): Promise<Answers<VolumeCopy[]>> {
  const of = new Map<string, VolumeCopy[]>(volumes.map(({ volumeId }) => [volumeId, []]));
  const filters = [filterOn('volume-id', [...of.keys()])];
  for await (const snapshot of ownSnapshots(clients.ec2, filters)) {
    if (snapshot.OwnerId === undefined)
      throw brokenListing(OPERATION, 'a snapshot came without its owner');
    // In the Recycle Bin it isn't there.
    if (snapshot.OwnerId !== accountId || snapshot.State === 'recoverable') continue;
    of.get(snapshot.VolumeId ?? '')?.push(toCopy(snapshot));
  }
  const mayCount = [...of.values()].flat().filter(({ isOfAmi }) => !isOfAmi);
  const named = await namedByAmis(clients.ec2, mayCount);
  for (const copy of mayCount) if (named.has(copy.snapshotId)) copy.isOfAmi = true;
  return { of };
}

async function namedByAmis(ec2: Look['clients']['ec2'], copies: readonly VolumeCopy[]) {
  const named = new Set<string>();
  const ids = copies.map(({ snapshotId }) => snapshotId);
  const images = byFilter('block-device-mapping.snapshot-id', ids, (filters) =>
    listAmis(ec2, filters),
  );
  for await (const { BlockDeviceMappings = [] } of images)
    for (const { Ebs } of BlockDeviceMappings) named.add(Ebs?.SnapshotId ?? '');
  return named;
}

function toCopy(snapshot: Identified<Snapshot, 'SnapshotId'>): VolumeCopy {
  const { SnapshotId: snapshotId, Description = '', StartTime, Tags } = snapshot;
  const tags = tagsOf(Tags);
  return {
    snapshotId,
    state: snapshot.State ?? 'unknown',
    startedAt: StartTime && !Number.isNaN(+StartTime) ? StartTime.toISOString() : null,
    isMarked: isMarkedForRemoval(tags),
    isOfAmi: MADE_FOR_AMI.test(Description),
    isManaged: readTags(KIND_OF_COPIES, tags).needs.length > 0,
    finalCopyOf: tags[FINAL_COPY_OF] ?? null,
    keepUntil: readKeepUntil(tags[KEEP_UNTIL_TAG] ?? ''),
  };
}
