import type { Chapter } from '../run/chapter.ts';
import type { Stage } from '../run/stage.ts';
import { FRESH_MILLISECONDS } from '../laws/seen-call.ts';
import type { Deletion } from '../laws/witness.ts';
import type { MadeCopy } from './record.ts';
import { isWhole, lostSince } from './whole-copy.ts';

const DAY_MS = 86_400_000;
/** A final copy is kept for so many days, of which the first has begun. */
const KEPT_DAYS = 89;

/** The copy that orgsweep made, where it made it, by whatever is written on it. */
function madeAs({ witness }: Stage, snapshotId: string): MadeCopy | undefined {
  return witness.volumes.made.find((made) => made.snapshotId === snapshotId);
}

/** Whether it is a copy of orgsweep's whose days are over: its end was told when it was made. */
export function isOver(stage: Stage, snapshotId: string, at: number): boolean {
  const made = madeAs(stage, snapshotId);
  return made !== undefined && at - made.call.at >= KEPT_DAYS * DAY_MS;
}

export function isOverFinalCopy(stage: Stage, { snapshotId, call }: Deletion): boolean {
  return isOver(stage, snapshotId, call.at);
}

/** What has to hold of each snapshot that went, as the copy of a volume; each breach in words. */
export function breachesOfCopies(stage: Stage, chapter: Chapter): string[] {
  return chapter.deletions.flatMap((deletion) => {
    const checks = [
      ...breachesOfReason(stage, chapter, deletion),
      ...breachesOfKeep(stage, deletion),
      ...breachesOfLeaving(stage, chapter, deletion),
    ];
    return checks.map(
      (breach) => `${chapter.executionId} deleted ${deletion.snapshotId}: ${breach}`,
    );
  });
}

/** Only what orgsweep made goes for that reason. */
function breachesOfReason(stage: Stage, { plan }: Chapter, { snapshotId, snapshot }: Deletion) {
  const reasons = plan?.removals.find(({ resourceId }) => resourceId === snapshotId)?.reasons;
  if (reasons?.includes('FINAL_COPY_EXPIRED') !== true) return [];
  const made = madeAs(stage, snapshotId);
  return made?.volumeId === snapshot.volumeId ? [] : ['as a final copy that orgsweep never made'];
}

/** Until its day, whatever the policy; and longer where somebody said so. */
function breachesOfKeep(stage: Stage, deletion: Deletion): string[] {
  const made = madeAs(stage, deletion.snapshotId);
  if (made === undefined || isOverFinalCopy(stage, deletion)) return [];
  return [`a final copy, ${Math.floor((deletion.call.at - made.call.at) / DAY_MS)} days old`];
}

/**
 * Its volume is in the Recycle Bin by orgsweep's doing. One that another execution put there keeps all of
 * its copies; of one that went meanwhile a copy has to be left that holds all that was on it.
 */
function breachesOfLeaving(stage: Stage, { calls }: Chapter, deletion: Deletion): string[] {
  const { witness } = stage;
  const { snapshot, call } = deletion;
  const { volumeId } = snapshot;
  const estate = witness.estateOf(call);
  const gone = witness.volumes.deletions.findLast((one) => one.volumeId === volumeId);
  const isInBin = estate?.volumeInRecycleBin(volumeId)?.enterTime.getTime() === gone?.call.at;
  if (estate === undefined || gone === undefined || !isInBin || gone.call.number > call.number)
    return [];
  if (gone.call.number < (calls[0]?.number ?? 0))
    return [`a copy of ${volumeId}, which is in the Recycle Bin`];
  const left = [
    ...estate.snapshotsOfVolume(volumeId),
    ...lostSince(stage, volumeId, call.at - FRESH_MILLISECONDS),
  ];
  return left.some((copy) => isWhole(stage, copy, gone.call, 'COUNTS'))
    ? []
    : [`no copy is left of ${volumeId}, which is in the Recycle Bin`];
}
