import type { AwsFailure } from '../../core/outcome/outcome.ts';
import { isMarkedForRemoval } from '../../core/tags/marker.ts';
import type { Look } from '../kind.ts';
import { tagsOf } from '../ec2/tags.ts';
import { collect } from '../listings/collect.ts';
import { byFilter } from '../listings/filter.ts';
import { Gathering } from '../listings/gathering.ts';
import { instances, listInstances, type ListedInstance } from '../listings/instances.ts';
import type { Excerpt, ForeignReference, Referrer } from '../listings/listing.ts';
import { takenOf } from '../listings/reader.ts';
import { type ListedVolume, listVolumes, volumes } from '../listings/volumes.ts';
import { isRealVolumeId, ReferenceName } from './facts.ts';
import type { UsedBy, Volume } from './facts.ts';
import { listSnapshots } from './listing.ts';
import type { ListedSnapshot } from './listing.ts';
import { amisInRecycleBin } from './sources/amis-in-recycle-bin.ts';
import { amis } from './sources/amis.ts';
import { SOURCES } from './sources/registry.ts';
import type { Asked, SnapshotSource } from './sources/source.ts';

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
  /** Whether an AMI that was asked for is there, or in the Recycle Bin; null: not known. */
  isAmiThere(amiId: string): boolean | null;
}

type AnySource = SnapshotSource<unknown>;

/** What is needed of a volume; which instance states its attachments have is found out later. */
export const VOLUMES: Excerpt<ListedVolume, Volume> = {
  listing: volumes,
  take: toVolume,
};

/** Instances and their states. */
export const INSTANCES: Excerpt<ListedInstance, readonly [id: string, state: string]> = {
  listing: instances,
  take: toInstanceState,
};

/**
 * Lists every source, whole or, for a batch, by filter where there is one: first the cheap ones,
 * then, where they were all complete and still leave candidates, those that cost calls for each
 * thing they list.
 */
export async function gatherReferences(
  asked: Asked,
  leavesCandidates: (soFar: References) => boolean,
): Promise<References> {
  const found = new SnapshotReferences(asked);
  const add = async (isWanted: (source: AnySource) => boolean, ...others: Promise<void>[]) =>
    Promise.all([...others, ...SOURCES.filter(isWanted).map(async (source) => found.add(source))]);
  const isBin = ({ isRecycleBin }: AnySource) => isRecycleBin === true;
  // What is deleted or restored meanwhile is in its bin before or after, if not in its own listing.
  const before = asked.isBatch ? SOURCES.filter(isBin) : [amisInRecycleBin];
  await Promise.all(before.map(async (source) => found.lookBefore(source)));
  await add((source) => source.readFor === 'all' && !isBin(source), found.addVolumes());
  await add(isBin);
  if (found.incomplete.length === 0 && leavesCandidates(found)) {
    await add(({ readFor }) => readFor === 'candidates');
  }
  return found;
}

/**
 * The AMIs that an account without snapshots has: others may have to know of them. What couldn't be
 * listed isn't in `counts`, so that nobody takes it for seen.
 */
export async function gatherAmis(look: Look): Promise<Pick<References, 'counts' | 'foreign'>> {
  const found = new SnapshotReferences({
    ...{ look, snapshots: new Map(), originAmis: new Set(), isBatch: false },
  });
  await found.lookBefore(amisInRecycleBin);
  for (const source of [amis, amisInRecycleBin]) await found.add(source);
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
  return collect(listed);
}

class SnapshotReferences extends Gathering<ReferenceName> implements References {
  volumes: ReadonlyMap<string, Volume> = new Map();
  readonly notLookedAt: readonly ReferenceName[];
  readonly #asked: Asked;
  readonly #amisThere = new Set<string>();
  /** What bins had at first, or how that ended. */
  readonly #before = new Map<AnySource, Promise<Referrer[]>>();

