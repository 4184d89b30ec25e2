import { z } from 'zod';
import { Timestamp } from './ids.ts';

/** Clocks differ by seconds; by more than this one of them is wrong. */
export const MOST_CLOCK_DIFFERENCE_MS = 5 * 60_000;

/** What two clocks said at the same moment. */
export const ClockDifference = z.strictObject({
  /** null: no answer of AWS told its time. */
  awsAt: Timestamp.nullable(),
  ownAt: Timestamp,
});
export type ClockDifference = z.infer<typeof ClockDifference>;

/** What can't be compared may be wrong. */
export function isWrong({ awsAt, ownAt }: ClockDifference): boolean {
  if (awsAt === null) return true;
  return !(Math.abs(Date.parse(awsAt) - Date.parse(ownAt)) <= MOST_CLOCK_DIFFERENCE_MS);
}

/** By how much AWS's clock is ahead; negative: behind. 0 where nobody knows. */
export function awsAheadSeconds({ awsAt, ownAt }: ClockDifference): number {
  return awsAt === null ? 0 : Math.round((Date.parse(awsAt) - Date.parse(ownAt)) / 1000);
}

/** Both times, in a sentence without its end. */
export function clocksInWords({ awsAt, ownAt }: ClockDifference): string {
  return awsAt === null
    ? `no answer of AWS told its time, so nobody knows whether the clock here, which says ${ownAt}, is right`
    : `the clock here said ${ownAt} when AWS said ${awsAt}`;
}

export const SET_THE_CLOCK =
  'set the clock of the machine it runs on, and let it be kept by a time service';
