import type { GroundTruth, SimImage, SimInstance, SimVolume } from '../model/organization.ts';
import type { SimSnapshot } from '../model/snapshot.ts';
import type { InitialReferences } from './references/initial-references.ts';
import { makeInitialReferences } from './references/initial-references.ts';
import type { EstatePlace, Lineages, LineageSlot } from './snapshots/lineages.ts';
import { makeLineages } from './snapshots/lineages.ts';
import { makeSnapshot, truthOf } from './snapshots/make-snapshot.ts';
import { makeImage, makeInstance, makeVolume } from './make-surroundings.ts';
import type { Rotation, Tally } from './snapshots/rotation.ts';
import type { Shelf } from './shelf.ts';

/**
 * What an estate began with. Nothing is stored: every resource is a pure function of seed, account,
 * Region, `now` and its position, and its id leads back to the position.
 */
export interface InitialEstate {
  readonly snapshots: Shelf<SimSnapshot>;
  readonly truths: Shelf<GroundTruth>;
  readonly volumes: Shelf<SimVolume>;
  readonly instances: Shelf<SimInstance>;
  readonly images: Shelf<SimImage>;
  /** The snapshots of a volume, whether or not it exists. */
  snapshotsOfVolume(volumeId: string): Iterable<SimSnapshot>;
  imagesOfSnapshot(snapshotId: string): readonly SimImage[];
  readonly references: InitialReferences;
}

export function makeInitialEstate(rotation: Rotation, place: EstatePlace): InitialEstate {
  const lineages = makeLineages(rotation, place);
  const slotOfSnapshot = (id: string) => findSnapshotSlot(lineages, id);
  const shelf = <T>(
    tally: Tally,
    make: (at: LineageSlot) => T | undefined,
    slotOf: (id: string) => LineageSlot | undefined,
  ) => makeShelf(lineages, { tally, make, slotOf });

  const snapshotShelf = <T>(make: (all: Lineages, at: LineageSlot) => T): Shelf<T> => ({
    ...shelf(rotation.snapshots, (at) => make(lineages, at), slotOfSnapshot),
    count: place.snapshotCount,
  });
  return {
    snapshots: snapshotShelf(makeSnapshot),
    truths: snapshotShelf(truthOf),
    volumes: shelf(
      rotation.volumes,
      ({ lineage }) => makeVolume(lineages, lineage),
      (id) => {
        const lineage = lineages.lineageOfVolume(id);
        return lineage === undefined ? undefined : { lineage, slot: 0 };
      },
    ),
    instances: shelf(
      rotation.instances,
      (at) => makeInstance(lineages, at),
      lineages.slotOfInstance,
    ),
    images: shelf(rotation.images, (at) => makeImage(lineages, at), lineages.slotOfImage),
    snapshotsOfVolume: (volumeId) => snapshotsOfVolume(lineages, volumeId),
    imagesOfSnapshot: (id) => {
      const at = slotOfSnapshot(id);
      return at === undefined ? [] : imagesOfSlot(lineages, at);
    },
    references: makeInitialReferences(lineages, slotOfSnapshot),
  };
}

function makeShelf<T>(
  lineages: Lineages,
  sort: {
    readonly tally: Tally;
    readonly make: (at: LineageSlot) => T | undefined;
    readonly slotOf: (id: string) => LineageSlot | undefined;
  },
): Shelf<T> {
  return {
    count: lineages.countOf(sort.tally),
    at: (position) => {
      const made = sort.make(lineages.locate(sort.tally, position));
      if (made === undefined) throw new RangeError(`there is nothing at position ${position}`);
      return made;
    },
    find: (id) => {
      const at = sort.slotOf(id);
      return at === undefined ? undefined : sort.make(at);
    },
  };
}

function findSnapshotSlot(lineages: Lineages, id: string): LineageSlot | undefined {
  const position = lineages.snapshotIds.decode(id);
  if (position === undefined || position >= lineages.place.snapshotCount) return undefined;
  return lineages.locate(lineages.rotation.snapshots, position);
}

function* snapshotsOfVolume(lineages: Lineages, volumeId: string): Generator<SimSnapshot> {
  const own = lineages.lineageOfVolume(volumeId);
  const found = own === undefined ? lineages.copiesUnder(volumeId) : [own];
  for (const lineage of found) {
    const first = lineages.firstSnapshot(lineage);
    const { length } = lineages.archetypeOf(lineage).snapshots;
    for (let slot = 0; slot < length && first + slot < lineages.place.snapshotCount; slot++) {
      yield makeSnapshot(lineages, { lineage, slot });
    }
  }
}

function imagesOfSlot(lineages: Lineages, { lineage, slot }: LineageSlot): readonly SimImage[] {
  const { images } = lineages.archetypeOf(lineage);
  return images.flatMap(({ ofSnapshots }, imageSlot) => {
    if (!ofSnapshots.includes(slot)) return [];
    return makeImage(lineages, { lineage, slot: imageSlot }) ?? [];
  });
}
