import type { HoldReason } from '../../../core/model/hold-reason.ts';
import type { Stage } from '../../../core/summary/funnel/funnel.ts';
import { wordsIn } from '../../../core/words/words-in.ts';
import { formatCount } from '../../format/money.ts';
import type { Flow } from '../../funnel/flows.ts';
import type { StageId, ToldStage } from '../../funnel/stages.ts';
import { SAVED_LATER } from '../../words/stage-words.ts';
import { freedInWords } from '../../words/worth-words.ts';
import type { FateCode } from '../findings/fate-words.ts';
import type { ColorName } from '../markup/palette.ts';

export interface Row {
  readonly label: string;
  /** In small below it. */
  readonly small?: string;
  readonly of: Stage;
  /** Of its part of the bar; left out: it has none, as it isn't among what is unused now. */
  readonly color?: ColorName;
  /** What becomes of its findings, for a link to them. */
  readonly next?: FateCode | readonly FateCode[];
  /** Why it is held, by its code. */
  readonly reason?: HoldReason;
  /** One of several reasons, whose stage has a row too. */
  readonly isReason?: boolean;
}

interface Look {
  readonly color?: ColorName;
  readonly next?: FateCode;
}

const LOOK: Readonly<Record<StageId, Look>> = {
  onlyReported: { color: 'c-excluded', next: 'ONLY_REPORTED' },
  inGrace: { color: 'c-accepted', next: 'IN_GRACE' },
  waiting: { color: 'c-excluded' },
  needsDecision: { color: 'c-kept' },
  inSteps: { color: 'c-gap', next: 'PLANNED' },
  removable: { color: 'c-stale', next: 'PLANNED' },
  removed: { color: 'c-removed', next: 'REMOVED' },
  saved: { color: 'c-complete' },
  inRecycleBin: {},
};

/** Each stage of one kind on the way out, and the reasons of those that have several. */
export function rowsOf(flow: Flow): Row[] {
  // What was planned has ended, and so is in another stage.
  const isOver = flow.stages.some(({ id }) => id === 'removed');
  return flow.stages.flatMap((stage): Row[] => [
    rowOf(stage, isOver && stage.id === 'removable' ? {} : lookOf(stage, isOver), flow),
    ...(stage.reasons.length < 2
      ? []
      : stage.reasons.map(({ reason, label, of }) => ({
          ...{ label, of, reason, next: reason, isReason: true },
        }))),
  ]);
}

function lookOf({ id }: ToldStage, isOver: boolean): Look {
  return id === 'inSteps' && isOver ? { ...LOOK.inSteps, next: 'STEP_DONE' } : LOOK[id];
}

/** One reason alone has no row of its own. */
function rowOf(stage: ToldStage, look: Look, flow: Flow): Row {
  const { label, of, reasons } = stage;
  const [first, ...others] = reasons;
  const small = inSmall(stage, flow);
  const row = { label, of, ...look, ...(small !== undefined && { small }) };
  if (first === undefined) return row;
  if (others.length > 0) return { ...row, next: reasons.map(({ reason }) => reason) };
  const { reason } = first;
  return { ...row, label: `${label}: ${first.label}`, next: reason, reason };
}

function inSmall({ id, of }: ToldStage, { summary }: Flow): string | undefined {
  const { STEP_DONE } = summary.removals.byOutcome;
  if (id === 'onlyReported')
    return freedInWords(summary.counts.frees, wordsIn(summary)).join(' ') || undefined;
  if (id !== 'inSteps') return undefined;
  const byNow =
    STEP_DONE === 0 || STEP_DONE === of.resources ? '' : `${formatCount(STEP_DONE)} by now, `;
  return `${byNow}${SAVED_LATER}`;
}
