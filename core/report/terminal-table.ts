import type { Gap, Share, Summary } from '../summary.ts';
import { hasNothingToCompare } from './change-section.ts';
import { gapsByStatus } from './gaps-by-status.ts';
import { cutToWidth, displayWidth } from './display-width.ts';
import { outcomeInWords } from './headline.ts';
import { columns, oneLine, wrap } from './layout.ts';
import { formatAmount, formatCount, formatSize, formatNoun, formatUsdUpTo } from './money.ts';
import { nextSteps } from './next-steps.ts';
import { notBelievedInWords } from './not-believed-section.ts';
import { nameInWords, placesInWords } from './place.ts';
import { ranked } from './ranking-section.ts';
import { unreadableDatesInWords } from './unreadable-dates-words.ts';
import { sawNothing, uncountedInWords } from './uncounted.ts';
import { STATUS_WORD } from './words.ts';

/** Together with a prompt and the lines of the phases it fits a terminal of a usual height. */
const MOST_LINES = 30;
/** One step of two lines, and how many there are besides: they are told, however long the rest is. */
const LEAST_STEP_LINES = 5;
const MOST_COLUMNS = 100;
/** What is narrower than any table is left to the terminal to wrap. */
const LEAST_COLUMNS = 40;
const NAMED_ACCOUNTS = 5;
const MOST_GAP_LINES = 4;
const LABEL_LENGTH = 11;
/** A row may have two lines; what is longer is in the text. */
const LINES_OF_A_ROW = 2;

/**
 * Renders a summary for a person at a terminal, at a glance: all of it is in summary.txt, which it
 * names. The first word is the status.
 */
export function renderTable(summary: Summary, terminalColumns: number): string[] {
  const width = Math.max(LEAST_COLUMNS, Math.min(MOST_COLUMNS, terminalColumns));
  const row = makeRow(width);
  const before = [
    ...firstLines(
      wrap(`${STATUS_WORD[summary.status]} ${outcomeInWords(summary)}`, '', '', width),
      width,
    ),
    '',
    ...row('coverage', coverageInWords(summary)),
    ...row('stale', staleInWords(summary)),
    ...row('plan', planInWords(summary)),
    ...row('removed', removedInWords(summary)),
    ...row('change', changeInWords(summary)),
    ...row('beware', notBelievedInWords(summary)),
    ...row('dates', unreadableDatesInWords(summary)),
    ...block(accountLines(summary, width)),
    ...block(gapLines(summary, width)),
    '',
    // Whole, whatever its length: it is there to be copied.
    `${'files'.padEnd(LABEL_LENGTH)}${oneLine(summary.location)}`,
  ];
  return [
    ...before,
    ...stepLines(summary, width, Math.max(LEAST_STEP_LINES, MOST_LINES - before.length)),
  ];
}

function makeRow(width: number) {
  return (label: string, text: string | undefined): string[] =>
    text === undefined
      ? []
      : firstLines(wrap(text, label.padEnd(LABEL_LENGTH), undefined, width), width);
}

function firstLines(lines: readonly string[], width: number): string[] {
  const kept = lines.slice(0, LINES_OF_A_ROW).map((line) => cutToWidth(line, width));
  const last = kept.at(-1);
  if (lines.length <= LINES_OF_A_ROW || last === undefined) return kept;
  const cutOff = last.replace(/ ?\.\.\.$/, '');
  return [...kept.slice(0, -1), `${cutToWidth(cutOff, width - 4).replace(/\.\.\.$/, '')} ...`];
}

function block(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', ...lines];
}

function coverageInWords({ coverage }: Summary): string {
  const { complete, inScope, percent, gaps, acceptedGaps, excluded } = coverage;
  const seen = `${formatCount(complete)} of ${formatNoun(inScope, 'target')} seen completely (${percent} %)`;
  return [
    seen,
    `${formatCount(gaps.length)} not`,
    ...(acceptedGaps.length === 0 ? [] : [`${formatNoun(acceptedGaps.length, 'gap')} accepted`]),
    ...(excluded === 0 ? [] : [`${formatCount(excluded)} excluded`]),
  ].join(', ');
}

