import {
  type ClockDifference,
  clocksInWords,
  SET_THE_CLOCK,
} from '../../core/model/clock-difference.ts';
import { InvalidInput } from '../../core/model/errors.ts';
import { findWrongClock } from '../../clock/check-clock.ts';
import type { PrepareDeps } from '../deps.ts';

/** @throws {InvalidInput} */
export function refuseUnlessDeletable({ settings }: Pick<PrepareDeps, 'settings'>): void {
  if (!settings.deletionEnabled) {
    throw new InvalidInput(
      'input.mode: "delete" – accepted: "report" (deletion is not enabled where this orgsweep runs)',
    );
  }
}

/** Ages and graces go by the clock: with a wrong one, what is young would be removed. */
export function refuseClock(wrong: ClockDifference): never {
  const accepted = wrong.awsAt === null ? "AWS's own time" : `"${wrong.awsAt}", AWS's own time`;
  throw new InvalidInput(
    `clock: "${wrong.ownAt}" – accepted: ${accepted}, give or take 5 minutes (${clocksInWords(wrong)}): ` +
      `${SET_THE_CLOCK}, then start anew; "mode": "report" goes on with a wrong one`,
  );
}

/** @throws {InvalidInput} where the clock is too far from AWS's */
export function refuseDeletionByWrongClock(deps: PrepareDeps): void {
  const clock = findWrongClock(deps);
  if (clock !== null) refuseClock(clock);
}
