import { breachesInCoverage } from './coverage-laws.ts';
import type { Chapter } from '../run/chapter.ts';
import { breachesInInput } from './input-laws.ts';
import { breachesInLimits } from './limit-laws.ts';
import { breachesInMoney } from './money-laws.ts';
import { breachesInOutcomes, breachesInWrites } from './outcome-laws.ts';
import { breachesInDeletions } from './removal-laws.ts';
import { breachesInAmis } from '../amis/laws.ts';
import { breachesInInterplay } from '../volumes/interplay-laws.ts';
import { breachesInVolumes } from '../volumes/removal-laws.ts';
import { breachesInSets } from './sets.ts';
import type { Stage } from '../run/stage.ts';

/** Everything that has to hold after an execution, however it ended; each breach in words. */
export function breachesOf(stage: Stage, chapters: readonly Chapter[]): string[] {
  const last = chapters.at(-1);
  if (last === undefined) return [];
  return [
    ...breachesInDeletions(stage, chapters),
    ...breachesInVolumes(stage, chapters),
    ...breachesInInterplay(stage, last),
    ...breachesInAmis(stage, last),
    ...breachesInOutcomes(stage, last),
    ...breachesInSets(stage, last),
    ...breachesInWrites(last),
    ...breachesInCoverage(stage, last),
    ...breachesInLimits(stage, last),
    ...breachesInInput(last),
    ...breachesInMoney(stage, chapters),
  ];
}