function staleInWords(summary: Summary): string {
  if (sawNothing(summary)) return 'not known: nothing was counted';
  const { counts, coverage } = summary;
  const { STALE, UNKNOWN } = counts.verdicts;
  const amount = formatAmount({
    sizeGiB: counts.staleGiB,
    usdUpTo: counts.staleMonthlyCostUsdUpTo,
    unpricedGiB: counts.unpricedGiB,
  });
  const of = `${formatCount(STALE)} of ${formatNoun(counts.resources, 'resource')}`;
  const unknown = UNKNOWN === 0 ? '' : `; ${formatCount(UNKNOWN)} unknown, kept`;
  const uncounted = uncountedInWords(coverage);
  return `${of}${STALE === 0 ? '' : `: ${amount}`}${unknown}${uncounted && `; ${uncounted}`}`;
}

function planInWords({ plan, mode }: Summary): string {
  if (plan === null) return 'none';
  const removals =
    mode === 'delete'
      ? `${formatNoun(plan.removals, 'removal')} planned`
      : `${formatCount(plan.removals)} could be removed now`;
  const reasons = Object.entries(plan.heldByReason)
    .toSorted(([, a], [, b]) => b - a)
    .map(([reason, count]) => `${reason} ${formatCount(count)}`);
  const why = reasons.length === 0 ? '' : ` (${reasons.join(', ')})`;
  return `${removals}, ${formatCount(plan.held)} held back${why}`;
}

function removedInWords({ mode, removals }: Summary): string | undefined {
  const { byOutcome, planned, notSeenInRecycleBin: lost } = removals;
  if (mode !== 'delete') return undefined;
  const amount = formatAmount({
    sizeGiB: removals.removedGiB,
    usdUpTo: removals.removedMonthlyCostUsdUpTo,
    unpricedGiB: removals.removedUnpricedGiB,
  });
  const { REMOVED, ...others } = byOutcome;
  const rest = Object.entries(others)
    .filter(([, count]) => count > 0)
    .map(([outcome, count]) => `${outcome} ${formatCount(count)}`);
  const alarm =
    lost.length === 0 ? '' : `ALARM: ${formatCount(lost.length)} not in the Recycle Bin; `;
  const removed = `${formatCount(REMOVED)} of ${formatCount(planned)}`;
  return [
    `${alarm}${removed}${REMOVED === 0 ? '' : `: ${amount}`}`,
    ...rest,
    ...(REMOVED === 0 ? [] : [`${formatCount(removals.restorable)} restorable`]),
  ].join(', ');
}

function changeInWords({ change, failingAgain }: Summary): string {
  if (!change.compared) return 'not known: no plan was made';
  if (hasNothingToCompare(change)) return 'nothing to compare with: the first execution here';
  const { newlyStale, stillStale, removed, gone, usedAgain, newlyProtected } = change;
  const ended = [
    [removed, 'removed'],
    [gone, 'gone'],
    [usedAgain, 'in use again'],
    [newlyProtected, 'protected'],
  ] as const;
  return [
    `${formatCount(newlyStale)} newly stale`,
    `${formatCount(stillStale)} still`,
    ...ended.flatMap(([count, how]) => (count === 0 ? [] : [`${formatCount(count)} ${how}`])),
    ...(failingAgain.targets + failingAgain.removals === 0
      ? []
      : [`${formatCount(failingAgain.targets + failingAgain.removals)} failed again`]),
  ].join(', ');
}

