/**
 * How fast removals are requested in one account and Region. EC2 throttles each API per account and
 * Region, whoever calls it: a throttled answer says that somebody there is kept from working.
 */
export interface RemovalRate {
  readonly perSecond: number;
  /** What was set; never exceeded. */
  readonly mostPerSecond: number;
}

/** `ACCEPTED`: carried out. Any other answer says nothing about the rate. */
export type RateAnswer = 'THROTTLED' | 'ACCEPTED';

/** One request in ten seconds still finds out when the others have gone. */
const LEAST_PER_SECOND = 0.1;
/**
 * Added by each accepted request: 5 % of a rate of 1 in each second. It takes about fifteen seconds
 * to double the rate, and so fifty requests from one throttled answer to the next where the limit
 * is the DeleteSnapshot bucket's 5 a second.
 */
const RECOVERY_PER_SECOND = 0.05;

/** @throws {RangeError} for a rate at which nothing would ever be removed, or that has no bound */
export function startingRate(mostPerSecond: number): RemovalRate {
  if (!(mostPerSecond > 0) || mostPerSecond === Infinity) {
    throw new RangeError(`removals per second: ${mostPerSecond} – accepted: more than 0`);
  }
  return { perSecond: mostPerSecond, mostPerSecond };
}

/** Half as fast after a throttled answer, a little faster after each accepted one. */
export function rateAfter(rate: RemovalRate, answer: RateAnswer): RemovalRate {
  const { perSecond, mostPerSecond } = rate;
  const next =
    answer === 'THROTTLED'
      ? Math.max(LEAST_PER_SECOND, perSecond / 2)
      : perSecond + RECOVERY_PER_SECOND;
  return { mostPerSecond, perSecond: Math.min(mostPerSecond, next) };
}
