import fc from 'fast-check';
import type { Clock } from '../../../clock/clock.ts';
import type { Lane, VirtualTime } from '../run/virtual-time.ts';

/** By how much a machine's clock is ahead of AWS's; behind, where it is negative. */
export interface ClockShape {
  readonly minutes: number;
  /** From one of its store operations or calls on it is wrong by so much. */
  readonly jump: { readonly at: number; readonly minutes: number } | null;
}

const HOUR = 60;
const DAY = 24 * HOUR;
/** About the five minutes that are allowed, about grace and minimum age, and far beyond. */
const SIZES = [1, 3, 4, 6, 30, 3 * HOUR, DAY, 8 * DAY, 15 * DAY, 40 * DAY, 60 * DAY];
const OFFSETS = SIZES.flatMap((minutes) => [minutes, -minutes]);
const ALLOWED = [0, 1, -1, 3, -3, 4, -4];

export const wrongClock: fc.Arbitrary<ClockShape> = fc.record({
  // What is wrong from the beginning is found out at once.
  minutes: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...ALLOWED) },
    { weight: 1, arbitrary: fc.constantFrom(...OFFSETS) },
  ),
  jump: fc.option(
    fc.record({ at: fc.noBias(fc.nat(300)), minutes: fc.constantFrom(0, ...OFFSETS) }),
    {
      freq: 2,
    },
  ),
});

const MINUTE_MS = 60_000;

/** The clock that orgsweep goes by on its machine. */
export class WrongClock implements Clock {
  readonly #time: VirtualTime;
  readonly #lane: Lane;
  #shape: ClockShape = { minutes: 0, jump: null };
  #moments = 0;
  /** The most that it has been wrong by in this execution. */
  mostMinutes = 0;

  constructor(time: VirtualTime, lane: Lane) {
    this.#time = time;
    this.#lane = lane;
  }

  begin(shape: ClockShape): void {
    this.#shape = shape;
    this.#moments = 0;
    this.mostMinutes = 0;
  }

  /** To be called at each store operation and each call. */
  pass(): void {
    this.#moments += 1;
  }

  get minutes(): number {
    const { minutes, jump } = this.#shape;
    return jump !== null && this.#moments > jump.at ? jump.minutes : minutes;
  }

  now(): Date {
    const { minutes } = this;
    this.mostMinutes = Math.max(this.mostMinutes, Math.abs(minutes));
    return new Date(this.#time.now().getTime() + minutes * MINUTE_MS);
  }

  async sleep(milliseconds: number): Promise<void> {
    await this.#time.wait(this.#lane, milliseconds);
  }
}
