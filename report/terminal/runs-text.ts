import { z } from 'zod';
import type { Worth } from '../../core/model/amount.ts';
import { ExecutionId, Timestamp } from '../../core/model/ids.ts';
import { StaleWorth } from '../../core/outcome/outcome.ts';
import { SummaryStatus } from '../../core/summary/summary.ts';
import { RemovedWorth, worthOfRemoved, worthOfStale } from '../../core/summary/worth.ts';
import { columns } from '../format/layout.ts';
import { minute } from '../format/moment.ts';
import { formatCount } from '../format/money.ts';
import { costInCell, isPriced } from '../words/worth-words.ts';

const count = z.int().min(0);

/** Of `summary.json`, what a list of runs shows. Those of other versions are read too. */
export const RunInBrief = z.looseObject({
  executionId: ExecutionId,
  mode: z.enum(['report', 'delete']),
  status: SummaryStatus,
  startedAt: Timestamp,
  finishedAt: Timestamp,
  coverage: z.looseObject({ complete: count, inScope: count, percent: z.number() }),
  counts: z.looseObject({
    verdicts: z.looseObject({ STALE: count }),
    ...StaleWorth.shape,
  }),
  removals: z.looseObject({
    byOutcome: z.looseObject({ REMOVED: count }),
    ...RemovedWorth.shape,
  }),
  simulated: z.boolean().default(false),
});
export type RunInBrief = z.infer<typeof RunInBrief>;

/** A run that a folder or a bucket has. */
export interface KnownRun {
  readonly executionId: string;
  /** null: it has not ended, was broken off, or left what this version cannot read. */
  readonly brief: RunInBrief | null;
  /** Where it has no summary: whether it waits for somebody's decision. */
  readonly isWaiting: boolean;
  /** Whether it left a summary that cannot be read. */
  readonly isUnreadable: boolean;
}

/** For programs: the names that `summary.json` has. */
export function runForPrograms({ executionId, brief, isWaiting, isUnreadable }: KnownRun) {
  if (brief === null) return { executionId, status: null, isWaiting, isUnreadable };
  const { counts, removals, coverage } = brief;
  return {
    executionId,
    status: brief.status,
    mode: brief.mode,
    startedAt: brief.startedAt,
    finishedAt: brief.finishedAt,
    simulated: brief.simulated,
    complete: coverage.complete,
    inScope: coverage.inScope,
    percent: coverage.percent,
    stale: counts.verdicts.STALE,
    staleGiB: counts.staleGiB,
    staleMonthlyCostUsdUpTo: counts.staleMonthlyCostUsdUpTo,
    unpricedGiB: counts.unpricedGiB,
    unpricedUnsized: counts.unpricedUnsized,
    removed: removals.byOutcome.REMOVED,
    removedGiB: removals.removedGiB,
    removedMonthlyCostUsdUpTo: removals.removedMonthlyCostUsdUpTo,
  };
}

/** The id that orgsweep gives a run tells these two, too: a narrow terminal goes without them. */
const TOLD_BY_ID = new Set(['STARTED', 'MODE']);
const TO_THE_LEFT = new Set(['RUN', 'STARTED', 'MODE', 'STATUS']);

const CELLS: Readonly<Record<string, (run: RunInBrief) => string>> = {
  RUN: ({ executionId }) => executionId,
  STARTED: ({ startedAt }) => minute(startedAt),
  MODE: ({ mode }) => mode,
  STATUS: ({ status }) => status,
  SCANNED: ({ coverage: { inScope, percent } }) => (inScope === 0 ? '' : `${percent}%`),
  UNUSED: ({ counts }) => formatCount(counts.verdicts.STALE),
  'COST A MONTH': ({ counts }) => costWithPlus(worthOfStale(counts)),
  SAVED: ({ removals }) =>
    removals.byOutcome.REMOVED === 0 ? '' : costWithPlus(worthOfRemoved(removals)),
};

/**
 * A line for each run, in the order given, and what the figures mean.
 *
 * @param width of the terminal; undefined: nobody knows
 */
export function renderRuns(runs: readonly KnownRun[], inAll: number, width?: number): string {
  const all = tableOf(runs, Object.keys(CELLS));
  const isTooWide = all.some((line) => line.length > (width ?? Infinity));
  const narrow = Object.keys(CELLS).filter((heading) => !TOLD_BY_ID.has(heading));
  const notes = [
    ...(inAll > runs.length
      ? [`The newest ${runs.length} of ${formatCount(inAll)} runs; --limit ${inAll} lists all.`]
      : []),
    ...(runs.some(({ brief }) => brief !== null && hasPlus(worthOfStale(brief.counts)))
      ? ['"+": and what has no known price. Costs and savings are upper bounds.']
      : []),
  ];
  const lines = isTooWide ? tableOf(runs, narrow) : all;
  return `${[...lines, ...(notes.length === 0 ? [] : ['', ...notes])].join('\n')}\n`;
}

function tableOf(runs: readonly KnownRun[], headings: readonly string[]): string[] {
  const left = headings.filter((heading) => TO_THE_LEFT.has(heading)).length;
  const rows = runs.map((run) => headings.map((heading) => cellOf(run, heading)));
  return columns([headings, ...rows], left).map((line) => line.slice(2));
}

function cellOf(
  { executionId, brief, isWaiting, isUnreadable }: KnownRun,
  heading: string,
): string {
  if (brief !== null) return CELLS[heading]?.(brief) ?? '';
  if (heading === 'RUN') return executionId;
  if (heading !== 'STATUS') return '';
  return isUnreadable ? 'unreadable' : isWaiting ? 'waits for approval' : 'has not ended';
}

function costWithPlus(worth: Worth): string {
  return `${costInCell(worth)}${hasPlus(worth) ? ' +' : ''}`;
}

function hasPlus(worth: Worth): boolean {
  return worth.monthlyCostUsdUpTo > 0 && !isPriced(worth);
}