  constructor(asked: Asked) {
    super(asked.look);
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
        ? takenOf(
            VOLUMES,
            byFilter('volume-id', wanted, (filters) => listVolumes(ec2, filters)),
            look,
          )
        : look.read(VOLUMES);
      const found = new Map<string, Volume>();
      const isComplete = await this.read('volumes', listed, (volume) => {
        if (wanted.has(volume.volumeId)) found.set(volume.volumeId, volume);
      });
      return isComplete ? found : new Map<string, Volume>();
    };
    const readStates = async (of?: ReadonlyMap<string, Volume>) => {
      const listed = of
        ? takenOf(
            INSTANCES,
            byFilter('instance-id', instanceIdsOf(of.values()), (filters) =>
              listInstances(ec2, filters),
            ),
            look,
          )
        : look.read(INSTANCES);
      const found = new Map<string, string>();
      const isComplete = await this.read('instances', listed, ([id, state]) => {
        found.set(id, state);
      });
      return isComplete ? found : new Map<string, string>();
    };
    if (isBatch) {
      const found = await readVolumes();
      this.volumes = withInstanceStates(found, await readStates(found));
    } else {
      const [found, states] = await Promise.all([readVolumes(), readStates()]);
      this.volumes = withInstanceStates(found, states);
    }
  }

  /**
   * Looks into a Recycle Bin before the listing is read into which something may be restored from it, by
   * whoever reads that first. `add` adds what was there then. Its second look shows what came meanwhile.
   */
  async lookBefore(source: AnySource): Promise<void> {
    if (this.notLookedAt.includes(source.name)) return;
    const { look } = this.#asked;
    const found = collect(takenOf(source, source.listing.list(look), look));
    this.#before.set(source, found);
    await found.catch(() => undefined);
  }

  async add(source: AnySource): Promise<void> {
    const { look, snapshots, isBatch } = this.#asked;
    const listed = isBatch && source.listFor ? source.listFor(this.#asked) : undefined;
    const referrers = listed ? takenOf(source, listed, look) : look.read(source);
    const noted = this.#notingAmis(unitedWith(this.#before.get(source), referrers));
    await this.addSource(source, noted, meantBy(source, snapshots), isBatch);
  }

  isAmiThere(amiId: string): boolean | null {
    if (this.#amisThere.has(amiId)) return true;
    const isUnseen = ({ name }: Pick<AnySource, 'name'>) =>
      this.counts[name] === undefined || this.incomplete.some((one) => one.source === name);
    return [amis, amisInRecycleBin].some(isUnseen) ? null : false;
  }

  async *#notingAmis(referrers: AsyncIterable<Referrer>) {
    const { originAmis } = this.#asked;
    for await (const referrer of referrers) {
      for (const name of referrer.names ?? []) if (originAmis.has(name)) this.#amisThere.add(name);
      yield referrer;
    }
  }
}

/** What was seen at first, and what has come since, each once. */
async function* unitedWith(
  before: Promise<Referrer[]> | undefined,
  listed: AsyncIterable<Referrer>,
): AsyncGenerator<Referrer> {
  const first = (await before) ?? [];
  yield* first;
  const seen = new Set(first.map(({ by }) => by));
  for await (const one of listed) if (!seen.has(one.by)) yield one;
}

/** The snapshots that a source means by a key; made up only once something is listed. */
function meantBy({ keysOf }: AnySource, snapshots: Asked['snapshots']) {
  if (keysOf === undefined)
    return (key: string): readonly string[] => (snapshots.has(key) ? [key] : []);
  let index: Map<string, string[]> | undefined;
  return (key: string): readonly string[] => (index ??= indexBy(snapshots, keysOf)).get(key) ?? [];
}

function indexBy(snapshots: Asked['snapshots'], keysOf: NonNullable<AnySource['keysOf']>) {
  const index = new Map<string, string[]>();
  for (const snapshot of snapshots.values())
    for (const key of keysOf(snapshot)) {
      const ids = index.get(key) ?? [];
      index.set(key, ids);
      ids.push(snapshot.snapshotId);
    }
  return index;
}

function toVolume({ VolumeId, State, Attachments = [], Tags }: ListedVolume): Volume {
  return {
    ...(isMarkedForRemoval(tagsOf(Tags)) && { isMarked: true }),
    volumeId: VolumeId,
    state: State ?? 'unknown',
    attachments: Attachments.map((attachment) => ({
      instanceId: attachment.InstanceId ?? null,
      associatedResource: attachment.AssociatedResource ?? null,
      owningService: attachment.InstanceOwningService ?? null,
      state: attachment.State ?? 'unknown',
      instanceState: null,
    })),
  };
}

function toInstanceState({ InstanceId, State }: ListedInstance): [id: string, state: string] {
  return [InstanceId, State?.Name ?? 'unknown'];
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

/** The volumes that these name, as far as that says anything. */
export function volumeIdsOf(
  snapshots: Iterable<Pick<ListedSnapshot, 'volumeId'>>,
): ReadonlySet<string> {
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
