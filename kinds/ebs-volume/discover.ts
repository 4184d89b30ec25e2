import { toToldError } from '../../aws/answers/aws-error.ts';
import { policyOfKind } from '../../core/input/of-kind.ts';
import { Gathering } from '../listings/gathering.ts';
import type { Referrer } from '../listings/listing.ts';
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
  const volumes = await listed(look);
  const references = new VolumeReferences(look, volumes);
  if (references.leavesCandidates()) await references.gather();
  return {
    resources: { [Symbol.iterator]: () => references.facts() },
    incomplete: references.gathering.incomplete,
    counts: { attachments: references.attachments, ...references.gathering.counts },
    foreignReferences: [],
  };
}

/** Pages may repeat a volume when it changes meanwhile; it is one all the same. */
async function listed(look: Look): Promise<ReadonlyMap<string, VolumeListed>> {
  const found = new Map<string, VolumeListed>();
  try {
    for await (const volume of look.read(VOLUMES)) found.set(volume.volumeId, volume);
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
  readonly #copiedTo: ReadonlyMap<string, string[]>;
  readonly #onRunningInstance = new Set<string>();
  readonly #rootReplacements: RootReplacement[] = [];

  constructor(look: Look, volumes: ReadonlyMap<string, VolumeListed>) {
    this.gathering = new Gathering(look);
    this.#look = look;
    this.#volumes = volumes;
    const all = [...volumes.values()];
    this.attachments = all.filter(({ attachments }) => attachments.length > 0).length;
    this.#copiedTo = copiesUnderWay(all);
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
      gathering.addSource(INSTANCES, this.#noteRunning(read(INSTANCES)), meant),
      gathering.addSource(MODIFICATIONS, read(MODIFICATIONS), meant),
      gathering.read('root-volume-replacements', read(ROOT_REPLACEMENTS), (replacement) => {
        this.#rootReplacements.push(replacement);
      }),
    ]);
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
