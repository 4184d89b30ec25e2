import { toToldError } from '../../aws/answers/aws-error.ts';
import { policyOfKind } from '../../core/input/of-kind.ts';
import { byFilter } from '../listings/filter.ts';
import { Gathering } from '../listings/gathering.ts';
import { listInstances } from '../listings/instances.ts';
import type { Referrer } from '../listings/listing.ts';
import { takenOf } from '../listings/reader.ts';
import { listVolumes } from '../listings/volumes.ts';
import type { Discovery, Look } from '../look.ts';
import { isCandidate } from './assess.ts';
import { type EbsVolume, KIND, ReferenceName, type RootReplacement } from './facts.ts';
import { INSTANCES, type VolumeListed, VOLUMES } from './listing.ts';
import { MODIFICATIONS } from './sources/modifications.ts';
import { ROOT_REPLACEMENTS } from './sources/root-replacements.ts';

/** Of nearly all volumes; one object for all of them. */
const NOT_USED: EbsVolume['usedBy'] = {};
const NONE: readonly never[] = [];

/**
 * All volumes of the account in the Region. What refers to them is listed only where there is one that
 * nothing has, and so could be unused.
 *
 * @throws whatever ends the listing of the volumes before its end
 */
export async function discover(look: Look): Promise<Discovery<EbsVolume>> {
  return joined(new VolumeReferences(look, await listed(look.read(VOLUMES))));
}

/** As `discover`, by filter, for at most 200 volumes. Those that are gone aren't in the answer. */
export async function recheckVolumes(
  look: Look,
  volumeIds: readonly string[],
): Promise<Discovery<EbsVolume>> {
  const { ec2 } = look.clients;
  const listedBy = async (name: string, values: readonly string[]) =>
    listed(
      takenOf(
        VOLUMES,
        byFilter(name, values, (filters) => listVolumes(ec2, filters)),
        look,
      ),
    );
  const volumes = await listedBy('volume-id', volumeIds);
  const beingMade = await listedBy('status', ['creating']);
  return joined(new VolumeReferences(look, volumes, beingMade));
}

async function joined(references: VolumeReferences): Promise<Discovery<EbsVolume>> {
  if (references.leavesCandidates()) await references.gather();
  return {
    resources: { [Symbol.iterator]: () => references.facts() },
    incomplete: references.gathering.incomplete,
    counts: { attachments: references.attachments, ...references.gathering.counts },
    foreignReferences: [],
  };
}

/** Pages may repeat a volume when it changes meanwhile; it is one all the same. */
async function listed(
  volumes: AsyncIterable<VolumeListed>,
): Promise<ReadonlyMap<string, VolumeListed>> {
  const found = new Map<string, VolumeListed>();
  try {
    for await (const volume of volumes) found.set(volume.volumeId, volume);
  } catch (error) {
    throw toToldError(error);
  }
  return found;
}

class VolumeReferences {
  readonly gathering: Gathering<ReferenceName>;
  /** How many volumes are attached to something: hardly ever much fewer than the last time. */
  readonly attachments: number;
  readonly #look: Look;
  readonly #volumes: ReadonlyMap<string, VolumeListed>;
  readonly #isBatch: boolean;
  readonly #copiedTo: ReadonlyMap<string, string[]>;
  readonly #onRunningInstance = new Set<string>();
  readonly #rootReplacements: RootReplacement[] = [];

  /** @param beingMade all that are being made in the Region; left out: `volumes` are all there are */
  constructor(
    look: Look,
    volumes: ReadonlyMap<string, VolumeListed>,
    beingMade?: ReadonlyMap<string, VolumeListed>,
  ) {
    this.gathering = new Gathering(look);
    this.#look = look;
    this.#volumes = volumes;
    this.#isBatch = beingMade !== undefined;
    const all = [...volumes.values()];
    this.attachments = all.filter(({ attachments }) => attachments.length > 0).length;
    this.#copiedTo = copiesUnderWay([...(beingMade ?? volumes).values()]);
  }

  leavesCandidates(): boolean {
    const policy = policyOfKind(this.#look.policy, KIND);
    for (const facts of this.facts()) if (isCandidate(facts, policy, this.#look.now)) return true;
    return false;
  }

  async gather(): Promise<void> {
    const { gathering } = this;
    const meant = (id: string) => (this.#volumes.has(id) ? [id] : []);
    const { read } = this.#look;
    await Promise.all([
      gathering.addSource(INSTANCES, this.#noteRunning(this.#instances()), meant),
      gathering.addSource(MODIFICATIONS, read(MODIFICATIONS), meant),
      gathering.read('root-volume-replacements', read(ROOT_REPLACEMENTS), (replacement) => {
        this.#rootReplacements.push(replacement);
      }),
    ]);
  }

  /** All of them, or those that name a volume of the batch. */
  #instances() {
    const look = this.#look;
    if (!this.#isBatch) return look.read(INSTANCES);
    const naming = byFilter('block-device-mapping.volume-id', this.#volumes.keys(), (filters) =>
      listInstances(look.clients.ec2, filters),
    );
    return takenOf(INSTANCES, naming, look);
  }

  async *#noteRunning(
    instances: AsyncIterable<Referrer & { readonly isRunning: boolean }>,
  ): AsyncGenerator<Referrer> {
    for await (const instance of instances) {
      if (instance.isRunning) for (const id of instance.keys) this.#onRunningInstance.add(id);
      yield instance;
    }
  }

  /** Made one by one, as they are asked for: 100,000 of them needn't fit in memory. */
  *facts(): Generator<EbsVolume> {
    const { usedBy, incomplete } = this.gathering;
    const incompleteReferences = ReferenceName.options.filter((name) =>
      incomplete.some(({ source }) => source === name),
    );
    for (const volume of this.#volumes.values()) {
      const copies = this.#copiedTo.get(volume.volumeId);
      const uses = usedBy.get(volume.volumeId) ?? NOT_USED;
      yield {
        usedBy: copies === undefined ? uses : { ...uses, 'volume-copies': copies },
        isOnRunningInstance: this.#onRunningInstance.has(volume.volumeId),
        rootReplacements:
          volume.attachments.length > 0
            ? [...NONE]
            : this.#rootReplacements.filter((one) => mayHaveLeft(one, volume)),
        metrics: null,
        copies: null,
        incompleteReferences,
        ...volume,
      };
    }
  }
}

/** By the volume that is being copied, the new ones: they need it until they are made. */
function copiesUnderWay(volumes: readonly VolumeListed[]): ReadonlyMap<string, string[]> {
  const copies = new Map<string, string[]>();
  for (const { volumeId, state, sourceVolumeId } of volumes) {
    if (state !== 'creating' || sourceVolumeId === null) continue;
    copies.set(sourceVolumeId, [...(copies.get(sourceVolumeId) ?? []), volumeId]);
  }
  return copies;
}

function mayHaveLeft({ startedAt }: RootReplacement, { createdAt }: VolumeListed): boolean {
  if (createdAt === null || startedAt === null) return true;
  return Date.parse(createdAt) <= Date.parse(startedAt);
}
