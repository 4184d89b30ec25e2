import { z } from 'zod';
import type { Worth } from '../model/amount.ts';
import { digestOf } from '../plan/digest.ts';
import type { ExecutionInput } from '../input/input.ts';
import { leavingOf } from './leaving.ts';
import {
  folded,
  NO_SAVINGS,
  type Saved,
  Savings,
  savedBy,
  savedByKind,
  nothingSaved,
  withRemoved,
} from './savings.ts';
import {
  type Failing,
  failingAgain,
  NOTHING_FAILING,
  type ExecutionResults,
  FailureStreaks,
  withFailures,
} from './failing-again.ts';
import { MOST_TREND_POINTS, type Summary, TrendPoint } from './summary.ts';
import { toStaleWorth, worthOfStale } from './worth.ts';

/** Of one execution, with the digest of what it was asked to look at. */
const TimelinePoint = TrendPoint.extend({ asked: z.string().regex(/^[0-9a-f]{64}$/) });
type TimelinePoint = z.infer<typeof TimelinePoint>;

/** Twenty scopes with a year and more of weekly executions each, or many that were asked for once. */
const MOST_POINTS = 20 * MOST_TREND_POINTS;

/** The last executions, in the order in which they ended, what fails again and again, and what was saved. */
export const Timeline = FailureStreaks.extend({
  schemaVersion: z.literal(1),
  points: z.array(TimelinePoint),
  /** None in files of older versions: they count from the first execution that wrote it. */
  savings: Savings.default(NO_SAVINGS),
});
export type Timeline = z.infer<typeof Timeline>;

export const EMPTY_TIMELINE: Timeline = {
  schemaVersion: 1,
  points: [],
  failingTargets: {},
  failingRemovals: {},
  savings: NO_SAVINGS,
};

/** An execution, as the timeline takes it in. */
export interface Ended extends ExecutionResults {
  readonly point: TrendPoint;
  /** `askedOf` its input. */
  readonly asked: string;
  readonly startedAt: string;
  readonly finishedAt: Date;
  /** It was taken up after it had failed: others may have ended since it was scanned. */
  readonly isLate?: boolean;
  /** Whether its clock is AWS's. Nothing is folded by another, nor taken for gone. */
  readonly isClockRight: boolean;
}

/** What an execution's summary tells of those before it. */
export interface Past {
  readonly previousExecutionId: string | null;
  /** Of the same scope, oldest first. */
  readonly earlier: readonly TrendPoint[];
  readonly failingAgain: Failing;
  /** null: not known. */
  readonly saved: Saved | null;
  /** Of the kinds that something was removed of. */
  readonly savedByKind?: Readonly<Record<string, Saved>>;
  /** Why not all of that is known; null: it is. */
  readonly pastFailure: string | null;
}

export const NO_PAST: Past = {
  previousExecutionId: null,
  earlier: [],
  failingAgain: NOTHING_FAILING,
  saved: null,
  pastFailure: null,
};

/** One execution as a point of the trend over all that are asked to look at the same. */
export function toTrendPoint(
  of: Pick<Summary, 'executionId' | 'finishedAt' | 'mode' | 'coverage' | 'counts' | 'removals'>,
): TrendPoint {
  const { coverage, counts, removals } = of;
  return {
    executionId: of.executionId,
    finishedAt: of.finishedAt,
    mode: of.mode,
    complete: coverage.complete,
    inScope: coverage.inScope,
    stale: counts.verdicts.STALE,
    ...toStaleWorth(worthOfStale(counts)),
    removed: removals.byOutcome.REMOVED,
    removedGiB: removals.removedGiB,
  };
}

/** A summary that tells also of what was before. */
export function withPast(summary: Summary, past: Past): Summary {
  const { previousExecutionId, earlier, failingAgain: failing, saved, pastFailure } = past;
  const { funnel, funnelByKind } = summary;
  return {
    ...summary,
    funnel: funnel && { ...funnel, saved },
    ...(funnelByKind && {
      funnelByKind: Object.fromEntries(
        Object.entries(funnelByKind).map(([kind, of]) => [
          kind,
          { ...of, saved: saved && (past.savedByKind?.[kind] ?? nothingSaved(saved)) },
        ]),
      ),
    }),
    pastFailure,
    change: { ...summary.change, previousExecutionId },
    failingAgain: failing,
    trend: [
      ...earlier,
      { ...toTrendPoint(summary), ...(saved && { saved: worthOf(saved) }) },
    ].slice(-MOST_TREND_POINTS),
  };
}

