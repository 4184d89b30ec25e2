import type { Clock } from '../../clock/clock.ts';

export const NOW = new Date('2026-11-21T12:00:00.000Z');

/** A clock that stands still until it is told; sleeping moves it on. */
export function makeManualClock(
  start: Date = NOW,
): Clock & { advance(milliseconds: number): void } {
  let now = start.getTime();
  const advance = (milliseconds: number) => {
    now += milliseconds;
  };
  return {
    now: () => new Date(now),
    sleep: async (milliseconds) => advance(milliseconds),
    advance,
  };
}
