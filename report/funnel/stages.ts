import { mostWorthFirst } from '../../core/model/amount.ts';
import type { HoldReason } from '../../core/model/hold-reason.ts';
import { EMPTY_STAGE, type Funnel, type Stage } from '../../core/summary/funnel/funnel.ts';
import type { WordsByKind } from '../../core/words/kind-words.ts';
import { capitalized } from '../format/layout.ts';
import { holdWords } from '../words/hold-words.ts';
import { binLabel, graceLabel, savedLabel, STAGE_LABEL } from '../words/stage-words.ts';
import { stepWordsOf } from '../words/step-words.ts';

/** What became of something unused, or will. */
export type StageId =
  | 'onlyReported'
  | 'inGrace'
  | 'waiting'
  | 'needsDecision'
  | 'inSteps'
  | 'removable'
  | 'removed'
  | 'saved'
  | 'inRecycleBin';

/** A stage as every text tells it: a message, the page, a job's summary, and who asks for approval. */
export interface ToldStage {
  readonly id: StageId;
  readonly label: string;
  readonly of: Stage;
  /** Why it is held, what is worth most first. */
  readonly reasons: readonly HeldFor[];
}

interface HeldFor {
  readonly reason: HoldReason;
  readonly label: string;
  readonly of: Stage;
}

export interface Telling {
  readonly now: string;
  readonly words: WordsByKind;
  /** What is planned is planned to be deleted, not only what could be. */
  readonly isDeletion: boolean;
  /** What is copied first, say, was. */
  readonly areStepsTaken: boolean;
}

/** Where what is unused stands: each of it in one of them, the empty ones too. */
export function stagesLeft(of: Funnel, telling: Telling): ToldStage[] {
  const { now, words, isDeletion, areStepsTaken } = telling;
  const { onlyReported, inGrace, waiting, needsDecision, inSteps, removable } = of;
  const { verb, done } = stepWordsOf(words);
  const toDelete = isDeletion ? STAGE_LABEL.planned : STAGE_LABEL.removable;
  return [
    told('onlyReported', STAGE_LABEL.onlyReported, onlyReported ?? EMPTY_STAGE),
    told('inGrace', graceLabel(inGrace, now), inGrace),
    told('waiting', STAGE_LABEL.waiting, waiting, heldFor(waiting, words)),
    told('needsDecision', STAGE_LABEL.needsDecision, needsDecision, heldFor(needsDecision, words)),
    told(
      'inSteps',
      areStepsTaken ? `${capitalized(done)} first` : `To ${verb} first`,
      inSteps ?? EMPTY_STAGE,
    ),
    told('removable', toDelete, removable),
  ];
}

/** What all runs so far came to; none where nobody knows. */
export function stagesSaved({ saved }: Funnel, now: string): ToldStage[] {
  if (saved === null) return [];
  const { since, gone, inRecycleBin: bin } = saved;
  return [
    told('saved', savedLabel(since, now), gone),
    told('inRecycleBin', binLabel(bin.lastUntil, now), bin),
  ];
}

export function stageRemoved({ removed }: Funnel): ToldStage {
  return told('removed', STAGE_LABEL.removed, removed);
}

function told(id: StageId, label: string, of: Stage, reasons: readonly HeldFor[] = []): ToldStage {
  return { id, label, of, reasons };
}

function heldFor({ byReason }: Funnel['needsDecision'], words: WordsByKind): HeldFor[] {
  const entries = Object.entries(byReason) as [HoldReason, Stage][];
  return entries
    .filter(([, { resources }]) => resources > 0)
    .toSorted(([, a], [, b]) => mostWorthFirst(a, b) || b.resources - a.resources)
    .map(([reason, of]) => ({ reason, label: holdWords(reason, words).listed, of }));
}
