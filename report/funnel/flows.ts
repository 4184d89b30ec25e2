import type { Funnel, Stage } from '../../core/summary/funnel/funnel.ts';
import type { Summary } from '../../core/summary/summary.ts';
import { worthOfStale } from '../../core/summary/worth.ts';
import { wordsIn } from '../../core/words/words-in.ts';
import { hasRemoved } from '../format/has-removed.ts';
import { capitalized } from '../format/layout.ts';
import { nounOfKinds, wordsToTell } from '../format/noun.ts';
import {
  hasNoWayOut,
  isAllOnlyReported,
  kindsOnTheirWay,
  ofKind,
} from '../format/only-reported.ts';
import { STAGE_LABEL } from '../words/stage-words.ts';
import { stageRemoved, stagesLeft, stagesSaved, type Telling, type ToldStage } from './stages.ts';

/** What is unused of one kind, or of all where nobody tells of which, and its way out. */
export interface Flow {
  /** Left out: of all kinds. */
  readonly kind?: string;
  /** "Volumes", or "Unused" of all. */
  readonly name: string;
  readonly unused: Stage;
  readonly stages: readonly ToldStage[];
  /** The same run as of this kind alone. */
  readonly summary: Summary;
}

/**
 * From what is unused to what is saved, of several kinds each its own: GiB of one are none of another.
 *
 * @param isWaiting for somebody's decision: nothing can be deleted yet
 */
export function flowsOf(summary: Summary, isWaiting = false): Flow[] {
  const all: Flow = {
    ...{ name: unusedLabel(summary), unused: unusedOfAll(summary), summary },
    stages: summary.funnel === null ? [] : stagesOf(summary.funnel, summary, isWaiting),
  };
  const kinds = summary.funnel === null ? [] : kindsOnTheirWay(summary);
  if (kinds.length === 0) return [all];
  return kinds.flatMap((kind): Flow[] => {
    const own = ofKind(summary, kind);
    const name = capitalized(nounOfKinds([kind], wordsIn(summary)).many);
    if (own.funnel === null) return [];
    const stages = stagesOf(own.funnel, own, isWaiting);
    return [{ kind, name, unused: own.funnel.stale, stages, summary: own }];
  });
}

/** All kinds in one line, whose sizes don't add up. */
export function unusedOfAll({ funnel, counts }: Summary): Stage {
  return funnel?.stale ?? { resources: counts.verdicts.STALE, ...worthOfStale(counts) };
}

export function unusedLabel(summary: Summary): string {
  return hasRemoved(summary) ? STAGE_LABEL.unusedThen : STAGE_LABEL.unused;
}

export function tellingOf(summary: Summary, isWaiting = false): Telling {
  const { finishedAt: now, mode, removals } = summary;
  const isDeletion = mode === 'delete';
  const areStepsTaken = isDeletion && removals.planned > 0 && !isWaiting;
  return { now, words: wordsToTell(summary), isDeletion, areStepsTaken };
}

/** All but what is empty and nobody misses. */
function stagesOf(of: Funnel, summary: Summary, isWaiting: boolean): ToldStage[] {
  const { mode, finishedAt } = summary;
  const isDeleted = mode === 'delete' && !isWaiting;
  const hasWayOut = !hasNoWayOut(of) && !isAllOnlyReported(summary);
  // That nothing can be deleted is said, once.
  const isTold = ({ id, of: { resources } }: ToldStage) =>
    resources > 0 || (hasWayOut && id === (isDeleted ? 'removed' : 'removable'));
  return [
    ...stagesLeft(of, tellingOf(summary, isWaiting)),
    ...(isDeleted ? [stageRemoved(of)] : []),
    ...stagesSaved(of, finishedAt),
  ].filter(isTold);
}
