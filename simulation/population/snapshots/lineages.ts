import type { Archetype } from '../archetype.ts';
import { isCopiedVolumeId } from '../archetype.ts';
import type { HashKey } from '../hash.ts';
import { choose, hash32, hashKey } from '../hash.ts';
import type { IdCodec } from '../resource-ids.ts';
import { idCodec } from '../resource-ids.ts';
import type { Rotation, Tally } from './rotation.ts';

/** Instances, images and users have ids of their own; a lineage has at most this many of each. */
export const IDS_PER_LINEAGE = 4;

const SIZES_GIB = [8, 8, 8, 16, 20, 30, 50, 100, 100, 200, 500, 1_000, 2_000, 4_096] as const;

/** Where and when an estate is, and how large: all that its contents depend on. */
export interface EstatePlace {
  readonly seed: number;
  readonly accountId: string;
  readonly region: string;
  readonly now: Date;
  readonly snapshotCount: number;
}

/** The lineages of one estate, numbered from 0, and the ids that lead back to those numbers. */
export interface Lineages {
  readonly place: EstatePlace;
  readonly key: HashKey;
  readonly count: number;
  readonly rotation: Rotation;
  readonly snapshotIds: IdCodec;
  archetypeOf(lineage: number): Archetype;
  /** The estate-wide position of the lineage's first snapshot. */
  firstSnapshot(lineage: number): number;
  volumeIdOf(lineage: number): string;
  lineageOfVolume(volumeId: string): number | undefined;
  instanceIdOf(lineage: number, slot: number): string;
  slotOfInstance(instanceId: string): LineageSlot | undefined;
  imageIdOf(lineage: number, slot: number): string;
  slotOfImage(imageId: string): LineageSlot | undefined;
  launchTemplateIdOf(lineage: number, slot: number): string;
  slotOfLaunchTemplate(launchTemplateId: string): LineageSlot | undefined;
  /** What a name ending in `-<lineage>-<slot>` is of. */
  slotOfName(name: string): LineageSlot | undefined;
  sizeGiBOf(lineage: number): number;
  /** How many items of one sort the estate has, and where the one at a position is. */
  countOf(tally: Tally): number;
  locate(tally: Tally, position: number): LineageSlot;
  /** The numbers of the copies under a volume id such as `vol-ffffffff`, ascending. */
  copiesUnder(volumeId: string): Iterable<number>;
}

export interface LineageSlot {
  readonly lineage: number;
  readonly slot: number;
}

export function makeLineages(rotation: Rotation, place: EstatePlace): Lineages {
  const key = hashKey(place.seed, place.accountId, place.region);
  // Estates begin at different places of the same rotation.
  const offset = hash32(key, 0, 1) % rotation.lineagesPerRotation;
  const count = countLineages(rotation, offset, place.snapshotCount);
  const codec = {
    snapshot: idCodec('snap', key),
    volume: idCodec('vol', key),
    instance: idCodec('i', key),
    image: idCodec('ami', key),
    launchTemplate: idCodec('lt', key),
  };
  const archetypeOf = (lineage: number) => rotation.archetypeOf(lineage + offset);
  const within = (lineage: number | undefined) =>
    lineage !== undefined && lineage < count ? lineage : undefined;
  const slotOf = (index: number | undefined): LineageSlot | undefined => {
    const lineage = index === undefined ? undefined : within(Math.floor(index / IDS_PER_LINEAGE));
    if (index === undefined || lineage === undefined) return undefined;
    return { lineage, slot: index % IDS_PER_LINEAGE };
  };
  const startOf = (tally: Tally) => tally.before(offset);
  return {
    place,
    key,
    count,
    rotation,
    snapshotIds: codec.snapshot,
    archetypeOf,
    firstSnapshot: (lineage) =>
      rotation.snapshots.before(lineage + offset) - startOf(rotation.snapshots),
    volumeIdOf: (lineage) => {
      const { volume } = archetypeOf(lineage);
      return isCopiedVolumeId(volume) ? volume : codec.volume.encode(lineage);
    },
    lineageOfVolume: (volumeId) => within(codec.volume.decode(volumeId)),
    instanceIdOf: (lineage, slot) => codec.instance.encode(lineage * IDS_PER_LINEAGE + slot),
    slotOfInstance: (instanceId) => slotOf(codec.instance.decode(instanceId)),
    imageIdOf: (lineage, slot) => codec.image.encode(lineage * IDS_PER_LINEAGE + slot),
    slotOfImage: (imageId) => slotOf(codec.image.decode(imageId)),
    launchTemplateIdOf: (lineage, slot) =>
      codec.launchTemplate.encode(lineage * IDS_PER_LINEAGE + slot),
    slotOfLaunchTemplate: (id) => slotOf(codec.launchTemplate.decode(id)),
    slotOfName: (name) => {
      const [, lineage, slot] = /-(\d{1,10})-(\d)$/.exec(name) ?? [];
      return lineage === undefined
        ? undefined
        : slotOf(Number(lineage) * IDS_PER_LINEAGE + Number(slot));
    },
    sizeGiBOf: (lineage) => choose(SIZES_GIB, key, lineage, 2),
    countOf: (tally) => tally.before(offset + count) - startOf(tally),
    locate: (tally, position) => {
      const { lineage, slot } = tally.locate(position + startOf(tally));
      return { lineage: lineage - offset, slot };
    },
    copiesUnder: function* (volumeId) {
      const positions = rotation.copiesUnder(volumeId);
      if (positions.length === 0) return;
      for (let start = -offset; start < count; start += rotation.lineagesPerRotation) {
        for (const position of positions) {
          const lineage = start + position;
          if (lineage >= 0 && lineage < count) yield lineage;
        }
      }
    },
  };
}

function countLineages(rotation: Rotation, offset: number, snapshotCount: number): number {
  if (snapshotCount === 0) return 0;
  const lastSnapshot = rotation.snapshots.before(offset) + snapshotCount - 1;
  return rotation.snapshots.locate(lastSnapshot).lineage + 1 - offset;
}
