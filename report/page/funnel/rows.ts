import type { HoldReason } from '../../../core/model/hold-reason.ts';
import { RemovalResult } from '../../../core/outcome/outcome.ts';
import type { Stage } from '../../../core/summary/funnel/funnel.ts';
import type { Summary } from '../../../core/summary/summary.ts';
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
  /** Of its part of the bar; left out: it has none, as it is no part of what was unused. */
  readonly color?: ColorName;
  /** What of it the bar shows; left out: all of it. */
  readonly inBar?: Stage;
  /** What becomes of its findings, for a link to them. */
  readonly next?: FateCode | readonly FateCode[];
  /** Why it is held, by its code. */
  readonly reason?: HoldReason;
  /** One of several reasons, whose stage has a row too. */
  readonly isReason?: boolean;
}

interface Look {
  readonly color?: ColorName;
  readonly inBar?: Stage;
  readonly next?: FateCode | readonly FateCode[];
}

const LOOK: Readonly<Record<StageId, Look>> = {
  onlyReported: { color: 'c-excluded', next: 'ONLY_REPORTED' },
  inGrace: { color: 'c-accepted', next: 'IN_GRACE' },
  waiting: { color: 'c-excluded' },
  needsDecision: { color: 'c-kept' },
  inSteps: { color: 'c-gap', next: 'TO_STEP' },
  removable: { color: 'c-stale', next: 'PLANNED' },
  removed: { color: 'c-removed', next: 'REMOVED' },
  saved: { color: 'c-complete' },
  inRecycleBin: {},
};

/** Each stage of one kind on the way out, and the reasons of those that have several. */
export function rowsOf(flow: Flow): Row[] {
  const removed = flow.stages.find(({ id }) => id === 'removed')?.of;
  return flow.stages.flatMap((stage): Row[] => [
    rowOf(stage, removed === undefined ? LOOK[stage.id] : lookAfter(stage, removed, flow), flow),
    ...(stage.reasons.length < 2
      ? []
      : stage.reasons.map(({ reason, label, of }) => ({
          ...{ label, of, reason, next: reason, isReason: true },
        }))),
  ]);
}

/** Of a delete run: what it deleted has a part of the bar of its own, and what it did not stays. */
function lookAfter({ id, of }: ToldStage, removed: Stage, { summary }: Flow): Look {
  const look = LOOK[id];
  const { byOutcome } = summary.removals;
  if (id === 'removable')
    return { ...look, inBar: without(of, removed), next: endsOf(summary, 'PLANNED') };
  if (id !== 'inSteps') return look;
  return { ...look, next: byOutcome.STEP_DONE > 0 ? 'STEP_DONE' : endsOf(summary, 'TO_STEP') };
}

/** How what was planned ended; by its plan where it was not begun. */
function endsOf({ removals: { byOutcome } }: Summary, planned: FateCode): FateCode[] {
  const ends = RemovalResult.options.filter((end) => end !== 'STEP_DONE' && byOutcome[end] > 0);
  return [...ends, planned];
}

/** At least that much of the bar: of several that share data, a part may cost as much as all. */
function without(all: Stage, part: Stage): Stage {
  const left = (key: keyof Stage) => Math.max(0, all[key] - part[key]);
  return {
    resources: left('resources'),
    sizeGiB: left('sizeGiB'),
    monthlyCostUsdUpTo: left('monthlyCostUsdUpTo'),
    unpricedGiB: left('unpricedGiB'),
    unpricedUnsized: left('unpricedUnsized'),
  };
}

/** One reason alone has no row of its own. */
function rowOf(stage: ToldStage, look: Look, flow: Flow): Row {
  const { label, of, reasons } = stage;
  const [first, ...others] = reasons;
  const small = inSmall(stage, look, flow);
  const row = { label, of, ...look, ...(small !== undefined && { small }) };
  if (first === undefined) return row;
  if (others.length > 0) return { ...row, next: reasons.map(({ reason }) => reason) };
  const { reason } = first;
  return { ...row, label: `${label}: ${first.label}`, next: reason, reason };
}

function inSmall({ id, of }: ToldStage, { inBar }: Look, { summary }: Flow): string | undefined {
  const { STEP_DONE } = summary.removals.byOutcome;
  if (id === 'onlyReported')
    return freedInWords(summary.counts.frees, wordsIn(summary)).join(' ') || undefined;
  if (id === 'removable') return notDeleted(inBar);
  if (id !== 'inSteps') return undefined;
  const byNow =
    STEP_DONE === 0 || STEP_DONE === of.resources ? '' : `${formatCount(STEP_DONE)} by now, `;
  return `${byNow}${SAVED_LATER}`;
}

/** How the deletion of some ended may not be known. */
function notDeleted(left: Stage | undefined): string | undefined {
  if (left === undefined || left.resources === 0) return undefined;
  return `${formatCount(left.resources)} not known to be deleted`;
}
