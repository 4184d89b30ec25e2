import type { Clock } from '../clock/clock.ts';

/** A clock that can be held at one moment, for as long as something is done at it. */
export class StandingClock implements Clock {
  readonly #clock: Clock;
  #standsAt: Date | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get speed(): number {
    return this.#clock.speed ?? 1;
  }

  now(): Date {
    return this.#standsAt ?? this.#clock.now();
  }

  async sleep(milliseconds: number): Promise<void> {
    await this.#clock.sleep(milliseconds);
  }

  standAt(moment: Date, work: () => void): void {
    this.#standsAt = moment;
    try {
      work();
    } finally {
      this.#standsAt = undefined;
    }
  }
}
