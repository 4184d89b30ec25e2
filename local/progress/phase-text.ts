import { minute } from '../../report/format/moment.ts';
import { formatCount, formatNoun } from '../../report/format/money.ts';
import { REMOVAL_WORDS } from '../../report/words/removal-words.ts';
import { type Facts, type Measured, measuredIn } from './facts.ts';
import { fitParts, type Part } from './fit-parts.ts';
import { DOING, DONE, type Phase } from './phases.ts';
import { type Meter, ratePerMs, remainingMs, type Work } from './rate.ts';
import { elapsedInWords, leftInWords, tookInWords } from '../terminal/time-words.ts';

/** A phase that goes on. */
export interface LivePhase {
  readonly phase: Phase;
  /** Which of the execution's phases it is; undefined where nobody knows how many there are. */
  readonly step: { readonly number: number; readonly of: number } | undefined;
  readonly elapsedMs: number;
  readonly meter: Meter | undefined;
  readonly facts: Facts;
  /** Errors that were not told in lines of their own, as there are too many. */
  readonly untold: number;
}

/** A line that has room for everything has room for a long bar; in a usual terminal it is short. */
const WIDE_COLUMNS = 90;
const barLength = (columns: number) => (columns < WIDE_COLUMNS ? 5 : 10);

/** One line: the phase, what is done of all there is, how fast, and how long it still takes. */
export function livePhaseText(live: LivePhase, columns: number): string {
  const { phase, step, elapsedMs, meter, facts, untold } = live;
  const measured = measuredIn(phase, facts);
  const rest = restInWords(phase, facts, meter);
  const rate = meter && measured && rateInWords(meter, measured);
  return fitParts(
    [
      part(DOING[phase], 10),
      ...(step ? [part(`(step ${step.number} of ${step.of})`, 1, ' ')] : []),
      ...(measured && measured.all > 0 ? [part(bar(measured, barLength(columns)), 6.5, ' ')] : []),
      ...countsIn(phase, facts),
      ...(untold > 0 ? [part(`and ${formatNoun(untold, 'more error')} so far`, 6)] : []),
      ...(rate === undefined ? [] : [part(rate, 4)]),
      part(elapsedInWords(elapsedMs), 2),
      ...(rest === undefined ? [] : [part(rest, 8)]),
    ],
    columns,
  );
}

/** A phase that has ended: what it came to, and how long it took. */
export function endedPhaseText(
  { phase, facts, elapsedMs }: Pick<LivePhase, 'phase' | 'facts' | 'elapsedMs'>,
  columns: number,
): string {
  const [first, ...others] = resultsOf(phase, facts);
  const parts = [
    part(first === undefined ? DONE[phase] : DONE[phase].padEnd(10), 10),
    ...(first === undefined ? [] : [part(first, 8, ' ')]),
    // The last one tells what is missing or went wrong.
    ...others.map((text, index) => part(text, 1 + index, ', ')),
    part(tookInWords(elapsedMs), 9, '   '),
  ];
  return fitParts(parts, columns);
}

function countsIn(phase: Phase, facts: Facts): Part[] {
  const { accounts, targets, stale, incomplete, removals, unremoved, waitsUntil } = facts;
  if (phase === 'remove') {
    return [
      ...(removals ? [part(`deletions ${of(removals)}`, 9)] : []),
      ...(unremoved > 0 ? [part(`${formatCount(unremoved)} failed`, 7)] : []),
    ];
  }
  if (phase === 'approve' && waitsUntil !== undefined)
    return [part(`until ${minute(waitsUntil)}`, 8)];
  if (phase !== 'look') return [];
  const { done, all } = targets;
  return [
    ...(accounts ? [part(`accounts ${of(accounts)}`, 9)] : []),
    ...(done === 0 && (all ?? 0) === 0
      ? []
      : [part(`account-Regions ${all === undefined ? formatCount(done) : of({ done, all })}`, 6)]),
    ...(done > 0 ? [part(`${formatCount(stale)} unused`, 5)] : []),
    ...(incomplete > 0 ? [part(`${formatCount(incomplete)} not complete`, 7)] : []),
  ];
}

function resultsOf(phase: Phase, facts: Facts): string[] {
  const { accounts, targets, stale, incomplete, plan, removals, removed, stepped, unremoved } =
    facts;
  switch (phase) {
    case 'prepare':
      return accounts ? [`${formatNoun(accounts.all, 'account')} to scan`] : [];
    case 'look': {
      const least = targets.areAllRead ? '' : 'at least ';
      return [
        ...(accounts
          ? [`${formatCount(accounts.done)} of ${formatNoun(accounts.all, 'account')}`]
          : []),
        ...(targets.done > 0
          ? [
              `${least}${formatNoun(targets.done, 'account-Region')}`,
              `${least}${formatCount(stale)} unused`,
            ]
          : []),
        ...(incomplete > 0 ? [`${formatCount(incomplete)} not complete`] : []),
      ];
    }
    case 'plan':
      return plan
        ? [`${formatNoun(plan.removals, 'deletion')}`, `${formatCount(plan.held)} held back`]
        : [];
    case 'approve':
      return ['for a decision'];
    case 'remove':
      return [
        ...(removals ? [`${formatCount(removed)} of ${formatCount(removals.all)}`] : []),
        ...(stepped > 0 ? [`${formatCount(stepped)} ${REMOVAL_WORDS.STEP_DONE.listed}`] : []),
        ...(unremoved > 0 ? [`${formatCount(unremoved)} failed`] : []),
      ];
    case 'sumUp':
      return [];
  }
}

/** In ASCII, so that it can be read in every font, and without colour. */
function bar({ done, all }: Work, length: number): string {
  const full = Math.floor((Math.min(done, all) / all) * length);
  return `[${'#'.repeat(full)}${'-'.repeat(length - full)}]`;
}

/** How long the rest takes; where the rate told of an end that has passed, what is waited for. */
function restInWords(phase: Phase, facts: Facts, meter: Meter | undefined): string | undefined {
  const measured = measuredIn(phase, facts);
  if (meter === undefined || measured === undefined) return undefined;
  const left = remainingMs(meter, measured.all);
  if (left !== undefined) return left === 0 ? undefined : leftInWords(left);
  const counted = ratePerMs(meter) === undefined ? undefined : countedIn(measured, facts);
  if (counted === undefined || counted.all <= counted.done) return undefined;
  return `waiting for ${formatNoun(counted.all - counted.done, NOUNS[counted.unit])}`;
}

const NOUNS = { targets: 'account-Region', accounts: 'account', removals: 'deletion' } as const;

/** How many targets there are is a guess until all accounts are listed; the accounts are counted. */
function countedIn(measured: Measured, { accounts, targets }: Facts): Measured | undefined {
  if (measured.unit !== 'targets' || targets.expected === targets.all) return measured;
  return accounts && { ...accounts, unit: 'accounts' };
}

function rateInWords(meter: Meter, { unit }: Measured): string | undefined {
  const rate = ratePerMs(meter);
  if (rate === undefined) return undefined;
  if (unit === 'removals') return `${(rate * 1_000).toFixed(1)} deletions/s`;
  return `${formatCount(rate * 60_000)} ${NOUNS[unit]}s/min`;
}

function of({ done, all }: Work): string {
  return `${formatCount(done)}/${formatCount(all)}`;
}

function part(text: string, weight: number, after = ' · '): Part {
  return { text, weight, after };
}
