import { z } from 'zod';
import { folded } from './likeness.ts';

/** How a date is to be written, for whoever wrote another one. */
export const KEEP_UNTIL_FORMAT = 'YYYY-MM-DD, such as 2026-12-31';

/** A day ends last where the clock is twelve hours behind UTC. */
const LAST_TIME_ZONE_HOURS = 12;
const HOUR_MS = 3_600_000;

/** EC2 had no tags before: a year that can't be meant. */
const FIRST_YEAR = '2000';

// The year first: nobody writes the day before the month there. 31.12.2026 could be read, 01.02.2026 not.
const DAY = /^(?<year>\d{4})(?<between>[-/.]?)(?<month>\d{2})\k<between>(?<day>\d{2})$/;

/**
 * The day that a keep-until tag names, `YYYY-MM-DD`; null where nobody can be sure of it. Also read:
 * `2026/12/31`, `2026.12.31`, `20261231`, and a timestamp of ISO 8601, of which the day counts.
 */
export function readKeepUntil(value: string): string | null {
  const text = folded(value)
    .trim()
    .replace(/\p{Pd}/gu, '-');
  const isTimestamp = z.iso.datetime({ offset: true, local: true }).safeParse(text).success;
  const { year, month, day } = DAY.exec(isTimestamp ? text.slice(0, 10) : text)?.groups ?? {};
  if (year === undefined || year < FIRST_YEAR) return null;
  const date = z.iso.date().safeParse(`${year}-${month}-${day}`);
  return date.success ? date.data : null;
}

/** Whether that day has ended everywhere on earth. */
export function isOverEverywhere(day: string, now: Date): boolean {
  const ends = Date.parse(`${day}T00:00:00Z`) + (24 + LAST_TIME_ZONE_HOURS) * HOUR_MS;
  return now.getTime() >= ends;
}
