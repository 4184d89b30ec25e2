import type { MadeById } from '../../../core/history/made.ts';
import { keyInTarget } from '../../../core/model/ids.ts';
import { FINAL_COPY_OF, finalCopyUntil } from '../../../core/tags/final-copy.ts';
import { isOverEverywhere, readKeepUntil } from '../../../core/tags/keep-until.ts';
import { KEEP_UNTIL_TAG } from '../../../core/tags/protection.ts';
import type { EbsSnapshot } from '../facts.ts';

/** The kind of what a final copy is a copy of. */
export const VOLUME = 'ebs-volume';

/**
 * Whether orgsweep made it of that volume, and removed that itself, and its date is over. By its own record, as
 * anybody can write tags. The date is a day in the tag, 90 days after our record of making it and 90 days
 * after its start as AWS has it: the latest of them counts.
 */
export function isExpired(snapshot: EbsSnapshot, made: MadeById, now: Date): boolean {
  const { snapshotId, volumeId, volume, startedAt, tags } = snapshot;
  const record = made.get(snapshotId);
  // Whose owner deleted it, of that the copy may be all that is left.
  if (record?.removed === undefined || volumeId === null || startedAt === null) return false;
  // While the volume is there, somebody brought it back, or it never went.
  if (volume !== null) return false;
  if (record.of !== keyInTarget({ kind: VOLUME, resourceId: volumeId })) return false;
  if (tags[FINAL_COPY_OF] !== volumeId) return false;
  const until = readKeepUntil(tags[KEEP_UNTIL_TAG] ?? '');
  if (until === null) return false;
  return [until, finalCopyUntil(record.at), finalCopyUntil(startedAt)].every((day) =>
    isOverEverywhere(day, now),
  );
}
