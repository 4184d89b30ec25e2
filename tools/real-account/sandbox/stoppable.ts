import type { Clock } from '../../../clock/clock.ts';

/** A clock whose waits end with an error once somebody stops: what is under way is cleaned up then. */
export function stoppable(clock: Clock, signal: AbortSignal): Clock {
  const stopped = () => new Error('stopped by Ctrl-C');
  return {
    ...clock,
    now: () => clock.now(),
    sleep: async (milliseconds) => {
      if (signal.aborted) throw stopped();
      let onAbort = () => {};
      const aborted = new Promise<never>((_, fail) => {
        onAbort = () => fail(stopped());
        signal.addEventListener('abort', onAbort, { once: true });
      });
      try {
        await Promise.race([clock.sleep(milliseconds), aborted]);
      } finally {
        signal.removeEventListener('abort', onAbort);
      }
    },
  };
}