function accountLines({ byAccount }: Summary, width: number): string[] {
  const accounts = ranked(Object.entries(byAccount));
  if (accounts.length === 0) return [];
  const shown = accounts.slice(0, NAMED_ACCOUNTS);
  const title =
    shown.length < accounts.length
      ? `top ${shown.length} of ${formatCount(accounts.length)} accounts`
      : 'accounts';
  const cells = (id: string, share: Share & { accountName: string | null }, name: number) => [
    accountCell(id, share.accountName ?? '', name),
    formatCount(share.resources),
    formatCount(share.stale),
    formatSize(share.staleGiB),
    upTo(share),
  ];
  const table = (name: number, without: readonly number[]) =>
    columns(
      [
        [title, 'seen', 'stale', 'size', 'USD/month <= '],
        ...shown.map(([id, share]) => cells(id, share, name)),
      ].map((row) => row.filter((_, index) => !without.includes(index))),
      1,
    ).map((line) => line.slice(2));
  // What fits: the whole, or without what was seen, or without the size, too, and names cut shorter.
  const tries = [
    table(36, []),
    table(29, []),
    table(29, [1]),
    table(29, [1, 3]),
    table(12, [1, 3]),
  ];
  const fits = (lines: string[]) => lines.every((line) => displayWidth(line) <= width);
  return tries.find(fits) ?? (tries.at(-1) ?? []).map((line) => cutToWidth(line, width));
}

/** Cut or not, a name ends with its mark, if it has one. */
function accountCell(id: string, accountName: string, width: number): string {
  const cell = `${id} ${nameInWords(accountName)}`.trimEnd();
  const isCutInMarks = cell.endsWith('»') && displayWidth(cell) > width;
  return isCutInMarks ? `${cutToWidth(cell, width - 1)}»` : cutToWidth(cell, width);
}

function gapLines({ coverage }: Summary, width: number): string[] {
  const groups = gapsByStatus(coverage.gaps);
  const named = groups.length > MOST_GAP_LINES ? MOST_GAP_LINES - 1 : MOST_GAP_LINES;
  const rows = groups
    .slice(0, named)
    .map(([status, gaps]) => [status, formatCount(gaps.length), placesInWords(accountsOf(gaps))]);
  const more = groups.slice(named).flatMap(([, gaps]) => gaps).length;
  if (rows.length === 0) return [];
  const lines = columns(
    rows.map(([status = '', count = '', places = '']) => [status, count.padStart(5), places]),
    3,
  );
  return [
    'not seen completely',
    ...lines.map((line) => cutToWidth(line, width)),
    ...(more > 0 ? [`  and ${formatCount(more)} more of other kinds`] : []),
  ];
}

/** Each account once, with its Region, or how many of them. */
function accountsOf(gaps: readonly Gap[]): string[] {
  const regions = new Map<string, (string | null)[]>();
  for (const { accountId, accountName, region } of gaps) {
    const account = `${accountId} ${nameInWords(accountName ?? '')}`.trimEnd();
    regions.set(account, [...(regions.get(account) ?? []), region]);
  }
  return [...regions].map(([account, of]) =>
    of.length > 1 ? `${account} in ${of.length} Regions` : `${account} ${of[0] ?? ''}`.trimEnd(),
  );
}

/** As many steps as there is room for, and the command of a step where it fits: half of one is none. */
function stepLines(summary: Summary, width: number, room: number): string[] {
  const steps = nextSteps(summary).map(({ what, command }, i) => {
    const linesOf = (text: string) => wrap(text, `  ${i + 1}. `, '     ', width);
    const whole = command && linesOf(`${what} ${command.lead}: ${command.command}`);
    const fits = whole !== undefined && whole.length <= LINES_OF_A_ROW;
    return firstLines(fits ? whole : linesOf(what), width);
  });
  const title = ['', 'next (the whole report: summary.txt)'];
  if (steps.length === 0) return [...title, '  Nothing.'];
  let left = room - title.length - 1;
  const named = steps.findIndex((step) => (left -= step.length) < 0);
  if (named === -1) return [...title, ...steps.flat()];
  const more = `  and ${formatCount(steps.length - named)} more`;
  return [...title, ...steps.slice(0, named).flat(), more];
}

function upTo(share: Share): string {
  if (share.unpricedGiB === 0) return `${formatUsdUpTo(share.staleMonthlyCostUsdUpTo)} `;
  if (share.staleMonthlyCostUsdUpTo === 0) return 'no price ';
  return `${formatUsdUpTo(share.staleMonthlyCostUsdUpTo)}+`;
}
