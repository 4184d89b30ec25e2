/** Time as the orchestration sees it; decisions in `core/` get a plain `now` instead. */
export interface Clock {
  now(): Date;
  sleep(milliseconds: number): Promise<void>;
  /** How many times as fast as the machine's it runs; left out: once. */
  readonly speed?: number;
}

export const systemClock: Clock = {
  now: () => new Date(),
  sleep: async (milliseconds) => {
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
  },
};

/**
 * A clock that starts at `start` and runs `speed` times as fast as the machine's: the simulated
 * organization and orgsweep share one, so that a minute of polite waiting costs a second.
 */
export function fastClock(start: Date, speed: number): Clock {
  const realStart = performance.now();
  return {
    speed,
    now: () => new Date(start.getTime() + (performance.now() - realStart) * speed),
    sleep: async (milliseconds) => systemClock.sleep(milliseconds / speed),
  };
}

/**
 * By which every answer of the simulated organization says that it is none of AWS's, and how its
 * clock goes.
 */
export const SIMULATED_CLOCK_HEADER = 'x-orgsweep-simulated-clock';

export function clockInHeader(clock: Clock): string {
  return `${clock.now().toISOString()} speed=${clock.speed ?? 1}`;
}
