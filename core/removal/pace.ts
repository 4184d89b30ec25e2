import { type RateAnswer, rateAfter, type RemovalRate, startingRate } from './removal-rate.ts';

/** A full batch takes about this long at the rate there is, well within a check's freshness. */
const BATCH_SECONDS = 5;
/** Two paced calls for each, of the closer look, have to fit within a check's freshness. */
const MAX_BATCH = 40;
/** A check further ahead of its first removal than this would soon be too old for it. */
const CHECK_AHEAD_MILLISECONDS = 5_000;

/** Of all removals in one target: the lease makes one invocation the only one that removes there. */
export interface Pace {
  readonly rate: RemovalRate;
  /** Milliseconds since 1970. */
  readonly lastTurnAt: number;
}

export function startPace(removalsPerSecond: number): Pace {
  return { rate: startingRate(removalsPerSecond), lastTurnAt: 0 };
}

export function paceAfter(pace: Pace, answer: RateAnswer): Pace {
  return { ...pace, rate: rateAfter(pace.rate, answer) };
}

/** When the next removal may be requested, in milliseconds. A last turn in the future is a clock set back. */
export function nextTurnAt({ lastTurnAt, rate }: Pace, now: number): number {
  return Math.min(lastTurnAt, now) + 1000 / rate.perSecond;
}

/** When its check may begin: at a slow rate, one made right away would be too old by then. */
export function nextCheckAt(pace: Pace, now: number): number {
  return nextTurnAt(pace, now) - CHECK_AHEAD_MILLISECONDS;
}

/** For how many removals one check is good. */
export function fullBatchSize({ rate }: Pace): number {
  return Math.min(MAX_BATCH, Math.max(1, Math.floor(rate.perSecond * BATCH_SECONDS)));
}

/** After a batch that was managed whole the next may be larger again. */
export function grownBatchSize(batchSize: number, pace: Pace): number {
  return Math.min(fullBatchSize(pace), 2 * batchSize);
}
