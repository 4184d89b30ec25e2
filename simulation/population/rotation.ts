import type { Archetype } from './archetype.ts';
import type { HashKey } from './hash.ts';
import { shuffled } from './hash.ts';

/** Where the items of one sort (snapshots, volumes, …) lie among the lineages of a rotation. */
export interface Tally {
  /** Items in one full rotation. */
  readonly perRotation: number;
  /** How many items come before lineage `lineage`, counted from the rotation's beginning. */
  before(lineage: number): number;
  /** The lineage that item `item` belongs to, and its place there. */
  locate(item: number): { readonly lineage: number; readonly slot: number };
}

/**
 * The order archetypes follow one another in, over and over: every archetype occurs in each
 * rotation as often as its weight says, so that estates of some hundred snapshots have them all,
 * and any item of an estate of any size is found by arithmetic alone.
 */
export interface Rotation {
  readonly lineagesPerRotation: number;
  archetypeOf(lineage: number): Archetype;
  /** Which lineages of a rotation are copies under this volume id. */
  copiesUnder(volumeId: string): readonly number[];
  readonly snapshots: Tally;
  readonly volumes: Tally;
  readonly instances: Tally;
  readonly images: Tally;
}

export const hasVolume = ({ volume }: Archetype) => typeof volume !== 'string';

/** The attachments, by their place on the volume, whose instance DescribeInstances lists. */
export function listedInstanceSlots({ volume }: Archetype): readonly number[] {
  if (typeof volume === 'string') return [];
  return volume.attachments.flatMap((attachment, slot) =>
    attachment.to === 'instance' ? [slot] : [],
  );
}

function tally(lineages: readonly Archetype[], countOf: (one: Archetype) => number): Tally {
  const starts: number[] = [];
  const owners: number[] = [];
  lineages.forEach((one, position) => {
    starts.push(owners.length);
    for (let slot = 0; slot < countOf(one); slot++) owners.push(position);
  });
  const perRotation = owners.length;
  const before = (lineage: number) =>
    Math.floor(lineage / lineages.length) * perRotation + (starts[lineage % lineages.length] ?? 0);
  return {
    perRotation,
    before,
    locate: (item) => {
      const position = owners[item % perRotation];
      if (position === undefined) throw new RangeError(`there is no item ${item}`);
      const lineage = Math.floor(item / perRotation) * lineages.length + position;
      return { lineage, slot: item - before(lineage) };
    },
  };
}

/** @param archetypes at least one; their weights are whole numbers above 0 */
export function makeRotation(archetypes: readonly Archetype[], key: HashKey): Rotation {
  const lineages = shuffled(
    archetypes.flatMap((one) => Array.from({ length: one.weight }, () => one)),
    key,
  );
  return {
    lineagesPerRotation: lineages.length,
    archetypeOf: (lineage) => {
      const found = lineages[lineage % lineages.length];
      if (found === undefined) throw new RangeError(`there is no lineage ${lineage}`);
      return found;
    },
    copiesUnder: (volumeId) =>
      lineages.flatMap(({ volume }, position) => (volume === volumeId ? [position] : [])),
    snapshots: tally(lineages, ({ snapshots }) => snapshots.length),
    volumes: tally(lineages, (one) => (hasVolume(one) ? 1 : 0)),
    instances: tally(lineages, (one) => listedInstanceSlots(one).length),
    images: tally(lineages, ({ images }) => images.length),
  };
}
