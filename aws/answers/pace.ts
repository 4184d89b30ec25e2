import type { Clock } from '../../clock/clock.ts';

/** AWS refills most buckets of reads with 20 a second, for everybody in the account and Region. */
const POLITE = { burst: 20, perSecond: 10 };

/**
 * Waits its turn before each call of a run of many calls to one API, so that the account's own users
 * of that API keep at least half of it. The first few go at once.
 *
 * @see https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html
 */
export function makePace(clock: Clock, { burst, perSecond } = POLITE): () => Promise<void> {
  let startedAt = clock.now().getTime();
  let latest = startedAt;
  let calls = 0;
  return async () => {
    const now = clock.now().getTime();
    // By a clock that was set back the next turn would be as far off as that, and what was read, old.
    startedAt -= Math.max(0, latest - now);
    latest = now;
    const due = startedAt + (Math.max(0, calls - burst + 1) / perSecond) * 1000;
    calls += 1;
    const wait = due - now;
    if (wait > 0) await clock.sleep(wait);
  };
}
