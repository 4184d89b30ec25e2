import type { Clock } from '../../../clock/clock.ts';

/** One execution among those that run at once. */
export type Lane = string;

interface Parked {
  readonly lane: Lane;
  readonly at: number;
  readonly order: number;
  readonly wake: () => void;
}

/** A lane whose own waits have not let it go on after so many turns of the event loop waits for others. */
const IDLE_TURNS = 4;

/**
 * AWS's own time, which passes only where somebody waits. Of several executions one runs at a time:
 * whenever it waits, the one goes on whose wait is over first. So where they meet is told by their
 * waits alone, and is the same each time.
 */
export class VirtualTime implements Clock {
  #now: number;
  readonly #lanes = new Set<Lane>();
  readonly #parked: Parked[] = [];
  #order = 0;
  /** How often somebody was let go on. */
  #passes = 0;
  #running: Lane | undefined;
  #sending = 0;

  constructor(start: Date) {
    this.#now = start.getTime();
  }

  now(): Date {
    return new Date(this.#now);
  }

  async sleep(milliseconds: number): Promise<void> {
    this.advance(milliseconds);
  }

  /** While nobody runs. */
  advance(milliseconds: number): void {
    this.#now += milliseconds;
  }

  get isShared(): boolean {
    return this.#lanes.size > 1;
  }

  /** Runs executions at once; each begins so many milliseconds from now. */
  async together(
    runs: readonly { lane: Lane; after: number; work: () => Promise<void> }[],
  ): Promise<void> {
    for (const { lane } of runs) this.#lanes.add(lane);
    const all = runs.map(async ({ lane, after, work }) => {
      await this.#park(lane, after);
      try {
        await work();
      } finally {
        this.#lanes.delete(lane);
        this.#goOn();
      }
    });
    this.#goOn();
    await Promise.all(all);
  }

  /** Lets so much time pass for one lane; the others may run meanwhile. */
  async wait(lane: Lane, milliseconds: number): Promise<void> {
    if (this.#lanes.size <= 1 && this.#parked.length === 0) {
      this.advance(milliseconds);
      return;
    }
    const over = this.#park(lane, milliseconds);
    const isFree = this.#running === undefined || this.#running === lane;
    if (isFree && this.#sending === 0) this.#goOn();
    await over;
  }

  /** Real input and output: nobody else goes on before it has ended. */
  async send<T>(carryOut: () => Promise<T>): Promise<T> {
    this.#sending += 1;
    try {
      return await carryOut();
    } finally {
      this.#sending -= 1;
      this.#passOnWhenIdle();
    }
  }

  async #park(lane: Lane, milliseconds: number): Promise<void> {
    this.#order += 1;
    const at = this.#now + milliseconds;
    return new Promise((wake) => {
      this.#parked.push({ lane, at, order: this.#order, wake });
    });
  }

  #goOn(): void {
    this.#passes += 1;
    const [next] = this.#parked.toSorted((a, b) => a.at - b.at || a.order - b.order);
    this.#running = next?.lane;
    if (next === undefined) return;
    this.#parked.splice(this.#parked.indexOf(next), 1);
    this.#now = Math.max(this.#now, next.at);
    next.wake();
    this.#passOnWhenIdle();
  }

  /** A lane may wait for several things at once, and have got only one of them. */
  #passOnWhenIdle(): void {
    const passes = this.#passes;
    let parked = this.#order;
    let turns = 0;
    const look = () => {
      // Whoever went on, or sends, is watched anew.
      if (passes !== this.#passes || this.#sending > 0) return;
      if (!this.#parked.some(({ lane }) => lane === this.#running)) return;
      turns = parked === this.#order ? turns + 1 : 0;
      parked = this.#order;
      if (turns < IDLE_TURNS) setImmediate(look);
      else this.#goOn();
    };
    setImmediate(look);
  }
}
