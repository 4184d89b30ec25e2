import { CreateTagsCommand, DeleteSnapshotCommand } from '@aws-sdk/client-ec2';
import type { SpokeClients } from '../../adapters/aws-clients.ts';
import { toNamedError } from '../../adapters/aws-error.ts';
import { MARKER } from '../../core/marker.ts';
import type { Discovery, Look } from '../kind.ts';
import { ReferenceName, isRealVolumeId } from './facts.ts';
import type { EbsSnapshot } from './facts.ts';
import { filterOn, listSnapshots } from './listing.ts';
import type { ListedSnapshot } from './listing.ts';
import { findReferences, findSnapshotsOfVolumes, listReferences } from './references.ts';
import type { References, SnapshotsById } from './references.ts';

const NOTHING: Discovery<EbsSnapshot> = { resources: [], incomplete: [] };

/**
 * All snapshots of the account in the Region, then all that may refer to them.
 *
 * @throws {AccessDenied | DeniedByScp | RegionDisabled | Throttled} and whatever else ends the
 *   listing of the snapshots before its end
 */
export async function discover(look: Look): Promise<Discovery<EbsSnapshot>> {
  const snapshots = await collect(listSnapshots(look.clients.ec2, look.accountId));
  if (snapshots.size === 0) return NOTHING;
  return join(snapshots, snapshots.values(), await listReferences(look, snapshots));
}

/** As `discover`, by filter, for at most 200 snapshots; those that are gone aren't in the answer. */
export async function recheck(
  look: Look,
  snapshotIds: readonly string[],
): Promise<Discovery<EbsSnapshot>> {
  if (snapshotIds.length === 0) return NOTHING;
  const filters = [filterOn('snapshot-id', snapshotIds)];
  const snapshots = await collect(listSnapshots(look.clients.ec2, look.accountId, filters));
  if (snapshots.size === 0) return NOTHING;
  const ofSameVolumes = await named(async () => findSnapshotsOfVolumes(look, snapshots.values()));
  return join(snapshots, ofSameVolumes, await findReferences(look, snapshots));
}

/** Tags snapshots with the constant marker. CreateTags takes up to 1,000 resources. */
export async function mark({ ec2 }: SpokeClients, snapshotIds: readonly string[]): Promise<void> {
  if (snapshotIds.length === 0) return;
  await ec2.send(
    new CreateTagsCommand({
      Resources: [...snapshotIds],
      Tags: [{ Key: MARKER.key, Value: MARKER.value }],
    }),
  );
}

/** Which of at most 200 snapshots a describe shows with the marker: EC2 is eventually consistent. */
export async function findMarked(
  look: Look,
  snapshotIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (snapshotIds.length === 0) return new Set();
  const filters = [
    filterOn('snapshot-id', snapshotIds),
    filterOn(`tag:${MARKER.key}`, [MARKER.value]),
  ];
  const marked = await collect(listSnapshots(look.clients.ec2, look.accountId, filters));
  return new Set(marked.keys());
}

export async function remove({ ec2 }: SpokeClients, snapshotId: string): Promise<void> {
  await ec2.send(new DeleteSnapshotCommand({ SnapshotId: snapshotId }));
}

/** Pages may repeat a snapshot when it changes meanwhile; it is one all the same. */
async function collect(listed: AsyncIterable<ListedSnapshot>) {
  const found = new Map<string, ListedSnapshot>();
  await named(async () => {
    for await (const snapshot of listed) found.set(snapshot.snapshotId, snapshot);
  });
  return found;
}

async function named<T>(list: () => Promise<T>): Promise<T> {
  try {
    return await list();
  } catch (error) {
    throw toNamedError(error);
  }
}

/** Facts are made one by one, as they are asked for: 100,000 of them needn't fit in memory. */
function join(
  snapshots: SnapshotsById,
  ofSameVolumes: Iterable<ListedSnapshot>,
  references: References,
): Discovery<EbsSnapshot> {
  const { volumes, amis, incomplete } = references;
  const completed = completedByVolume(ofSameVolumes);
  const incompleteReferences = ReferenceName.options.filter((name) =>
    incomplete.some(({ source }) => source === name),
  );
  const notLookedAt = [...references.notLookedAt];
  const factsOf = (snapshot: ListedSnapshot): EbsSnapshot => ({
    volume: volumes.get(snapshot.volumeId ?? '') ?? null,
    amiIds: [...(amis.get(snapshot.snapshotId) ?? [])],
    completedOfVolume: completed.get(snapshot.volumeId ?? '') ?? [],
    incompleteReferences,
    notLookedAt,
    // Last: V8 takes ten times as long to add properties to a copy as to copy onto some.
    ...snapshot,
  });
  const resources = {
    *[Symbol.iterator]() {
      for (const snapshot of snapshots.values()) yield factsOf(snapshot);
    },
  };
  return { resources, incomplete };
}

/** Completed snapshots by volume, oldest first. Copies (vol-ffffffff) have no volume in common. */
function completedByVolume(snapshots: Iterable<ListedSnapshot>): ReadonlyMap<string, string[]> {
  const completed = new Map<string, ListedSnapshot[]>();
  for (const snapshot of snapshots) {
    const { volumeId, state } = snapshot;
    if (state !== 'completed' || !isRealVolumeId(volumeId)) continue;
    const ofVolume = completed.get(volumeId);
    if (ofVolume === undefined) completed.set(volumeId, [snapshot]);
    else ofVolume.push(snapshot);
  }
  const ids = new Map<string, string[]>();
  for (const [volumeId, ofVolume] of completed) {
    ids.set(
      volumeId,
      ofVolume.sort(byAge).map(({ snapshotId }) => snapshotId),
    );
  }
  return ids;
}

function byAge(a: ListedSnapshot, b: ListedSnapshot): number {
  return ageKey(a) < ageKey(b) ? -1 : 1;
}

/** ISO timestamps sort as text; one that isn't known counts as the oldest. */
function ageKey({ startedAt, snapshotId }: ListedSnapshot): string {
  return `${startedAt ?? ''} ${snapshotId}`;
}
