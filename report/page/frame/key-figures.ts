import type { Funnel, Stage } from '../../../core/summary/funnel/funnel.ts';
import type { Summary } from '../../../core/summary/summary.ts';
import { worthOfRemoved, worthOfStale } from '../../../core/summary/worth.ts';
import { hasRemoved } from '../../format/has-removed.ts';
import { isAllOnlyReported } from '../../format/only-reported.ts';
import { formatCount, formatNoun, formatUsdUpTo } from '../../format/money.ts';
import { fromWhen, nextToBeHad } from '../../sections/worth-in-head.ts';
import { dayFrom } from '../../words/stage-words.ts';
import { sizeInWords } from '../../words/worth-words.ts';
import { markup, type Markup } from '../markup/markup.ts';

type Amount = Omit<Stage, 'resources'>;

/** Each the same: what it is, one figure, and one line about it. */
export interface KeyFigure {
  readonly label: string;
  readonly value: string;
  readonly small: string;
}

/** What leads to a decision, the one that this run is about first. */
export function keyFigures(summary: Summary): KeyFigure[] {
  const { counts, funnel, mode } = summary;
  const unused: KeyFigure = {
    label: 'Unused',
    value: amountOf({ resources: counts.verdicts.STALE, ...worthOfStale(counts) }),
    small: `${formatCount(counts.verdicts.STALE)} ${mode === 'delete' ? 'when scanned' : `of ${formatCount(counts.resources)}`}`,
  };
  const isOnWay = funnel !== null && !isAllOnlyReported(summary);
  return [
    ...(mode === 'delete' ? [savedNow(summary)] : []),
    ...(isOnWay && funnel.stale.resources > 0 ? [obtainable(summary, funnel)] : []),
    unused,
    ...(isOnWay ? waitingFor(funnel.needsDecision) : []),
    // How much the others tell of: where there is no room, it isn't the one to go.
    scanned(summary),
    ...(isOnWay ? savedSoFar(summary) : []),
  ].slice(0, MOST);
}

const MOST = 5;

function amountOf(of: Amount & { readonly resources: number }): string {
  if (of.resources === 0) return '$0';
  return of.monthlyCostUsdUpTo > 0
    ? formatUsdUpTo(of.monthlyCostUsdUpTo)
    : (sizeInWords(of) ?? formatCount(of.resources));
}

function savedNow(summary: Summary): KeyFigure {
  const { removals, finishedAt } = summary;
  const resources = removals.byOutcome.REMOVED;
  const until = removals.restorableUntil;
  const label = 'Saved by this run';
  const unclear = unclearDeletions(summary);
  if (resources === 0 && unclear > 0)
    return { label, value: 'not known', small: `${formatCount(unclear)} may be deleted` };
  return {
    label,
    value: amountOf({ resources, ...worthOfRemoved(removals) }),
    small:
      resources === 0
        ? 'nothing was deleted'
        : until === null
          ? `${formatCount(resources)} deleted`
          : `from ${dayFrom(finishedAt, until)}`,
  };
}

/** Of what was planned, how much may be gone: nobody knows how its deletion ended, or whether it began. */
function unclearDeletions({ removals: { planned, byOutcome }, status }: Summary): number {
  const told = Object.values(byOutcome).reduce((sum, count) => sum + count, 0);
  const untold = status === 'NOT_APPROVED' ? 0 : Math.max(0, planned - told);
  return byOutcome.FAILED + untold;
}

function obtainable(summary: Summary, funnel: Funnel): KeyFigure {
  const isNext = hasRemoved(summary);
  const { of, when } = isNext
    ? { of: funnel.obtainable, when: fromWhen(summary, funnel.obtainable.from) }
    : nextToBeHad(summary, funnel);
  return {
    label: isNext ? 'Can be saved next' : 'Can be saved',
    value: amountOf(of),
    small: of.resources === 0 ? nothingOf(funnel) : wait(when),
  };
}

/** "now", "from 13 December", "$765 of it from 13 December" */
function wait(when: string): string {
  return when.replace(/^,? (?:up to )?/, '');
}

/** Why nothing can be had, by what is left. */
function nothingOf({ needsDecision, waiting }: Funnel): string {
  if (needsDecision.resources > 0) return 'needs a decision';
  return waiting.resources > 0 ? 'waits for other runs' : 'nothing is left';
}

function waitingFor(of: Stage): KeyFigure[] {
  if (of.resources === 0) return [];
  const small = formatNoun(of.resources, 'resource');
  return [{ label: 'Needs a decision', value: amountOf(of), small }];
}

function savedSoFar({ funnel, finishedAt, counts }: Summary): KeyFigure[] {
  const saved = funnel?.saved ?? null;
  if (saved === null) return [];
  const { gone, since, inRecycleBin: bin } = saved;
  // Where nothing has a cost, $0 would be one.
  const isInMoney = worthOfStale(counts).monthlyCostUsdUpTo > 0;
  if (gone.resources + bin.resources === 0 && !isInMoney) return [];
  const inBin = 'in the Recycle Bin';
  const small =
    gone.resources > 0
      ? since === null
        ? 'by all runs'
        : `since ${dayFrom(finishedAt, since)}`
      : bin.resources > 0
        ? inBin
        : 'nothing deleted yet';
  return [{ label: 'Saved so far', value: amountOf(gone), small }];
}

function scanned({ coverage: { percent, complete, inScope } }: Summary): KeyFigure {
  return {
    label: 'Scanned',
    value: `${percent}%`,
    small:
      complete === inScope
        ? formatNoun(inScope, 'account-Region')
        : `${formatCount(inScope - complete)} of ${formatCount(inScope)} incomplete`,
  };
}

export function keyFiguresToShow(figures: readonly KeyFigure[]): Markup {
  return markup`<dl class="key-figures">
    ${figures.map(
      ({ label, value, small }) =>
        markup`<div><dt>${label}</dt><dd class="value">${value}${value.startsWith('$') ? markup` <small>a month</small>` : null}</dd><dd class="small">${small}</dd></div> `,
    )}
  </dl>`;
}
