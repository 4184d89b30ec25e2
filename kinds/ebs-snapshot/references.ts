import type { Filter } from '@aws-sdk/client-ec2';
import { toAwsFailure } from '../../adapters/aws-error.ts';
import type { AwsFailure } from '../../core/outcome.ts';
import type { Look } from '../kind.ts';
import { isRealVolumeId } from './facts.ts';
import type { ReferenceName, Volume } from './facts.ts';
import {
  MAX_FILTER_VALUES,
  filterOn,
  listAmis,
  listInstances,
  listSnapshots,
  listVolumes,
} from './listing.ts';
import type { ListedSnapshot } from './listing.ts';

export type SnapshotsById = ReadonlyMap<string, ListedSnapshot>;

/** What refers to the snapshots of one look. Of a source that broke off nothing is kept. */
export interface References {
  /** By volume id; attachments carry their instance's state. */
  readonly volumes: ReadonlyMap<string, Volume>;
  /** AMI ids by snapshot id. */
  readonly amis: ReadonlyMap<string, readonly string[]>;
  readonly incomplete: readonly AwsFailure[];
  readonly notLookedAt: readonly ReferenceName[];
}

/** Lists every source whole, in the largest pages: no call per snapshot. */
export async function listReferences(look: Look, snapshots: SnapshotsById): Promise<References> {
  const { ec2 } = look.clients;
  const { read, notLookedAt, incomplete } = sourcesOf(look);
  const [volumes, states, amis] = await Promise.all([
    read('volumes', async () => volumesById(listVolumes(ec2), volumeIdsOf(snapshots.values()))),
    read('instances', async () => statesById(listInstances(ec2))),
    read('amis', async () => amisBySnapshot(listAmis(ec2), snapshots)),
  ]);
  return { volumes: withInstanceStates(volumes, states), amis, incomplete, notLookedAt };
}

/** Asks every source, by filter, for what may refer to these snapshots. */
export async function findReferences(look: Look, snapshots: SnapshotsById): Promise<References> {
  const { ec2 } = look.clients;
  const { read, notLookedAt, incomplete } = sourcesOf(look);
  const volumeIds = volumeIdsOf(snapshots.values());
  const volumes = await read('volumes', async () => {
    const found = byFilter('volume-id', volumeIds, (filters) => listVolumes(ec2, filters));
    return volumesById(found, volumeIds);
  });
  const instanceIds = instanceIdsOf(volumes.values());
  const states = await read('instances', async () =>
    statesById(byFilter('instance-id', instanceIds, (filters) => listInstances(ec2, filters))),
  );
  const snapshotFilter = 'block-device-mapping.snapshot-id';
  const amis = await read('amis', async () => {
    const found = byFilter(snapshotFilter, snapshots.keys(), (filters) => listAmis(ec2, filters));
    return amisBySnapshot(found, snapshots);
  });
  return { volumes: withInstanceStates(volumes, states), amis, incomplete, notLookedAt };
}

/** All snapshots of the same volumes as these, by filter. Copies name no volume to ask for. */
export async function findSnapshotsOfVolumes(
  look: Look,
  snapshots: Iterable<ListedSnapshot>,
): Promise<ListedSnapshot[]> {
  const { clients, accountId } = look;
  const listed = byFilter('volume-id', volumeIdsOf(snapshots), (filters) =>
    listSnapshots(clients.ec2, accountId, filters),
  );
  const found: ListedSnapshot[] = [];
  for await (const snapshot of listed) found.push(snapshot);
  return found;
}

/** Reads sources by name; one that fails is noted and reads as empty. */
function sourcesOf(look: Look) {
  const incomplete: AwsFailure[] = [];
  const notLookedAt: ReferenceName[] = look.skipReferences.includes('amis') ? ['amis'] : [];
  const read = async <T>(source: ReferenceName, list: () => Promise<Map<string, T>>) => {
    if (notLookedAt.includes(source)) return new Map<string, T>();
    try {
      return await list();
    } catch (error) {
      incomplete.push(toAwsFailure(error, source));
      return new Map<string, T>();
    }
  };
  return { read, incomplete, notLookedAt };
}

async function* byFilter<T>(
  name: string,
  ids: Iterable<string>,
  list: (filters: Filter[]) => AsyncIterable<T>,
): AsyncGenerator<T> {
  const all = [...ids];
  for (let from = 0; from < all.length; from += MAX_FILTER_VALUES) {
    yield* list([filterOn(name, all.slice(from, from + MAX_FILTER_VALUES))]);
  }
}

async function volumesById(listed: AsyncIterable<Volume>, wanted: ReadonlySet<string>) {
  const found = new Map<string, Volume>();
  for await (const volume of listed) {
    if (wanted.has(volume.volumeId)) found.set(volume.volumeId, volume);
  }
  return found;
}

async function statesById(listed: ReturnType<typeof listInstances>) {
  const found = new Map<string, string>();
  for await (const { instanceId, state } of listed) found.set(instanceId, state);
  return found;
}

async function amisBySnapshot(listed: ReturnType<typeof listAmis>, snapshots: SnapshotsById) {
  const found = new Map<string, string[]>();
  for await (const { amiId, snapshotIds } of listed) {
    for (const snapshotId of snapshotIds) {
      if (!snapshots.has(snapshotId)) continue;
      const amiIds = found.get(snapshotId);
      if (amiIds === undefined) found.set(snapshotId, [amiId]);
      else if (!amiIds.includes(amiId)) amiIds.push(amiId);
    }
  }
  return found;
}

function withInstanceStates(
  volumes: ReadonlyMap<string, Volume>,
  states: ReadonlyMap<string, string>,
): ReadonlyMap<string, Volume> {
  const joined = new Map<string, Volume>();
  for (const [volumeId, volume] of volumes) {
    const attachments = volume.attachments.map((attachment) => ({
      ...attachment,
      instanceState: states.get(attachment.instanceId ?? '') ?? null,
    }));
    joined.set(volumeId, { ...volume, attachments });
  }
  return joined;
}

function volumeIdsOf(snapshots: Iterable<ListedSnapshot>): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const { volumeId } of snapshots) if (isRealVolumeId(volumeId)) ids.add(volumeId);
  return ids;
}

function instanceIdsOf(volumes: Iterable<Volume>): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const { attachments } of volumes) {
    for (const { instanceId } of attachments) if (instanceId !== null) ids.add(instanceId);
  }
  return ids;
}
