import type { Archetype, UserShape } from '../archetype.ts';
import type { HashKey } from '../hash.ts';
import { shuffled } from '../hash.ts';

/** Where the items of one sort (snapshots, volumes, …) lie among the lineages of a rotation. */
export interface Tally {
  /** Items in one full rotation. */
  readonly perRotation: number;
  /** How many items come before lineage `lineage`, counted from the rotation's beginning. */
  before(lineage: number): number;
  /** The lineage that item `item` belongs to, and its slot there. */
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
  /** Slots of snapshots. */
  readonly lockedSnapshots: Tally;
  readonly publicSnapshots: Tally;
  /** One at most in a lineage. */
  readonly volumesInRecycleBin: Tally;
  readonly gatewayVolumes: Tally;
  /** Slots of `users`, by who uses. */
  readonly users: Readonly<Record<UserShape['by'], Tally>>;
}

const hasVolume = ({ volume }: Archetype) => typeof volume !== 'string';

/** The attachments, by their place on the volume, whose instance DescribeInstances lists. */
function listedInstanceSlots({ volume }: Archetype): readonly number[] {
  if (typeof volume === 'string') return [];
  return slotsWhere(volume.attachments, ({ to }) => to === 'instance');
}

function tally(
  lineages: readonly Archetype[],
  slotsOf: (one: Archetype) => readonly number[],
): Tally {
  const starts: number[] = [];
  const owners: { readonly position: number; readonly slot: number }[] = [];
  lineages.forEach((one, position) => {
    starts.push(owners.length);
    for (const slot of slotsOf(one)) owners.push({ position, slot });
  });
  const perRotation = owners.length;
  return {
    perRotation,
    before: (lineage) =>
      Math.floor(lineage / lineages.length) * perRotation +
      (starts[lineage % lineages.length] ?? 0),
    locate: (item) => {
      const owner = owners[item % perRotation];
      if (owner === undefined) throw new RangeError(`there is no item ${item}`);
      const lineage = Math.floor(item / perRotation) * lineages.length + owner.position;
      return { lineage, slot: owner.slot };
    },
  };
}

/** The positions in a list of the items that are meant. */
function slotsWhere<T>(items: readonly T[], isMeant: (item: T) => boolean): readonly number[] {
  return items.flatMap((item, slot) => (isMeant(item) ? [slot] : []));
}

/** @param archetypes at least one; their weights are whole numbers above 0 */
export function makeRotation(archetypes: readonly Archetype[], key: HashKey): Rotation {
  const lineages = shuffled(
    archetypes.flatMap((one) => Array.from({ length: one.weight }, () => one)),
    key,
  );
  const usersBy = (by: UserShape['by']) =>
    tally(lineages, ({ users }) => slotsWhere(users, (user) => user.by === by));
  return {
    lineagesPerRotation: lineages.length,
    archetypeOf: (lineage) => {
      const found = lineages[lineage % lineages.length];
      if (found === undefined) throw new RangeError(`there is no lineage ${lineage}`);
      return found;
    },
    copiesUnder: (volumeId) =>
      lineages.flatMap(({ volume }, position) => (volume === volumeId ? [position] : [])),
    snapshots: tally(lineages, ({ snapshots }) => snapshots.map((_, slot) => slot)),
    volumes: tally(lineages, (one) => (hasVolume(one) ? [0] : [])),
    instances: tally(lineages, listedInstanceSlots),
    images: tally(lineages, ({ images }) => images.map((_, slot) => slot)),
    lockedSnapshots: tally(lineages, ({ snapshots }) =>
      slotsWhere(snapshots, ({ lock }) => lock !== undefined),
    ),
    publicSnapshots: tally(lineages, ({ snapshots }) =>
      slotsWhere(snapshots, (shape) => shape.public === true),
    ),
    volumesInRecycleBin: tally(lineages, ({ volume }) => (volume === 'in-recycle-bin' ? [0] : [])),
    gatewayVolumes: tally(lineages, ({ volume }) => (volume === 'of-gateway' ? [0] : [])),
    users: {
      'launch-template': usersBy('launch-template'),
      'launch-configuration': usersBy('launch-configuration'),
      'ecs-service': usersBy('ecs-service'),
      'fast-restore': usersBy('fast-restore'),
      'image-in-recycle-bin': usersBy('image-in-recycle-bin'),
    },
  };
}
