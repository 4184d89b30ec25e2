import { z } from 'zod';
import { DAY_MS } from '../model/age.ts';
import { Timestamp } from '../model/ids.ts';
import type { KindLook } from './outcome.ts';

/** A reference listing whose loss would make much of a kind look stale that is in use. */
export interface WatchedSource {
  readonly source: string;
  /** Where there are resources of the kind there is some of it, or the listing is lost. */
  readonly neverEmpty?: true;
}

/** Fewer than this may well go from one week to the next. */
const FEWEST_TO_COMPARE = 10;
/** A count that stays low for so long, and was told of each time, is how it is now. */
const USUAL_AFTER_DAYS = 21;

/** What reference listings of one kind usually have in a target, by source: how many, when seen so last. */
export const UsualReferences = z.record(
  z.string(),
  z.strictObject({
    count: z.int().min(0),
    at: Timestamp,
    /** Since when looks have had far fewer. */
    lowSince: Timestamp.optional(),
  }),
);
export type UsualReferences = z.infer<typeof UsualReferences>;

/**
 * What is usual after a complete look. A count below the floor doesn't become usual by being seen
 * once: else the next execution, an hour later, would find nothing strange about it.
 *
 * @param minReferencePercent of the usual count that a look must have; 0: any count is usual
 */
export function usualAfter(
  usual: UsualReferences,
  look: {
    readonly references?: KindLook['references'];
    readonly watched: readonly WatchedSource[];
    readonly minReferencePercent: number;
    readonly now: Date;
  },
): UsualReferences {
  const { references = {}, watched, minReferencePercent: minPercent, now } = look;
  const next = { ...usual };
  for (const { source } of watched) {
    const count = references[source];
    if (count === undefined) continue;
    const before = usual[source];
    if (before === undefined || !isFarBelow(count, before.count, minPercent)) {
      next[source] = { count, at: now.toISOString() };
      continue;
    }
    const { lowSince = now.toISOString() } = before;
    const isUsualNow = now.getTime() - Date.parse(lowSince) >= USUAL_AFTER_DAYS * DAY_MS;
    next[source] = isUsualNow ? { count, at: now.toISOString() } : { ...before, lowSince };
  }
  return next;
}

/**
 * Whether the references to one kind are too few to believe: far below what is usual, or none at all
 * of what there always is beside such resources.
 *
 * @param resources how many of the kind the target has
 * @param usual after this look: what stays too few for long enough is usual by then
 */
export function isBelowFloor(
  look: {
    readonly references?: KindLook['references'];
    readonly watched: readonly WatchedSource[];
    readonly resources: number;
  },
  usual: UsualReferences,
  minPercent: number,
): boolean {
  if (minPercent === 0) return false;
  const { references = {}, watched, resources } = look;
  return watched.some(({ source, neverEmpty }) => {
    const count = references[source];
    const before = usual[source];
    if (neverEmpty && count === 0 && resources > 0) return true;
    return (
      count !== undefined && before !== undefined && isFarBelow(count, before.count, minPercent)
    );
  });
}

function isFarBelow(count: number, usual: number, minPercent: number): boolean {
  return usual >= FEWEST_TO_COMPARE && count * 100 < minPercent * usual;
}
