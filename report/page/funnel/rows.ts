import type { HoldReason } from '../../../core/model/hold-reason.ts';
import { mostWorthFirst } from '../../../core/model/amount.ts';
import type { Funnel, Stage } from '../../../core/summary/funnel/funnel.ts';
import type { Summary } from '../../../core/summary/summary.ts';
import type { WordsByKind } from '../../../core/words/kind-words.ts';
import { wordsIn } from '../../../core/words/words-in.ts';
import { isAllOnlyReported } from '../../sections/by-kind.ts';
import { day } from '../../format/dates.ts';
import { hasRemoved } from '../../format/has-removed.ts';
import { capitalized } from '../../format/layout.ts';
import { formatCount } from '../../format/money.ts';
import { wordsToTell } from '../../format/noun.ts';
import { hasNoWayOut } from '../../format/only-reported.ts';
import { holdWords } from '../../words/hold-words.ts';
import { graceLabel, STAGE_LABEL } from '../../words/stage-words.ts';
import { stepWordsOf } from '../../words/step-words.ts';
import { freedInWords } from '../../words/worth-words.ts';
import type { FateCode } from '../findings/fate-words.ts';
import type { ColorName } from '../markup/palette.ts';

export interface Row {
  readonly label: string;
  readonly of: Stage;
  /** Of its part of the bar; left out: it has none, as it isn't among what is unused now. */
  readonly color?: ColorName;
  /** What becomes of its findings, for a link to them. */
  readonly next?: FateCode | readonly FateCode[];
  /** Why it is held, by its code. */
  readonly reason?: HoldReason;
}

/** What is unused of all kinds or of one, and then each stage on the way out. */
export function rowsOf(of: Funnel, summary: Summary, isWaiting: boolean): [Row, ...Row[]] {
  const unused: Row = { label: unusedLabel(summary), of: of.stale };
  const freed = freedInWords(summary.counts.frees, wordsIn(summary));
  const reported = ['Only reported.', ...freed].join(' ');
  if (hasNoWayOut(of))
    return [unused, { label: reported, of: of.stale, color: 'c-excluded', next: 'ONLY_REPORTED' }];
  if (isAllOnlyReported(summary)) return [unused];
  return [unused, ...stagesOf(of, summary, isWaiting), ...savedRows(of)];
}

export function unusedLabel(summary: Summary): string {
  return hasRemoved(summary) ? 'Unused when scanned' : 'Unused';
}

/** Each resource is in one of them, but for what was deleted: that was planned. */
function stagesOf(of: Funnel, summary: Summary, isWaiting: boolean): Row[] {
  const { inGrace, waiting, needsDecision, inSteps, removable, removed } = of;
  const words = wordsToTell(summary);
  const isDelete = summary.mode === 'delete';
  const isOver = isDelete && !isWaiting;
  const grace = graceLabel(inGrace, summary.finishedAt);
  return [
    ...ifAny({ label: grace, of: inGrace, color: 'c-accepted', next: 'IN_GRACE' }),
    ...ifAny(withReasons(STAGE_LABEL.waiting, waiting, words, 'c-excluded')),
    ...reasonRows(waiting, words),
    ...ifAny(withReasons(STAGE_LABEL.needsDecision, needsDecision, words, 'c-kept')),
    ...reasonRows(needsDecision, words),
    ...stepRows(inSteps, summary, isOver),
    {
      label: isDelete ? STAGE_LABEL.planned : 'Deletable now',
      of: removable,
      ...(!isOver && ({ color: 'c-stale', next: 'PLANNED' } as const)),
    },
    ...(isOver
      ? [{ label: 'Deleted', of: removed, color: 'c-removed', next: 'REMOVED' } as const]
      : []),
  ];
}

/** One reason alone has no row of its own. */
function withReasons(
  label: string,
  of: Funnel['needsDecision'],
  words: WordsByKind,
  color: ColorName,
): Row {
  const reasons = Object.keys(of.byReason) as HoldReason[];
  const [only] = reasons.length === 1 ? reasons : [];
  if (only === undefined) return { label, of, color, next: reasons };
  return {
    label: `${label}: ${holdWords(only, words).listed}`,
    of,
    color,
    next: only,
    reason: only,
  };
}

function ifAny(row: Row): Row[] {
  return row.of.resources === 0 ? [] : [row];
}

/** What is copied first, say, and saves nothing before a later run has deleted it. */
function stepRows(inSteps: Stage | undefined, summary: Summary, isDone: boolean): Row[] {
  if (inSteps === undefined) return [];
  const { verb, done } = stepWordsOf(wordsToTell(summary));
  const { STEP_DONE } = summary.removals.byOutcome;
  const what = isDone
    ? `${capitalized(done)} first, ${formatCount(STEP_DONE)} by now`
    : `To ${verb} first`;
  return [
    {
      label: `${what} (saved once a later run deletes them)`,
      ...{ of: inSteps, color: 'c-gap', next: isDone ? 'STEP_DONE' : 'PLANNED' },
    },
  ];
}

/** What is worth most first. */
function reasonRows({ byReason }: Funnel['needsDecision'], words: WordsByKind): Row[] {
  const entries = Object.entries(byReason) as [HoldReason, Stage][];
  if (entries.length === 1) return [];
  return entries
    .toSorted(([, a], [, b]) => mostWorthFirst(a, b) || b.resources - a.resources)
    .map(([reason, of]) => ({
      label: holdWords(reason, words).listed,
      ...{ of, next: reason, reason },
    }));
}

function savedRows({ saved }: Funnel): Row[] {
  if (saved === null) return [];
  const { since, gone, inRecycleBin: bin } = saved;
  const from = since === null ? 'so far' : `since ${day(since)}`;
  const until = bin.lastUntil === null ? '' : ` until ${day(bin.lastUntil)}`;
  return [
    ...ifAny({ label: `Saved by all runs ${from}`, of: gone, color: 'c-complete' }),
    ...ifAny({ label: `Deleted, in the Recycle Bin, and still billed${until}`, of: bin }),
  ];
}
