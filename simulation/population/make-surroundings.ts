import type { SimAttachment, SimImage, SimInstance, SimVolume } from '../model/organization.ts';
import type { AttachmentShape } from './archetype.ts';
import { hash32 } from './hash.ts';
import type { Lineages, LineageSlot } from './snapshots/lineages.ts';
import { ownerTags } from './snapshots/snapshot-text.ts';
import { DAY_MS } from '../model/units.ts';

/** The volume of a lineage, or undefined where it is missing or was never there. */
export function makeVolume(lineages: Lineages, lineage: number): SimVolume | undefined {
  const { volume, snapshots } = lineages.archetypeOf(lineage);
  if (typeof volume === 'string') return undefined;
  const { key, place } = lineages;
  const ownSizeGiB = lineages.sizeGiBOf(lineage);
  // Older than any of its snapshots.
  const ageDays = 1_410 + (hash32(key, lineage, 5) % 600);
  return {
    volumeId: lineages.volumeIdOf(lineage),
    // A volume only ever grows: it is as large as the largest of its snapshots.
    sizeGiB: Math.max(...snapshots.map(({ sizeGiB }) => sizeGiB ?? ownSizeGiB)),
    state: volume.attachments.length === 0 ? 'available' : 'in-use',
    createTime: new Date(place.now.getTime() - ageDays * DAY_MS),
    tags: ownerTags(key, lineage),
    attachments: volume.attachments.map((shape, slot) =>
      makeAttachment(lineages, shape, { lineage, slot }),
    ),
    ...(volume.managedBy && { managedBy: volume.managedBy }),
  };
}

function makeAttachment(
  lineages: Lineages,
  shape: AttachmentShape,
  { lineage, slot }: LineageSlot,
): SimAttachment {
  const device = slot === 0 ? '/dev/xvdf' : '/dev/xvdg';
  if (shape.to === 'service') {
    const { accountId, region } = lineages.place;
    const [service] = shape.owner.split('.');
    const resource = `${shape.associatedResource}/${hash32(lineages.key, lineage, 6).toString(16)}`;
    return {
      associatedResource: `arn:aws:${service}:${region}:${accountId}:${resource}`,
      instanceOwningService: shape.owner,
      device,
      state: 'attached',
    };
  }
  const state = shape.to === 'instance' ? (shape.state ?? 'attached') : 'attached';
  return { instanceId: lineages.instanceIdOf(lineage, slot), device, state };
}

/** An instance that DescribeInstances lists, or undefined. */
export function makeInstance(
  lineages: Lineages,
  { lineage, slot }: LineageSlot,
): SimInstance | undefined {
  const { volume } = lineages.archetypeOf(lineage);
  const shape = typeof volume === 'string' ? undefined : volume.attachments[slot];
  if (shape?.to !== 'instance') return undefined;
  return {
    instanceId: lineages.instanceIdOf(lineage, slot),
    state: shape.instanceState,
    volumeIds: [lineages.volumeIdOf(lineage)],
    ...(shape.managedBy && { managedBy: shape.managedBy }),
  };
}

export function makeImage(
  lineages: Lineages,
  { lineage, slot }: LineageSlot,
): SimImage | undefined {
  const shape = lineages.archetypeOf(lineage).images[slot];
  if (!shape) return undefined;
  const { accountId, snapshotCount } = lineages.place;
  const first = lineages.firstSnapshot(lineage);
  return {
    imageId: lineages.imageIdOf(lineage, slot),
    ownerId: accountId,
    name: `golden-${lineage}-${slot}`,
    state: shape.state,
    // The estate's size may cut its last lineage short.
    snapshotIds: shape.ofSnapshots
      .map((at) => first + at)
      .filter((position) => position < snapshotCount)
      .map((position) => lineages.snapshotIds.encode(position)),
  };
}
