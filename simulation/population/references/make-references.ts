import type {
  SimBinnedImage,
  SimBinnedVolume,
  SimEcsService,
  SimFastRestore,
  SimGatewayVolume,
  SimLaunchConfiguration,
  SimLaunchTemplate,
} from '../../model/references.ts';
import type { UserShape } from '../archetype.ts';
import { hash32 } from '../hash.ts';
import type { Lineages, LineageSlot } from '../snapshots/lineages.ts';
import { IDS_PER_LINEAGE } from '../snapshots/lineages.ts';
import { DAY_MS } from '../../model/units.ts';

const CLUSTERS = ['web', 'batch'] as const;

/** The clusters of every account; the last one has no service. */
export const ECS_CLUSTERS: readonly string[] = [...CLUSTERS, 'idle'];

/** The user in a slot of a lineage, if it is of this sort. */
function userAt<By extends UserShape['by']>(
  lineages: Lineages,
  { lineage, slot }: LineageSlot,
  by: By,
): Extract<UserShape, { by: By }> | undefined {
  const user = lineages.archetypeOf(lineage).users[slot];
  return user?.by === by ? (user as Extract<UserShape, { by: By }>) : undefined;
}

/** The ids of snapshots by their slots. The estate's size may cut its last lineage short. */
function snapshotIdsOf(lineages: Lineages, lineage: number, slots: readonly number[]): string[] {
  const first = lineages.firstSnapshot(lineage);
  return slots
    .map((slot) => first + slot)
    .filter((position) => position < lineages.place.snapshotCount)
    .map((position) => lineages.snapshotIds.encode(position));
}

function daysBefore({ place }: Lineages, days: number): Date {
  return new Date(place.now.getTime() - days * DAY_MS);
}

export function makeLaunchTemplate(
  lineages: Lineages,
  at: LineageSlot,
): SimLaunchTemplate | undefined {
  const shape = userAt(lineages, at, 'launch-template');
  if (!shape) return undefined;
  const { lineage, slot } = at;
  return {
    launchTemplateId: lineages.launchTemplateIdOf(lineage, slot),
    name: `fleet-${lineage}-${slot}`,
    createTime: daysBefore(lineages, 500 + (hash32(lineages.key, lineage, 51) % 900)),
    defaultVersion: shape.defaultVersion ?? shape.versions.length,
    versions: shape.versions.map((slots, index) => ({
      number: index + 1,
      snapshotIds: snapshotIdsOf(lineages, lineage, slots),
    })),
    ...(shape.managedBy && { managedBy: shape.managedBy }),
  };
}

export function makeLaunchConfiguration(
  lineages: Lineages,
  at: LineageSlot,
): SimLaunchConfiguration | undefined {
  const shape = userAt(lineages, at, 'launch-configuration');
  return (
    shape && {
      name: `workers-${at.lineage}-${at.slot}`,
      // An AMI of somebody else's.
      imageId: 'ami-0c7e1f2a3b4d5e6f7',
      snapshotIds: snapshotIdsOf(lineages, at.lineage, shape.ofSnapshots),
    }
  );
}

export function makeEcsService(lineages: Lineages, at: LineageSlot): SimEcsService | undefined {
  const shape = userAt(lineages, at, 'ecs-service');
  return (
    shape && {
      clusterName: CLUSTERS[at.lineage % CLUSTERS.length] ?? CLUSTERS[0],
      name: `service-${at.lineage}-${at.slot}`,
      deployments: shape.deployments.map((slots) => snapshotIdsOf(lineages, at.lineage, slots)),
    }
  );
}

/** Undefined also where the estate's size has cut off the snapshot. */
export function makeFastRestore(lineages: Lineages, at: LineageSlot): SimFastRestore | undefined {
  const shape = userAt(lineages, at, 'fast-restore');
  if (!shape) return undefined;
  const [snapshotId] = snapshotIdsOf(lineages, at.lineage, [shape.ofSnapshot]);
  if (snapshotId === undefined) return undefined;
  const { region } = lineages.place;
  return { snapshotId, availabilityZone: `${region}${shape.zone}`, state: shape.state };
}

export function makeBinnedImage(lineages: Lineages, at: LineageSlot): SimBinnedImage | undefined {
  if (!userAt(lineages, at, 'image-in-recycle-bin')) return undefined;
  return {
    imageId: lineages.imageIdOf(at.lineage, IDS_PER_LINEAGE - 1),
    name: `retired-${at.lineage}`,
    description: '',
    enterTime: daysBefore(lineages, 3),
    exitTime: daysBefore(lineages, -27),
  };
}

export function makeBinnedVolume(
  lineages: Lineages,
  { lineage }: LineageSlot,
): SimBinnedVolume | undefined {
  if (lineages.archetypeOf(lineage).volume !== 'in-recycle-bin') return undefined;
  return {
    volumeId: lineages.volumeIdOf(lineage),
    sizeGiB: lineages.sizeGiBOf(lineage),
    createTime: daysBefore(lineages, 1_410),
    enterTime: daysBefore(lineages, 2),
    // Volumes stay at most 7 days.
    exitTime: daysBefore(lineages, -5),
  };
}

export function makeGatewayVolume(
  lineages: Lineages,
  { lineage }: LineageSlot,
): SimGatewayVolume | undefined {
  if (lineages.archetypeOf(lineage).volume !== 'of-gateway') return undefined;
  return {
    gatewayId: `sgw-${hash32(lineages.key, 0, 52).toString(16).padStart(8, '0').toUpperCase()}`,
    volumeId: lineages.volumeIdOf(lineage),
    sizeGiB: lineages.sizeGiBOf(lineage),
  };
}
