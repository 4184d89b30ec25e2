import type {
  SimBinnedImage,
  SimBinnedVolume,
  SimEcsService,
  SimFastRestore,
  SimGatewayVolume,
  SimLaunchConfiguration,
  SimLaunchTemplate,
} from '../../model/references.ts';
import type { SnapshotShape } from '../archetype.ts';
import type { Shelf } from '../shelf.ts';
import type { Lineages, LineageSlot } from '../snapshots/lineages.ts';
import { IDS_PER_LINEAGE } from '../snapshots/lineages.ts';
import {
  ECS_CLUSTERS,
  makeBinnedImage,
  makeBinnedVolume,
  makeEcsService,
  makeFastRestore,
  makeGatewayVolume,
  makeLaunchConfiguration,
  makeLaunchTemplate,
} from './make-references.ts';
import type { Tally } from '../snapshots/rotation.ts';

/** What referred to an estate's snapshots when it began; nothing of it is stored. */
export interface InitialReferences {
  /** Ids of snapshots. */
  readonly locked: Shelf<string>;
  readonly public: Shelf<string>;
  /** Found by `<snapshot id>/<Availability Zone>`. */
  readonly fastRestores: Shelf<SimFastRestore>;
  readonly binnedVolumes: Shelf<SimBinnedVolume>;
  readonly binnedImages: Shelf<SimBinnedImage>;
  readonly launchTemplates: Shelf<SimLaunchTemplate>;
  readonly launchConfigurations: Shelf<SimLaunchConfiguration>;
  readonly ecsClusters: readonly string[];
  /** Found by `<cluster>/<service>`. */
  readonly ecsServices: Shelf<SimEcsService>;
  readonly gatewayVolumes: Shelf<SimGatewayVolume>;
}

type SlotOf = (id: string) => LineageSlot | undefined;

/** How the items of one sort are made, and found again by their ids. */
interface Sort<T> {
  readonly tally: Tally;
  readonly make: (lineages: Lineages, at: LineageSlot) => T | undefined;
  /** May also say a slot that something else's id leads to: `idOf` decides. */
  readonly slotOf: SlotOf;
  readonly idOf: (item: T) => string;
}

/** @param slotOfSnapshot where the snapshot of an id is, if the estate has it */
export function makeInitialReferences(
  lineages: Lineages,
  slotOfSnapshot: SlotOf,
): InitialReferences {
  const { rotation } = lineages;
  const shelf = <T>(sort: Sort<T>): Shelf<T> => makeShelf(lineages, sort);
  const snapshotsThat = (tally: Tally, holds: (shape: SnapshotShape) => boolean) =>
    shelf({
      tally,
      make: (_, at) => snapshotIdAt(lineages, at, holds),
      slotOf: slotOfSnapshot,
      idOf: (id) => id,
    });
  const slotOfVolume: SlotOf = (id) => {
    const lineage = lineages.lineageOfVolume(id);
    return lineage === undefined ? undefined : { lineage, slot: 0 };
  };
  return {
    locked: snapshotsThat(rotation.lockedSnapshots, ({ lock }) => lock !== undefined),
    public: snapshotsThat(rotation.publicSnapshots, (shape) => shape.public === true),
    fastRestores: shelf({
      tally: rotation.users['fast-restore'],
      make: makeFastRestore,
      slotOf: (id) => slotOfFastRestore(lineages, slotOfSnapshot, id),
      idOf: ({ snapshotId, availabilityZone }) => `${snapshotId}/${availabilityZone}`,
    }),
    binnedVolumes: shelf({
      tally: rotation.volumesInRecycleBin,
      make: makeBinnedVolume,
      slotOf: slotOfVolume,
      idOf: ({ volumeId }) => volumeId,
    }),
    binnedImages: shelf({
      tally: rotation.users['image-in-recycle-bin'],
      make: makeBinnedImage,
      slotOf: (id) => slotOfBinnedImage(lineages, id),
      idOf: ({ imageId }) => imageId,
    }),
    launchTemplates: shelf({
      tally: rotation.users['launch-template'],
      make: makeLaunchTemplate,
      slotOf: lineages.slotOfLaunchTemplate,
      idOf: ({ launchTemplateId }) => launchTemplateId,
    }),
    launchConfigurations: shelf({
      tally: rotation.users['launch-configuration'],
      make: makeLaunchConfiguration,
      slotOf: lineages.slotOfName,
      idOf: ({ name }) => name,
    }),
    ecsClusters: ECS_CLUSTERS,
    ecsServices: shelf({
      tally: rotation.users['ecs-service'],
      make: makeEcsService,
      slotOf: lineages.slotOfName,
      idOf: ({ clusterName, name }) => `${clusterName}/${name}`,
    }),
    gatewayVolumes: shelf({
      tally: rotation.gatewayVolumes,
      make: makeGatewayVolume,
      slotOf: slotOfVolume,
      idOf: ({ volumeId }) => volumeId,
    }),
  };
}

/** What the estate's size has cut off is at the end, and doesn't count. */
function makeShelf<T>(lineages: Lineages, { tally, make, slotOf, idOf }: Sort<T>): Shelf<T> {
  const makeAt = (position: number) => make(lineages, lineages.locate(tally, position));
  let count = lineages.countOf(tally);
  while (count > 0 && makeAt(count - 1) === undefined) count -= 1;
  return {
    count,
    at: (position) => {
      const made = makeAt(position);
      if (made === undefined) throw new RangeError(`there is nothing at position ${position}`);
      return made;
    },
    find: (id) => {
      const at = slotOf(id);
      const made = at && make(lineages, at);
      return made !== undefined && idOf(made) === id ? made : undefined;
    },
  };
}

function snapshotIdAt(
  lineages: Lineages,
  { lineage, slot }: LineageSlot,
  holds: (shape: SnapshotShape) => boolean,
): string | undefined {
  const shape = lineages.archetypeOf(lineage).snapshots[slot];
  const position = lineages.firstSnapshot(lineage) + slot;
  if (!shape || !holds(shape) || position >= lineages.place.snapshotCount) return undefined;
  return lineages.snapshotIds.encode(position);
}

function slotOfFastRestore(
  lineages: Lineages,
  slotOfSnapshot: SlotOf,
  id: string,
): LineageSlot | undefined {
  const [snapshotId = ''] = id.split('/');
  const at = slotOfSnapshot(snapshotId);
  if (at === undefined) return undefined;
  const { users } = lineages.archetypeOf(at.lineage);
  const slot = users.findIndex(
    (user) => user.by === 'fast-restore' && user.ofSnapshot === at.slot && id.endsWith(user.zone),
  );
  return slot === -1 ? undefined : { lineage: at.lineage, slot };
}

function slotOfBinnedImage(lineages: Lineages, imageId: string): LineageSlot | undefined {
  const at = lineages.slotOfImage(imageId);
  if (at?.slot !== IDS_PER_LINEAGE - 1) return undefined;
  const { users } = lineages.archetypeOf(at.lineage);
  const slot = users.findIndex(({ by }) => by === 'image-in-recycle-bin');
  return slot === -1 ? undefined : { lineage: at.lineage, slot };
}
