import { type Clock, fastClock } from '../../clock/clock.ts';

/** So much time is set aside at once: a file that grew with every look at a clock would be none. */
const SET_ASIDE_MILLISECONDS = 60_000;

export interface KeptClock extends Clock {
  /** From now on it sets nothing aside. @returns what time it is */
  stop(): Date;
}

/**
 * The clock of a kept organization. Whatever time it says was set aside before, so that whoever goes
 * on with it after a kill begins later than everything that this one has dated.
 *
 * @param setAside to be kept before it returns
 */
export function makeKeptClock(
  start: Date,
  speed: number,
  setAside: (upTo: Date) => void,
): KeptClock {
  const clock = fastClock(start, speed);
  let upTo = start;
  let isStopped = false;
  return {
    speed,
    sleep: clock.sleep,
    now: () => {
      const now = clock.now();
      if (now > upTo && !isStopped) {
        const next = new Date(now.getTime() + SET_ASIDE_MILLISECONDS);
        setAside(next);
        upTo = next;
      }
      return now;
    },
    stop: () => {
      isStopped = true;
      return clock.now();
    },
  };
}
