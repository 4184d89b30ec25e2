import { kindsOnTheirWay } from '../format/only-reported.ts';
import type { StaleChange } from '../../core/history/stale-change.ts';
import type { Summary, TrendPoint } from '../../core/summary/summary.ts';
import { hasRemoved } from '../format/has-removed.ts';
import { formatCount, formatNoun, formatSize } from '../format/money.ts';
import { dayFrom } from '../words/stage-words.ts';
import { sizeInWords } from '../words/worth-words.ts';
import { worthOfStale } from '../../core/summary/worth.ts';

const WAYS: readonly (readonly [keyof StaleChange['listed'], string])[] = [
  ['removed', 'deleted'],
  ['gone', 'deleted by others'],
  ['usedAgain', 'in use again'],
  ['newlyProtected', 'now kept'],
];

/** What is different from the last run, and what is not although it should be: a row or two. */
export function changeInShort(summary: Summary): string[] {
  const since = [...trend(summary), ...failingAgain(summary.failingAgain)].join(' ');
  return [comparison(summary), ...(since === '' ? [] : [since])];
}

/** Nobody compared, or there was nothing before. */
export function hasNothingToCompare({ compared, ...change }: Summary['change']): boolean {
  const { previousExecutionId, stillStale, noLongerStale } = change;
  return !compared || (previousExecutionId === null && stillStale + noLongerStale === 0);
}

/** Each account and Region is compared with its own last look, whichever execution that was. */
export function comparedInWords(change: Summary['change']): string {
  if (!change.compared) return 'Changes are not known: there was no plan to compare.';
  if (hasNothingToCompare(change)) return 'First run here: nothing to compare with.';
  const last = change.previousExecutionId;
  return `Compared with the last complete scan of each account and Region${last === null ? '' : ` (last run: ${last})`}`;
}

function comparison(summary: Summary): string {
  const { change } = summary;
  if (hasNothingToCompare(change)) return comparedInWords(change);
  const last = change.previousExecutionId;
  const ways = WAYS.filter(([way]) => change[way] > 0).map(
    ([way, words]) => `, ${formatCount(change[way])} ${words}`,
  );
  const since = last === null ? 'the last complete scans' : last;
  // All was compared before the deletions.
  const before = hasRemoved(summary) ? ', before this run deleted' : '';
  return `Changed since ${since}${before}: ${formatCount(change.newlyStale)} newly unused, ${formatCount(change.stillStale)} still unused${ways.join('')}.`;
}

/** In words: a picture made of characters says nothing to a screen reader. */
function trend(summary: Summary): string[] {
  const { trend: points, executionId, finishedAt } = summary;
  // One that saw less has less to tell, which is no progress.
  const complete = points.filter((of: TrendPoint) => of.complete === of.inScope && of.inScope > 0);
  const [first, last] = [complete[0], complete.at(-1)];
  if (first === undefined || last === undefined || complete.length < 2) return [];
  const when = dayFrom(finishedAt, first.finishedAt);
  // GiB of one kind are none of another.
  if (kindsOnTheirWay(summary).length > 1)
    return [
      `Unused on ${when}: ${formatCount(first.stale)}; now ${formatCount(last.stale)}${percentInWords(first.stale, last.stale)}.`,
    ];
  const [before, now] = [first, last].map((point) => sizeInWords(worthOfStale(point)));
  if (before === undefined || now === undefined) return [];
  const deleted =
    last.executionId === executionId && last.removedGiB > 0
      ? `, ${formatSize(last.removedGiB)} of it deleted by this run`
      : '';
  return [
    `Unused on ${when}: ${before}; now ${now}${percentInWords(first.staleGiB, last.staleGiB)}${deleted}.`,
  ];
}

function percentInWords(before: number, now: number): string {
  if (before === 0) return '';
  const percent = Math.round(((now - before) / before) * 100);
  if (percent === 0) return ' (about the same)';
  return ` (${formatCount(Math.abs(percent))}% ${percent < 0 ? 'less' : 'more'})`;
}

function failingAgain({ targets, removals }: Summary['failingAgain']): string[] {
  const parts = [
    ...(targets === 0 ? [] : [`${formatNoun(targets, 'account-Region')} not scanned`]),
    ...(removals === 0 ? [] : [`${formatNoun(removals, 'deletion')} failed`]),
  ];
  return parts.length === 0 ? [] : [`Again: ${parts.join(', ')}.`];
}