/**
 * The same for executions that are asked to look at the same: their figures can be compared. What
 * they accept as gaps they look at nevertheless, and a policy may change over time.
 */
export function askedOf({ scope, kinds }: Pick<ExecutionInput, 'scope' | 'kinds'>): string {
  const { accepted: _accepted, retryOf = null, ...lists } = scope;
  const sorted = Object.entries(lists).map(([name, list]) => [name, list.toSorted()]);
  return digestOf({ ...Object.fromEntries(sorted), retryOf, kinds: kinds.toSorted() });
}

/**
 * The timeline with an execution that has ended. Taken in again, it changes no more than the figures
 * of its own point: what failed in it has been counted.
 */
export function withExecution(timeline: Timeline, ended: Ended): Timeline {
  const { point, asked } = ended;
  const { points } = timeline;
  const savings = withSavings(timeline.savings, ended);
  const index = points.findIndex(({ executionId }) => executionId === point.executionId);
  const known = points[index];
  if (known === undefined) {
    const at = ended.isLate ? points.findIndex((other) => isAfter(other, point)) : -1;
    const isNewest = at === -1;
    const place = isNewest ? points.length : at;
    return {
      ...timeline,
      points: bounded(points.toSpliced(place, 0, { ...point, asked })),
      // What fails again is counted from one execution to the next: one in between came too late.
      ...(isNewest && withFailures(timeline, ended, point)),
      savings,
    };
  }
  const { finishedAt } = known;
  return { ...timeline, points: points.with(index, { ...point, asked, finishedAt }), savings };
}

function isAfter(other: TrendPoint, point: TrendPoint): boolean {
  return Date.parse(other.finishedAt) > Date.parse(point.finishedAt);
}

/** A wrong clock removes nothing: it only reads. */
function withSavings(savings: Savings, ended: Ended): Savings {
  if (!ended.isClockRight) return savings;
  const { startedAt, finishedAt, removals, point } = ended;
  const of = { startedAt, endedAt: finishedAt.toISOString(), leaving: leavingOf(removals) };
  return folded(withRemoved(savings, point.executionId, of), finishedAt);
}

/** @param timeline that has taken the execution in */
export function pastOf(timeline: Timeline, ended: Ended): Past {
  const { point, asked, finishedAt, isClockRight } = ended;
  const { points, savings } = timeline;
  const index = points.findIndex(({ executionId }) => executionId === point.executionId);
  const before = points.slice(0, index);
  const comparable = before.filter((other) => other.asked === asked);
  return {
    previousExecutionId: (comparable.at(-1) ?? before.at(-1))?.executionId ?? null,
    earlier: comparable
      .slice(1 - MOST_TREND_POINTS)
      .map(({ asked: _asked, ...trend }) => ({ ...trend, ...savedUntil(trend, savings) })),
    failingAgain: failingAgain(timeline, ended),
    saved: isClockRight ? savedBy(savings, finishedAt) : null,
    savedByKind: savedByKind(savings, finishedAt),
    pastFailure: null,
  };
}

/** Before the first that is counted, and by what has been folded since, nobody knows. */
function savedUntil({ finishedAt }: TrendPoint, savings: Savings): Pick<TrendPoint, 'saved'> {
  const isPast = (time: string | null) =>
    time === null || Date.parse(finishedAt) > Date.parse(time);
  if (savings.since === null || !isPast(savings.since) || !isPast(savings.foldedUntil)) return {};
  return { saved: worthOf(savedBy(savings, new Date(finishedAt))) };
}

function worthOf({ gone: { resources: _resources, ...worth } }: Saved): Worth {
  return worth;
}

/** Of each scope the last points; where these are too many, those of the scopes asked for last. */
function bounded(points: readonly TimelinePoint[]): TimelinePoint[] {
  const byScope = new Map<string, TimelinePoint[]>();
  for (const point of points.toReversed()) {
    const ofScope = byScope.get(point.asked) ?? [];
    if (ofScope.length < MOST_TREND_POINTS) ofScope.push(point);
    byScope.set(point.asked, ofScope);
  }
  const kept = new Set([...byScope.values()].flat().slice(0, MOST_POINTS));
  return points.filter((point) => kept.has(point));
}
