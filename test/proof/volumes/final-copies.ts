import type { Chapter } from '../run/chapter.ts';
import type { Stage } from '../run/stage.ts';
import type { Deletion } from '../laws/witness.ts';
import type { MadeCopy } from './record.ts';

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
      ...breachesOfLeaving(stage, deletion),
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

/** Its volume is on its way out, or in the Recycle Bin, and there is nothing else to make it of. */
function breachesOfLeaving({ witness }: Stage, { snapshot, call }: Deletion): string[] {
  const { volumeId } = snapshot;
  const estate = witness.estateOf(call);
  const gone = witness.volumes.deletions.findLast((one) => one.volumeId === volumeId);
  const isInBin = estate?.volumeInRecycleBin(volumeId) !== undefined;
  if (estate === undefined || gone === undefined || !isInBin || gone.call.number > call.number)
    return [];
  const isSomethingLeft =
    estate.snapshotsOfVolume(volumeId).length > 0 ||
    witness.volumes.lost.some(
      (one) =>
        one.snapshot.volumeId === volumeId && Math.abs(call.at - one.at) < CHECK_MILLISECONDS,
    );
  return isSomethingLeft ? [] : [`the last copy of ${volumeId}, which is in the Recycle Bin`];
}

/** As long as a look is believed. */
const CHECK_MILLISECONDS = 15_000;
