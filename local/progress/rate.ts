import { DAY_MS } from '../../core/model/age.ts';
/** Work that is done, of all there is. */
export interface Work {
  readonly done: number;
  readonly all: number;
}

/** How fast something goes, learned from looks at how much of it is done. Times are milliseconds. */
export interface Meter {
  readonly startedAt: number;
  readonly startedWith: number;
  readonly at: number;
  readonly done: number;
  /** When more was seen to be done for the last time. */
  readonly progressedAt: number;
  /** The rates of all intervals, each weighing less the longer ago it was, and the sum of weights. */
  readonly weighted: number;
  readonly weight: number;
}

/** Shorter, an interval says nothing of a rate; what was done in it counts to the next. */
const LEAST_INTERVAL_MS = 50;
const LEAST_SMOOTHING_MS = 30_000;
/** Less says nothing of what is to come. */
const ENOUGH_MS = 3_000;
const ENOUGH_DONE = 3;
const LONGEST_ESTIMATE_MS = 30 * DAY_MS;

export function startMeter(now: number, done: number): Meter {
  return {
    startedAt: now,
    startedWith: done,
    at: now,
    done,
    progressedAt: now,
    weighted: 0,
    weight: 0,
  };
}

/**
 * A look at how much is done by now. The rate is an average over a window that grows with the time:
 * accounts end in bursts, and an estimate that follows each burst would jump.
 */
export function observe(meter: Meter, now: number, done: number): Meter {
  const interval = now - meter.at;
  if (!(interval >= LEAST_INTERVAL_MS)) return meter;
  const window = Math.max(LEAST_SMOOTHING_MS, (now - meter.startedAt) / 2);
  const kept = Math.exp(-interval / window);
  const rate = Math.max(0, done - meter.done) / interval;
  return {
    ...meter,
    at: now,
    done: Math.max(done, meter.done),
    progressedAt: done > meter.done ? now : meter.progressedAt,
    weighted: meter.weighted * kept + rate * (1 - kept),
    weight: meter.weight * kept + (1 - kept),
  };
}

/** Undefined while there isn't enough to go by. */
export function ratePerMs({ weighted, weight, ...meter }: Meter): number | undefined {
  const isEnough =
    meter.at - meter.startedAt >= ENOUGH_MS && meter.done - meter.startedWith >= ENOUGH_DONE;
  return isEnough && weight > 0 ? weighted / weight : undefined;
}

/** How long the rest takes at this rate; undefined where nobody can tell. */
export function remainingMs(meter: Meter, all: number): number | undefined {
  const rate = ratePerMs(meter);
  if (rate === undefined) return undefined;
  const left = Math.max(0, all - meter.done);
  if (left === 0) return 0;
  const estimate = left / rate;
  // One large account goes on when all others have ended: the estimate is refuted.
  if (meter.at - meter.progressedAt > estimate) return undefined;
  return estimate <= LONGEST_ESTIMATE_MS ? estimate : undefined;
}
