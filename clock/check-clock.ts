import type { AwsTime } from './aws-time.ts';
import {
  type ClockDifference,
  clocksInWords,
  isWrong,
  SET_THE_CLOCK,
} from '../core/model/clock-difference.ts';
import { ClockDisagrees } from '../core/model/errors.ts';

interface Deps {
  readonly awsTime: Pick<AwsTime, 'latest'>;
}

/** What the clock here and AWS's said at the latest answer, where that is too far apart; or null. */
export function findWrongClock({ awsTime }: Deps): ClockDifference | null {
  const latest = awsTime.latest();
  return isWrong(latest) ? latest : null;
}

/**
 * Ages, graces and leases go by the clock. To be asked wherever something decides by it: a clock may
 * jump, and each function has its own.
 *
 * @throws {ClockDisagrees} naming both times
 */
export function refuseWrongClock(deps: Deps): void {
  const wrong = findWrongClock(deps);
  if (wrong === null) return;
  throw new ClockDisagrees(
    `${clocksInWords(wrong)}. Nothing is removed with more than 5 minutes between them: ${SET_THE_CLOCK}.`,
  );
}

/** A report goes on, and says so; where something may be removed, nothing does. */
export function checkClock(deps: Deps, mode: 'report' | 'delete'): ClockDifference | null {
  if (mode === 'delete') refuseWrongClock(deps);
  return findWrongClock(deps);
}
