import type { GroundTruth } from '../../model/organization.ts';
import type { SimSnapshot } from '../../model/snapshot.ts';
import type { SnapshotShape } from '../archetype.ts';
import { isCopiedVolumeId } from '../archetype.ts';
import { fraction, hash32 } from '../hash.ts';
import type { Lineages, LineageSlot } from './lineages.ts';
import { IDS_PER_LINEAGE } from './lineages.ts';
import type { TextContext } from './snapshot-text.ts';
import { snapshotDescription, snapshotTags } from './snapshot-text.ts';
import { DAY_MS, GIB } from '../../model/units.ts';

/** EBS keeps snapshots in blocks of 512 KiB. */
const BLOCK_BYTES = 512 * 1024;

/** The snapshot in one slot of a lineage, as it was when the estate began. */
export function makeSnapshot(lineages: Lineages, { lineage, slot }: LineageSlot): SimSnapshot {
  const { key, place } = lineages;
  const shape = shapeAt(lineages, { lineage, slot });
  const position = lineages.firstSnapshot(lineage) + slot;
  const sizeGiB = shape.sizeGiB ?? lineages.sizeGiBOf(lineage);
  const text = textContext(lineages, { lineage, slot });
  const age = ageMs(lineages, { lineage, slot });
  const encrypted = hash32(key, lineage, 4) % 2 === 0;
  return {
    snapshotId: lineages.snapshotIds.encode(position),
    ownerId: place.accountId,
    volumeId: text.volumeId,
    state: shape.state ?? 'completed',
    startTime: new Date(place.now.getTime() - age),
    volumeSizeGiB: sizeGiB,
    fullSizeBytes: shape.fullSizeBytes ?? filledBytes(sizeGiB, fraction(key, position, 3)),
    storageTier: shape.storageTier ?? 'standard',
    ...(shape.storageTier === 'archive' && { archivedAt: archivedAt(lineages, position, age) }),
    encrypted,
    description: snapshotDescription(shape, text),
    tags: snapshotTags(shape, text),
    ...(shape.transferType && { transferType: shape.transferType }),
    public: shape.public ?? false,
    sharedWith: shape.sharedWith ?? [],
    productCodes: shape.productCodes ?? [],
    ...(shape.lock && { lockState: shape.lock }),
    ...(shape.onOutpost && { outpostArn: outpostArn(lineages) }),
    ...(encrypted && { dataEncryptionKeyId: dataKeyId(lineages, lineage) }),
  };
}

/** Some within the 90 days that AWS bills at least, some before; a day after it was taken at the earliest. */
function archivedAt({ key, place }: Lineages, position: number, age: number): Date {
  const days = 5 + Math.floor(fraction(key, position, 9) * 170);
  return new Date(place.now.getTime() - Math.min(days * DAY_MS, age - DAY_MS));
}

function outpostArn({ place: { region, accountId }, key }: Lineages): string {
  const id = hash32(key, 0, 31).toString(16).padStart(17, '0');
  return `arn:aws:outposts:${region}:${accountId}:outpost/op-${id}`;
}

/** All snapshots of a lineage have the same one. */
function dataKeyId({ key }: Lineages, lineage: number): string {
  const words = [41, 42, 43, 44].map((salt) => hash32(key, lineage, salt));
  const hex = words.map((word) => word.toString(16).padStart(8, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** What must become of that snapshot: read off the archetype, not worked out. */
export function truthOf(lineages: Lineages, at: LineageSlot): GroundTruth {
  const { verdict, reasons } = shapeAt(lineages, at);
  return {
    snapshotId: lineages.snapshotIds.encode(lineages.firstSnapshot(at.lineage) + at.slot),
    verdict,
    reasons,
    archetype: lineages.archetypeOf(at.lineage).name,
  };
}

function shapeAt(lineages: Lineages, { lineage, slot }: LineageSlot): SnapshotShape {
  const shape = lineages.archetypeOf(lineage).snapshots[slot];
  if (!shape) throw new RangeError(`lineage ${lineage} has no snapshot ${slot}`);
  return shape;
}

/**
 * Slots of a lineage follow one another in time. The part of a day is between 2.4 and 12 hours, so
 * that no run of a few hours carries a snapshot over the border of a day.
 */
function ageMs(lineages: Lineages, { lineage, slot }: LineageSlot): number {
  const { key } = lineages;
  const position = lineages.firstSnapshot(lineage) + slot;
  const { snapshots } = lineages.archetypeOf(lineage);
  const [least, most] = shapeAt(lineages, { lineage, slot }).ageDays;
  const later = snapshots.length - 1 - slot;
  const share = (later + fraction(key, position, 7)) / snapshots.length;
  const days = least + Math.floor((most - least + 1) * share);
  return days * DAY_MS + Math.floor((0.1 + 0.4 * fraction(key, position, 8)) * DAY_MS);
}

function filledBytes(sizeGiB: number, share: number): number {
  return Math.floor(((0.05 + 0.9 * share) * sizeGiB * GIB) / BLOCK_BYTES) * BLOCK_BYTES;
}

function textContext(lineages: Lineages, { lineage, slot }: LineageSlot): TextContext {
  const { volume, images, users } = lineages.archetypeOf(lineage);
  const imageSlot = images.findIndex(({ ofSnapshots }) => ofSnapshots.includes(slot));
  const { accountId, region, now } = lineages.place;
  return {
    accountId,
    region,
    now,
    key: lineages.key,
    lineage,
    snapshotPosition: lineages.firstSnapshot(lineage) + slot,
    volumeId: lineages.volumeIdOf(lineage),
    instanceId: lineages.instanceIdOf(lineage, 0),
    // Without an image of its own it may name one that is long gone: an id that leads nowhere.
    imageId: lineages.imageIdOf(lineage, imageSlot === -1 ? IDS_PER_LINEAGE - 1 : imageSlot),
    isOfImage: imageSlot !== -1 || users.some(({ by }) => by === 'image-in-recycle-bin'),
    isCopy: isCopiedVolumeId(volume),
  };
}
