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
    ...(isOnWay ? [obtainable(summary, funnel)] : []),
    unused,
    ...(isOnWay ? [...waitingFor(funnel.needsDecision), ...savedSoFar(summary)] : []),
    scanned(summary),
  ].slice(0, MOST);
}

const MOST = 5;

function amountOf(of: Amount & { readonly resources: number }): string {
  if (of.resources === 0) return '$0';
  return of.monthlyCostUsdUpTo > 0
    ? formatUsdUpTo(of.monthlyCostUsdUpTo)
    : (sizeInWords(of) ?? formatCount(of.resources));
}

function savedNow({ removals, finishedAt }: Summary): KeyFigure {
  const resources = removals.byOutcome.REMOVED;
  const until = removals.restorableUntil;
  return {
    label: 'Saved by this run',
    value: amountOf({ resources, ...worthOfRemoved(removals) }),
    small:
      resources === 0
        ? 'nothing was deleted'
        : until === null
          ? `${formatCount(resources)} deleted`
          : `from ${dayFrom(finishedAt, until)}`,
  };
}

function obtainable(summary: Summary, funnel: Funnel): KeyFigure {
  if (hasRemoved(summary)) {
    const { obtainable: of } = funnel;
    return {
      label: 'Can be saved next',
      value: amountOf(of),
      small: wait(of, fromWhen(summary, of.from)),
    };
  }
  const { of, when } = nextToBeHad(summary, funnel);
  return { label: 'Can be saved', value: amountOf(of), small: wait(of, when) };
}

/** "now", "from 13 December", "$765 of it from 13 December" */
function wait({ resources }: Stage, when: string): string {
  return resources === 0 ? 'needs a decision' : when.replace(/^,? (?:up to )?/, '');
}

function waitingFor(of: Stage): KeyFigure[] {
  if (of.resources === 0) return [];
  const small = formatNoun(of.resources, 'resource');
  return [{ label: 'Needs a decision', value: amountOf(of), small }];
}

function savedSoFar({ funnel, finishedAt }: Summary): KeyFigure[] {
  const saved = funnel?.saved ?? null;
  if (saved === null) return [];
  const { gone, since, inRecycleBin: bin } = saved;
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
