import { DAY_MS } from '../../core/model/age.ts';
import type { Observations } from '../../core/model/verdict.ts';
import type { EbsVolume } from './facts.ts';

/** The state that each look remembers; AWS tells no time of a detachment. */
export const UNATTACHED = 'unattached';

export function isUnattached({
  state,
  attachments,
}: Pick<EbsVolume, 'state' | 'attachments'>): boolean {
  return state === 'available' && attachments.length === 0;
}

/** Since when a volume is known to be unattached at least, and what says so. */
export interface Unattached {
  /**
   * - `metrics`: its metrics end then, as far as they show.
   * - `silence`: CloudWatch has had none, as far as it goes back or since the volume was made.
   * - `looks`: it was seen so at each look, and not in between.
   */
  readonly by: 'metrics' | 'silence' | 'looks';
  readonly since: string;
  /** Whole days. */
  readonly days: number;
}

/**
 * Since when something that runs has had the volume no more. A day with a datapoint counts as a whole
 * day of use. How old the volume is says nothing.
 *
 * @returns null where nothing tells
 */
export function unattachedSince(
  { metrics, createdAt }: Pick<EbsVolume, 'metrics' | 'createdAt'>,
  seen: Observations,
  now: Date,
): Unattached | null {
  if (metrics === null || metrics === 'not-needed') return null;
  const of = (by: Unattached['by'], since: string) => ({ by, since, days: daysUntil(now, since) });
  const seenSince = seen[UNATTACHED]?.since;
  if (metrics === 'no-control') return seenSince === undefined ? null : of('looks', seenSince);
  const { from, lastDay } = metrics;
  if (lastDay === null) return of('silence', laterOf(startOf(from), createdAt));
  const since = dayAfter(lastDay);
  if (isProvedByMetrics({ metrics })) return of('metrics', since);
  if (seenSince === undefined) return null;
  const isLooks = Date.parse(seenSince) > Date.parse(since);
  return isLooks ? of('looks', seenSince) : of('metrics', since);
}

/** Whether something stood beside it that shows, so that CloudWatch's silence says something. */
export function isProvedByMetrics({ metrics }: Pick<EbsVolume, 'metrics'>): boolean {
  return typeof metrics === 'object' && metrics !== null && metrics.isUncontrolled !== true;
}

/** For how many whole days something that runs hasn't had it, by its last datapoint; null: it has none. */
export function daysSinceLastDay(
  { metrics }: Pick<EbsVolume, 'metrics'>,
  now: Date,
): number | null {
  const lastDay = typeof metrics === 'object' ? metrics?.lastDay : null;
  return lastDay ? daysUntil(now, dayAfter(lastDay)) : null;
}

/** Whether its last metrics are of the days of a replacement, as those of the old root volume are. */
export function wasReplacedThen(
  { metrics }: Pick<EbsVolume, 'metrics'>,
  { startedAt, endedAt }: EbsVolume['rootReplacements'][number],
): boolean {
  if (metrics === null || metrics === 'not-needed') return false;
  // No metrics tell it from any other volume that was there then.
  if (metrics === 'no-control' || metrics.isUncontrolled === true) return true;
  if (metrics.lastDay === null) return false;
  if (startedAt === null) return true;
  const day = Date.parse(metrics.lastDay);
  const end = endedAt === null ? Infinity : Date.parse(endedAt) + DAY_MS;
  return day >= Date.parse(startedAt) - 2 * DAY_MS && day <= end;
}

function daysUntil(now: Date, since: string): number {
  return Math.floor((now.getTime() - Date.parse(since)) / DAY_MS);
}

function startOf(day: string): string {
  return new Date(day).toISOString();
}

function dayAfter(day: string): string {
  return new Date(Date.parse(day) + DAY_MS).toISOString();
}

function laterOf(one: string, other: string | null): string {
  return other !== null && Date.parse(other) > Date.parse(one) ? other : one;
}
