import type { Chapter } from '../run/chapter.ts';
import type { Stage } from '../run/stage.ts';
import { ALONE, type Step } from '../trial/trial.ts';
import { promisesOf } from '../volumes/restore-laws.ts';
import type { Deletion } from './witness.ts';

/**
 * Restores all that the executions removed, and tells what isn't back: everything that the Recycle
 * Bin has comes back, and is protected.
 */
export async function breachesInRestores(
  stage: Stage,
  chapters: readonly Chapter[],
): Promise<string[]> {
  const { witness } = stage;
  const breaches: string[] = [];
  // What a later one went on with, that one brings back first.
  for (const chapter of chapters.toReversed()) {
    const { executionId, place, deletions, volumeDeletions, madeCopies } = chapter;
    const inBin = deletions.filter((deletion) => isInBinSince(stage, deletion));
    if (deletions.length + volumeDeletions.length + madeCopies.length === 0) continue;
    const promised = promisesOf(stage, chapter);
    const told = await stage.restore(executionId, place);
    breaches.push(...promised.flatMap((promise) => promise(told)));
    for (const { call, snapshotId } of inBin) {
      const estate = witness.estateOf(call);
      const result = told.find(({ resourceId }) => resourceId === snapshotId)?.result;
      const tags = estate?.snapshot(snapshotId)?.tags;
      if (tags !== undefined && Object.hasOwn(tags, 'orgsweep:protect')) continue;
      const state = tags === undefined ? 'is not back' : 'is not protected';
      breaches.push(`restore of ${executionId}: ${snapshotId} ${state}, told ${result}`);
    }
  }
  witness.learnAll();
  return breaches;
}

/** Not since a later deletion: what others removed isn't brought back. */
function isInBinSince({ witness }: Stage, { call, snapshotId }: Deletion): boolean {
  const entry = witness.estateOf(call)?.binnedSnapshot(snapshotId);
  return entry?.enteredAt.getTime() === call.at;
}

/** One more execution under the policy of the last one, in peace: what came back must stay. */
export function stepAfterwards(last: Step): Step {
  return {
    ...last,
    ...ALONE,
    mode: 'delete',
    daysLater: 20,
    appliesPlan: false,
    faults: [],
    acts: [],
    remove: last.remove,
    ofVolumes: last.ofVolumes,
    crash: null,
    tampers: 'no',
  };
}
