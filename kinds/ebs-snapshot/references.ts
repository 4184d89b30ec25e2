import { toAwsFailure } from '../../aws/answers/aws-error.ts';
import type { AwsFailure } from '../../core/outcome/outcome.ts';
import type { ForeignReference, Look } from '../kind.ts';
import { isRealVolumeId, ReferenceName } from './facts.ts';
import type { UsedBy, Volume } from './facts.ts';
import { byFilter, listInstances, listSnapshots, listVolumes } from './listing.ts';
import type { ListedSnapshot } from './listing.ts';
import { SOURCES } from './sources/registry.ts';
import type { Asked, Source } from './sources/source.ts';

/** What refers to the snapshots of one look. Of a source that broke off nothing is kept. */
export interface References {
  /** By volume id; attachments carry their instance's state. */
  readonly volumes: ReadonlyMap<string, Volume>;
  /** By snapshot id. */
  readonly usedBy: ReadonlyMap<string, UsedBy>;
  /** References to snapshots that aren't among those asked for. */
  readonly foreign: readonly ForeignReference[];
  /** How many things each source listed. */
  readonly counts: Readonly<Partial<Record<ReferenceName, number>>>;
  readonly incomplete: readonly AwsFailure[];
  readonly notLookedAt: readonly ReferenceName[];
}

/**
 * Lists every source, whole or, for a batch, by filter where there is one: first the cheap ones,
 * then, where they were all complete and still leave candidates, those that cost calls for each
 * thing they list.
 */
export async function gatherReferences(
  asked: Asked,
  leavesCandidates: (soFar: References) => boolean,
): Promise<References> {
  const found = new Gathering(asked);
  const add = async (isWanted: (source: Source) => boolean, ...others: Promise<void>[]) =>
    Promise.all([...others, ...SOURCES.filter(isWanted).map(async (source) => found.add(source))]);
  const isBin = ({ isRecycleBin }: Source) => isRecycleBin === true;
  // What is deleted or restored meanwhile is in its bin before or after, if not in its own listing.
  if (asked.isBatch) await add(isBin);
  await add((source) => source.readFor === 'all' && !isBin(source), found.addVolumes());
  await add(isBin);
  if (found.incomplete.length === 0 && leavesCandidates(found)) {
    await add(({ readFor }) => readFor === 'candidates');
  }
  return found;
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

/**
 * Whoever may make launch templates may name snapshots by the million that aren't there, free of
 * charge. A target with more than these isn't complete: it is the one that pays for it.
 *
 * @internal A test goes just beyond it.
 */
export const MOST_FOREIGN = 250_000;
/** Of who uses a snapshot, from one source: enough to go and look at. */
const MOST_USES = 10;

function noteUse(used: Map<string, string[]>, snapshotId: string, by: string): void {
  const already = used.get(snapshotId) ?? [];
  used.set(snapshotId, already);
  if (already.length < MOST_USES && !already.includes(by)) already.push(by);
}

/**
 * Adds what one source names, by snapshot id, to what all sources do.
 *
 * @returns the failure of a source that names more than can be handed on
 * @internal Tested without 250,000 launch templates.
 */
export function takeForeign(
  into: ForeignReference[],
  named: ReadonlyMap<string, string>,
  source: ReferenceName,
): AwsFailure | undefined {
  for (const [resourceId, by] of named) {
    if (into.length === MOST_FOREIGN) {
      const message = `more than ${MOST_FOREIGN} snapshots are named that the account does not have`;
      return { code: 'TooManyReferences', message, source };
    }
    into.push({ resourceId, source, by });
  }
  return undefined;
}

class Gathering implements References {
  volumes: ReadonlyMap<string, Volume> = new Map();
  readonly usedBy = new Map<string, UsedBy>();
  readonly foreign: ForeignReference[] = [];
  readonly counts: Partial<Record<ReferenceName, number>> = {};
  readonly incomplete: AwsFailure[] = [];
  readonly notLookedAt: readonly ReferenceName[];
  readonly #asked: Asked;

  constructor(asked: Asked) {
    this.#asked = asked;
    const { skipReferences } = asked.look.policy;
    this.notLookedAt = ReferenceName.options
      .filter((name) => name !== 'volumes' && name !== 'instances')
      .filter((name) => skipReferences.includes(name));
  }

  /** Volumes, and the states of the instances they are attached to. */
  async addVolumes(): Promise<void> {
    const { look, snapshots, isBatch } = this.#asked;
    const { ec2 } = look.clients;
    const wanted = volumeIdsOf(snapshots.values());
    const readVolumes = async () => {
      const listed = isBatch
        ? byFilter('volume-id', wanted, (filters) => listVolumes(ec2, filters))
        : listVolumes(ec2);
      return this.#collect('volumes', listed, (volume) =>
        wanted.has(volume.volumeId) ? [volume.volumeId, volume] : undefined,
      );
    };
    const readStates = async (volumes?: ReadonlyMap<string, Volume>) => {
      const listed = volumes
        ? byFilter('instance-id', instanceIdsOf(volumes.values()), (filters) =>
            listInstances(ec2, filters),
          )
        : listInstances(ec2);
      return this.#collect('instances', listed, ({ instanceId, state }) => [instanceId, state]);
    };
    if (isBatch) {
      const volumes = await readVolumes();
      this.volumes = withInstanceStates(volumes, await readStates(volumes));
    } else {
      const [volumes, states] = await Promise.all([readVolumes(), readStates()]);
      this.volumes = withInstanceStates(volumes, states);
    }
  }

  async add(source: Source): Promise<void> {
    const { look, snapshots, isBatch } = this.#asked;
    const { name, service } = source;
    if (this.notLookedAt.includes(name)) return;
    if (service !== undefined && look.absentServices.includes(service)) return;
    const used = new Map<string, string[]>();
    const foreign = new Map<string, string>();
    const isComplete = await this.#read(name, source.list(this.#asked), ({ by, snapshotIds }) => {
      for (const snapshotId of snapshotIds) {
        if (snapshots.has(snapshotId)) noteUse(used, snapshotId, by);
        else if (source.crossesAccounts && !isBatch && foreign.size <= MOST_FOREIGN)
          foreign.set(snapshotId, foreign.get(snapshotId) ?? by);
      }
    });
    if (!isComplete) return;
    for (const [snapshotId, by] of used) this.#note(snapshotId, name, by);
    const surplus = takeForeign(this.foreign, foreign, name);
    if (surplus !== undefined) this.incomplete.push(surplus);
  }

  #note(snapshotId: string, name: ReferenceName, by: string[]): void {
    const usedBy = this.usedBy.get(snapshotId) ?? {};
    this.usedBy.set(snapshotId, usedBy);
    usedBy[name] = by;
  }

  async #collect<T, V>(
    name: ReferenceName,
    listed: AsyncIterable<T>,
    entryOf: (item: T) => readonly [string, V] | undefined,
  ): Promise<Map<string, V>> {
    const found = new Map<string, V>();
    const isComplete = await this.#read(name, listed, (item) => {
      const entry = entryOf(item);
      if (entry) found.set(...entry);
    });
    return isComplete ? found : new Map<string, V>();
  }

  /** @returns whether the listing came to its end; otherwise its failure is noted */
  async #read<T>(
    name: ReferenceName,
    listed: AsyncIterable<T>,
    take: (item: T) => void,
  ): Promise<boolean> {
    let count = 0;
    try {
      for await (const item of listed) {
        count += 1;
        take(item);
      }
    } catch (error) {
      this.incomplete.push(toAwsFailure(error, name));
      return false;
    }
    this.counts[name] = count;
    return true;
  }
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
